//! Whose bucket, and where: as every program for S3 finds it.
//!
//! In this order: the options of the command, the environment, the profile in
//! `~/.aws/credentials` and `~/.aws/config`. Sessions of SSO and roles of machines are
//! not asked for: `aws configure export-credentials --format env` gives those.

use std::path::PathBuf;

use rusty_s3::{Bucket, Credentials, UrlStyle};
use url::Url;

use crate::finding::Failure;

/// What the command line says of the store.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub endpoint: Option<String>,
    pub region: Option<String>,
}

pub struct Account {
    pub bucket: Bucket,
    pub credentials: Credentials,
}

pub fn of_this_machine(bucket: &str, wishes: &Wishes) -> Result<Account, Failure> {
    find(bucket, wishes, &|name| std::env::var(name).ok(), &|path| {
        std::fs::read_to_string(path).ok()
    })
}

type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;
type Reader<'a> = &'a dyn Fn(&PathBuf) -> Option<String>;

fn find(
    bucket: &str,
    wishes: &Wishes,
    variable: Variable<'_>,
    read: Reader<'_>,
) -> Result<Account, Failure> {
    let variable = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    let profile = variable("AWS_PROFILE").unwrap_or_else(|| "default".into());
    let file = |name: &str, usual: &str| {
        let home = || variable("HOME").or_else(|| variable("USERPROFILE"));
        let path = variable(name)
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(home()?).join(".aws").join(usual)))?;
        read(&path)
    };
    let secrets = file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let config = file("AWS_CONFIG_FILE", "config");
    let of_profile = |name: &str| {
        let long = format!("profile {profile}");
        [(&secrets, &profile), (&config, &long), (&config, &profile)]
            .into_iter()
            .find_map(|(text, section)| setting(text.as_deref()?, section, name))
    };

    // The session of the environment does not belong to the key of a profile.
    let of_environment = || {
        let key = variable("AWS_ACCESS_KEY_ID")?;
        let secret = variable("AWS_SECRET_ACCESS_KEY")?;
        Some((key, secret, variable("AWS_SESSION_TOKEN")))
    };
    let of_file = || {
        let key = of_profile("aws_access_key_id")?;
        let secret = of_profile("aws_secret_access_key")?;
        Some((key, secret, of_profile("aws_session_token")))
    };
    let credentials = match of_environment().or_else(of_file) {
        Some((key, secret, None)) => Credentials::new(key, secret),
        Some((key, secret, Some(token))) => Credentials::new_with_token(key, secret, token),
        None => {
            return Err(Failure(format!(
                "there are no credentials for s3://{bucket}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write the profile “{profile}” into ~/.aws/credentials"
            )));
        }
    };
    let region = wishes
        .region
        .clone()
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"))
        .or_else(|| of_profile("region"))
        .unwrap_or_else(|| "us-east-1".into());
    let endpoint = wishes
        .endpoint
        .clone()
        .or_else(|| variable("AWS_ENDPOINT_URL_S3"))
        .or_else(|| variable("AWS_ENDPOINT_URL"))
        .or_else(|| of_profile("endpoint_url"));
    // A bucket as a part of the host's name is Amazon's way; a certificate for one
    // level of names does not cover a name with dots.
    let style = if endpoint.is_some() || bucket.contains('.') {
        UrlStyle::Path
    } else {
        UrlStyle::VirtualHost
    };
    let endpoint = endpoint.unwrap_or_else(|| {
        let china = if region.starts_with("cn-") { ".cn" } else { "" };
        format!("https://s3.{region}.amazonaws.com{china}")
    });
    let wrong = |why: String| {
        Failure(format!(
            "no address can be made of the bucket {bucket} and {endpoint}: {why}. Write --endpoint as https://host"
        ))
    };
    let address: Url = endpoint.parse().map_err(|e| wrong(format!("{e}")))?;
    let bucket =
        Bucket::new(address, style, bucket.to_owned(), region).map_err(|e| wrong(e.to_string()))?;
    Ok(Account {
        bucket,
        credentials,
    })
}

/// The value of a name in a section of an INI file. Indented lines belong to the
/// settings of one service and are passed over.
fn setting(text: &str, section: &str, name: &str) -> Option<String> {
    let mut is_there = false;
    for line in text.lines() {
        if let Some(title) = line.trim().strip_prefix('[') {
            is_there = title.trim_end_matches(']').trim() == section;
        } else if is_there
            && !line.starts_with([' ', '\t', '#', ';'])
            && let Some((key, value)) = line.split_once('=')
            && key.trim() == name
        {
            return Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Account, Wishes, find};
    use crate::finding::Failure;

    const SECRETS: &str = "[default]\naws_access_key_id = D\naws_secret_access_key = DS\n\n[work]\naws_access_key_id=W\naws_secret_access_key=WS\naws_session_token = WT\n";
    const CONFIG: &str = "[default]\nregion = eu-west-3\n[profile work]\nregion = eu-central-1\ns3 =\n  region = nowhere\nendpoint_url = https://store.example\n";

    fn account(wishes: &Wishes, variables: &[(&str, &str)]) -> Result<Account, Failure> {
        find(
            "news",
            wishes,
            &|name| {
                let known = variables.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| (*value).to_owned())
            },
            &|path| match path.to_str() {
                Some("/home/me/.aws/credentials") => Some(SECRETS.into()),
                Some("/home/me/.aws/config") => Some(CONFIG.into()),
                _ => None,
            },
        )
    }

    #[test]
    fn credentials_come_from_the_environment_then_from_the_profile() {
        let home = ("HOME", "/home/me");
        for (variables, key, token, base) in [
            (
                vec![home],
                "D",
                None,
                "https://news.s3.eu-west-3.amazonaws.com/",
            ),
            (
                vec![home, ("AWS_PROFILE", "work")],
                "W",
                Some("WT"),
                "https://store.example/news/",
            ),
            (
                vec![
                    home,
                    ("AWS_ACCESS_KEY_ID", "E"),
                    ("AWS_SECRET_ACCESS_KEY", "S"),
                    ("AWS_REGION", "cn-north-1"),
                ],
                "E",
                None,
                "https://news.s3.cn-north-1.amazonaws.com.cn/",
            ),
            // Half a key is none.
            (
                vec![home, ("AWS_ACCESS_KEY_ID", "E")],
                "D",
                None,
                "https://news.s3.eu-west-3.amazonaws.com/",
            ),
        ] {
            let account =
                account(&Wishes::default(), &variables).unwrap_or_else(|e| panic!("{e:?}"));
            assert_eq!(account.credentials.key(), key);
            assert_eq!(account.credentials.token(), token);
            assert_eq!(account.bucket.base_url().as_str(), base);
        }
    }

    #[test]
    fn the_command_line_counts_most() {
        let wishes = Wishes {
            endpoint: Some("http://127.0.0.1:9000".into()),
            region: Some("here".into()),
        };
        let variables = [
            ("HOME", "/home/me"),
            ("AWS_ENDPOINT_URL", "https://other.example"),
        ];
        let account = account(&wishes, &variables).unwrap_or_else(|e| panic!("{e:?}"));
        assert_eq!(
            account.bucket.base_url().as_str(),
            "http://127.0.0.1:9000/news/"
        );
        assert_eq!(account.bucket.region(), "here");
    }

    #[test]
    fn without_credentials_it_says_where_they_are_looked_for() {
        let Err(Failure(message)) = account(&Wishes::default(), &[]) else {
            panic!("credentials out of nowhere");
        };
        assert!(message.contains("AWS_ACCESS_KEY_ID"), "{message}");
    }
}
