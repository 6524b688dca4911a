//! What the release calls its style sheets and its program.
//!
//! All carry a hash in their names, which only the step that made them knows:
//! `{"style": {"href": "…", "integrity": "sha384-…"}, "boot": {…}}`, paths from
//! the root of the site without a leading slash.

use std::path::Path;

use article::json::{self, Value};

use crate::finding::Failure;

pub struct Assets {
    /// Everything but the faces, if these have a sheet of their own.
    pub style: Asset,
    /// For pages that do not name the faces themselves.
    pub faces: Option<Asset>,
    pub boot: Asset,
}

pub struct Asset {
    pub href: String,
    pub integrity: Option<String>,
}

impl Assets {
    /// The assets, and the text that names them.
    ///
    /// # Errors
    /// When the file cannot be read or does not name style and program.
    pub fn read(path: &Path) -> Result<(Self, String), Failure> {
        let source = std::fs::read_to_string(path).map_err(|e| Failure::io("read", path, &e))?;
        let assets = Self::parse(&source).ok_or_else(|| {
            Failure(format!(
                "{} does not name the assets: expected {{\"style\": {{\"href\": \"…\", \"integrity\": \"sha384-…\"}}, \"boot\": {{…}}}}",
                path.display()
            ))
        })?;
        Ok((assets, source))
    }

    pub fn parse(source: &str) -> Option<Self> {
        let parsed = json::parse(source);
        let root = parsed.value.filter(|_| parsed.error.is_none())?;
        Some(Self {
            style: Asset::from(root.get("style")?)?,
            faces: root.get("faces").and_then(Asset::from),
            boot: Asset::from(root.get("boot")?)?,
        })
    }
}

impl Asset {
    fn from(value: &Value<'_>) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            href: text("href")?.trim_start_matches('/').to_owned(),
            integrity: text("integrity"),
        })
    }
}
