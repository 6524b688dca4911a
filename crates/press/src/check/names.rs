//! A file is called as its slug, and lies in the folder of its language.
//!
//! The reader's browser turns an address into the name of the file it fetches:
//! where the two differ, the story is there and nobody finds it.

use super::Checked;
use crate::composed::composed;
use crate::finding::Finding;

pub fn check(checked: &Checked) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (story, facts) in checked.known() {
        let file = &story.file;
        let slug = &facts.slug;
        let composed = composed(slug.value);
        if *composed != *slug.value {
            findings.push(
                Finding::error("slug-not-nfc", &file.path, slug.span())
                    .says(format!(
                        "the slug “{}” is written in decomposed letters; a browser would look for another file",
                        slug.value
                    ))
                    .hint(format!("Write it in the form NFC: “{composed}”.")),
            );
        } else if *slug.value != *file.stem {
            let hint = if crate::composed::composed(&file.stem) == composed {
                "Only the form of the letters differs: rename the file in the form NFC, as macOS does not by itself.".into()
            } else {
                format!(
                    "Rename the file to “{}.json”, or write \"slug\": \"{}\".",
                    slug.value, file.stem
                )
            };
            findings.push(
                Finding::error("file-name", &file.path, slug.span())
                    .says(format!(
                        "the slug is “{}”, but the file is called “{}.json”",
                        slug.value, file.stem
                    ))
                    .hint(hint),
            );
        }
        let language = &facts.language;
        if *language.value != *file.language {
            findings.push(
                Finding::error("folder", &file.path, language.span())
                    .says(format!(
                        "the language is “{}”, but the file lies in the folder “{}”",
                        language.value, file.language
                    ))
                    .hint(format!(
                        "Move the file to public/{}/{}/, or write \"language\": \"{}\".",
                        file.role.folder(),
                        language.value,
                        file.language
                    )),
            );
        } else if let Some(site) = checked.site()
            && !site
                .languages
                .iter()
                .any(|known| known.as_str() == &*language.value)
        {
            findings.push(
                Finding::error("unknown-language", &file.path, language.span())
                    .says(format!(
                        "the site has no edition in the language “{}”",
                        language.value
                    ))
                    .hint(format!(
                        "Add it to \"languages\" in {}, which has {}.",
                        super::SITE_FILE,
                        checked.languages().join(", ")
                    )),
            );
        }
    }
    findings
}
