//! What an address or a file name promises of the players of old.
//!
//! RealPlayer, Windows Media Player, QuickTime and Flash had files of their own and,
//! in front of them, *metafiles*: small texts that hold nothing but the address of the
//! film, because a page could not hand a stream to a player in any other way. Names are
//! all that is looked at here; what a file really is, [`crate::metafile`] and
//! [`crate::film`] tell from its bytes.

use article::media::LegacyFormat;

/// What a name ends in, and what that was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The player it was made for.
    pub format: LegacyFormat,
    pub thing: Thing,
}

/// What a file of a player was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A film, or a sound in the same kind of file: only its bytes tell.
    Film,
    Sound,
    /// A text that holds the addresses of films.
    Metafile,
    /// A Flash program, which may hold a film, a game or an advertisement.
    Program,
}

impl Thing {
    /// For programs, and in tests: `film`, `sound`, `metafile`, `program`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Film => "film",
            Self::Sound => "sound",
            Self::Metafile => "metafile",
            Self::Program => "program",
        }
    }
}

/// What the end of a file name, in any case, says.
#[must_use]
pub fn of_path(path: &str) -> Option<Named> {
    use LegacyFormat::{Flash, QuickTime, RealMedia, Smil, WindowsMedia};
    use Thing::{Film, Metafile, Program, Sound};
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let (_, ending) = name.rsplit_once('.')?;
    let (format, thing) = match ending.to_ascii_lowercase().as_str() {
        "rm" | "rv" | "rmvb" => (RealMedia, Film),
        "ra" => (RealMedia, Sound),
        "ram" | "rpm" => (RealMedia, Metafile),
        "wmv" | "asf" => (WindowsMedia, Film),
        "wma" => (WindowsMedia, Sound),
        "asx" | "wvx" | "wax" => (WindowsMedia, Metafile),
        "mov" | "qt" => (QuickTime, Film),
        "qtl" => (QuickTime, Metafile),
        "flv" | "f4v" => (Flash, Film),
        "swf" => (Flash, Program),
        "smil" | "smi" => (Smil, Metafile),
        _ => return None,
    };
    Some(Named { format, thing })
}

/// The same of an address, whose query and fragment are no part of the name. The
/// scheme of a streaming server says something too, whatever the name is.
#[must_use]
pub fn of_address(address: &str) -> Option<Named> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    // `http://host.rm` names no file.
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => path,
    };
    of_path(path).or_else(|| {
        let format = match scheme(address)?.as_str() {
            "rtsp" | "rtspu" | "pnm" => LegacyFormat::RealMedia,
            "mms" | "mmsh" | "mmst" | "mmsu" => LegacyFormat::WindowsMedia,
            "rtmp" | "rtmpe" | "rtmps" | "rtmpt" => LegacyFormat::Flash,
            _ => return None,
        };
        Some(Named {
            format,
            thing: Thing::Film,
        })
    })
}

/// What a media type says, for a file whose name says nothing.
#[must_use]
pub fn of_media_type(media_type: &str) -> Option<Named> {
    use LegacyFormat::{Flash, QuickTime, RealMedia, WindowsMedia};
    use Thing::{Film, Metafile, Program, Sound};
    let bare = media_type.split(';').next().unwrap_or_default().trim();
    let (format, thing) = match bare.to_ascii_lowercase().as_str() {
        "application/vnd.rn-realmedia"
        | "application/vnd.rn-realmedia-vbr"
        | "video/vnd.rn-realvideo" => (RealMedia, Film),
        "audio/vnd.rn-realaudio" | "audio/x-realaudio" => (RealMedia, Sound),
        "audio/x-pn-realaudio" | "audio/x-pn-realaudio-plugin" => (RealMedia, Metafile),
        "video/x-ms-wmv" | "video/x-ms-asf" => (WindowsMedia, Film),
        "audio/x-ms-wma" => (WindowsMedia, Sound),
        "video/x-ms-wvx" | "audio/x-ms-wax" => (WindowsMedia, Metafile),
        "video/quicktime" => (QuickTime, Film),
        "video/x-flv" | "video/x-f4v" => (Flash, Film),
        "application/x-shockwave-flash" => (Flash, Program),
        _ => return None,
    };
    Some(Named { format, thing })
}

/// The scheme of an address in small letters: `rtsp` of `RTSP://…`.
#[must_use]
pub fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.trim_start().split_once("://")?;
    let is_one = scheme
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (is_one && !scheme.is_empty()).then(|| scheme.to_ascii_lowercase())
}

/// Whether the address is one of a streaming server: such servers are gone, and no
/// browser ever opened the address by itself.
#[must_use]
pub fn is_stream(address: &str) -> bool {
    scheme(address)
        .is_some_and(|scheme| !matches!(scheme.as_str(), "http" | "https" | "ftp" | "file"))
}

/// What people called the player, and the format by it.
#[must_use]
pub fn player(format: LegacyFormat) -> &'static str {
    match format {
        LegacyFormat::RealMedia => "RealMedia",
        LegacyFormat::WindowsMedia => "Windows Media",
        LegacyFormat::QuickTime => "QuickTime",
        LegacyFormat::Flash => "Flash",
        LegacyFormat::Smil => "SMIL",
        LegacyFormat::EmpXml => "EMP",
        LegacyFormat::Other => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::{LegacyFormat, Named, Thing, is_stream, of_address, of_media_type, of_path};

    fn named(format: LegacyFormat, thing: Thing) -> Option<Named> {
        Some(Named { format, thing })
    }

    #[test]
    fn a_name_says_what_it_was_for_in_any_case_and_with_any_query() {
        use LegacyFormat::{Flash, QuickTime, RealMedia, WindowsMedia};
        for (address, what) in [
            ("/media/ferry.RM", named(RealMedia, Thing::Film)),
            (
                "http://old.example:8080/ramgen/2003/ferry.rm?start=0:30",
                named(RealMedia, Thing::Film),
            ),
            (
                "http://old.example/ferry.ram#x",
                named(RealMedia, Thing::Metafile),
            ),
            (
                "http://old.example/a.asx?b=c.html",
                named(WindowsMedia, Thing::Metafile),
            ),
            ("ferry.wma", named(WindowsMedia, Thing::Sound)),
            ("/media/ferry.qt", named(QuickTime, Thing::Film)),
            ("/media/game.swf", named(Flash, Thing::Program)),
            ("/media/ferry.mp4", None),
            ("http://rm", None),
            ("http://www.example.rm", None),
            ("/articles/about.rm/index.html", None),
        ] {
            assert_eq!(of_address(address), what, "{address}");
        }
        assert_eq!(
            of_path(r"D:\video\ferry.asf"),
            named(WindowsMedia, Thing::Film)
        );
    }

    #[test]
    fn a_streaming_server_is_known_by_its_scheme_where_the_name_says_nothing() {
        for (address, format) in [
            ("pnm://old.example/live", LegacyFormat::RealMedia),
            ("MMS://old.example/channel1", LegacyFormat::WindowsMedia),
            ("rtmp://old.example/vod/ferry", LegacyFormat::Flash),
        ] {
            assert_eq!(of_address(address), named(format, Thing::Film));
            assert!(is_stream(address));
        }
        // The name knows better: QuickTime had its own streams.
        assert_eq!(
            of_address("rtsp://old.example/ferry.mov"),
            named(LegacyFormat::QuickTime, Thing::Film)
        );
        assert!(!is_stream("http://old.example/ferry.rm"));
        assert!(!is_stream("/media/ferry.rm"));
        assert_eq!(of_address("news://old.example/"), None);
    }

    #[test]
    fn a_media_type_says_it_too() {
        assert_eq!(
            of_media_type("Video/QuickTime; charset=binary"),
            named(LegacyFormat::QuickTime, Thing::Film)
        );
        assert_eq!(of_media_type("video/mp4"), None);
    }
}
