//! Pictures, films and sounds: what they are, who made them, and in which files they come.

use crate::block::Block;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::href::Href;
use crate::language::Language;
use crate::read::{names, record};
use crate::rich::RichText;

record! {
    /// Who made it and what others may do with it (names from ninjs 3.1 and schema.org).
    pub struct Rights {
        /// The credit line as printed: "Photo: Name / Agency".
        credit_text: Option<String>, "creditText", optional;
        copyright_holder: Option<String>, "copyrightHolder", optional;
        copyright_notice: Option<String>, "copyrightNotice", optional;
        copyright_year: Option<u16>, "copyrightYear", optional;
        /// What others may do with it, in words.
        usage_terms: Option<String>, "usageTerms", optional;
        /// The licence's address.
        license: Option<Href>, "license", optional;
        /// Where the right to use it can be had.
        acquire_license_page: Option<Href>, "acquireLicensePage", optional;
    }
}

impl Rights {
    /// Who made it, as a page or a feed prints it beside the work: the credit text,
    /// else the copyright notice, else the holder. What is blank counts as not there.
    #[must_use]
    pub fn credit_line(&self) -> Option<String> {
        written(&self.credit_text)
            .or_else(|| written(&self.copyright_notice))
            .map(str::to_owned)
            .or_else(|| Some(format!("© {}", written(&self.copyright_holder)?)))
    }

    /// Whose it is: the copyright notice as printed, else the year, where it is
    /// recorded, and the holder.
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        if let Some(notice) = written(&self.copyright_notice) {
            return Some(notice.to_owned());
        }
        let holder = written(&self.copyright_holder)?;
        Some(match self.copyright_year {
            Some(year) => format!("© {year} {holder}"),
            None => format!("© {holder}"),
        })
    }
}

fn written(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

record! {
    /// One file of a picture, film or sound.
    pub struct Rendition {
        href: Href, "href", required;
        /// Media type, such as image/avif or video/mp4.
        content_type: String, "contentType", expected;
        /// What people call this file: "720p", "hls".
        name: Option<String>, "name", optional;
        /// CSS pixels.
        width: Option<u32>, "width", optional;
        /// CSS pixels.
        height: Option<u32>, "height", optional;
        /// Of the file.
        size_in_bytes: Option<u64>, "sizeInBytes", optional;
        /// Seconds.
        duration: Option<Decimal>, "duration", optional;
        /// As in the codecs parameter of RFC 6381.
        codecs: Option<String>, "codecs", optional;
        /// Bits a second.
        bitrate: Option<u64>, "bitrate", optional;
    }
}

impl Rendition {
    /// Whether it is a list of pieces for HTTP Live Streaming (RFC 8216) instead of a file.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        self.content_type.to_ascii_lowercase().contains("mpegurl")
    }
}

record! {
    /// The point of a picture that must stay visible when it is cropped.
    pub struct FocalPoint {
        /// From 0 (left edge) to 1 (right edge).
        x: Decimal, "x", required;
        /// From 0 (top edge) to 1 (bottom edge).
        y: Decimal, "y", required;
    }
}

record! {
    /// A picture with its caption and credit.
    pub struct Image {
        id: Option<String>, "id", optional;
        /// Text alternative. Absent: nobody wrote one. Empty only together with decorative.
        alt: Option<String>, "alt", optional;
        /// The picture says nothing that the text does not.
        decorative: bool, "decorative", optional;
        /// What a chart or a crowded picture shows, for those who cannot see it.
        long_description: Option<RichText>, "longDescription", optional;
        caption: Option<RichText>, "caption", optional;
        rights: Option<Rights>, "rights", optional;
        /// Of the original, in pixels.
        width: Option<u32>, "width", optional;
        /// Of the original, in pixels.
        height: Option<u32>, "height", optional;
        focal_point: Option<FocalPoint>, "focalPoint", optional;
        renditions: Vec<Rendition>, "renditions", expected;
        /// What stands in its place until it is there: a colour, `#rrggbb`.
        placeholder: Option<String>, "placeholder", optional;
        content_created: Option<Date>, "contentCreated", optional;
        /// IPTC digital source type, as an address.
        digital_source_type: Option<Href>, "digitalSourceType", optional;
        content_warning: Option<String>, "contentWarning", optional;
    }
}

names! {
    /// How much room a picture takes in the story.
    pub enum ImageRole {
        default Inline = "inline",
        Showcase = "showcase",
        Supporting = "supporting",
        Portrait = "portrait",
    }
}

names! {
    /// Whether a film or sound can still be played.
    pub enum Availability {
        default Playable = "playable",
        LegacyOnly = "legacyOnly",
        TranscriptOnly = "transcriptOnly",
        Missing = "missing",
        Withdrawn = "withdrawn",
    }
}

names! {
    /// What a text track is for (the kinds of HTML's track element).
    pub enum TrackKind {
        default Captions = "captions",
        Subtitles = "subtitles",
        Descriptions = "descriptions",
        Chapters = "chapters",
    }
}

record! {
    /// A WebVTT file that goes along with a film or sound.
    pub struct TextTrack {
        /// Captions are for those who do not hear, subtitles for those who do not understand.
        kind: TrackKind, "kind", expected;
        language: Language, "language", expected;
        /// Its name in the player's menu, in its own language.
        label: String, "label", expected;
        href: Href, "href", required;
        /// Switched on unless the reader chooses otherwise; one track at most.
        default: bool, "default", optional;
        /// Made by a machine, and read over by nobody.
        auto_generated: bool, "autoGenerated", optional;
    }
}

record! {
    /// What is said and heard, as text.
    pub struct Transcript {
        language: Language, "language", expected;
        auto_generated: bool, "autoGenerated", optional;
        /// A page or file with the transcript, where it is not in the story itself.
        href: Option<Href>, "href", optional;
        body: Vec<Block>, "body", optional;
    }
}

names! {
    /// The players of old that a file was made for.
    pub enum LegacyFormat {
        default Other = "other",
        RealMedia = "realMedia",
        WindowsMedia = "windowsMedia",
        QuickTime = "quickTime",
        Flash = "flash",
        EmpXml = "empXml",
        Smil = "smil",
    }
}

names! {
    /// What came of an old address.
    pub enum LinkStatus {
        default Unknown = "unknown",
        Alive = "alive",
        Dead = "dead",
        Archived = "archived",
    }
}

record! {
    /// Where a film once was. The address is data, printed as text: it is often
    /// rtsp: or pnm:, which no browser opens. Only archivedAt becomes a link.
    pub struct LegacySource {
        /// Where the old page sent its readers. Absent where only its words are left.
        href: Option<String>, "href", optional;
        format: LegacyFormat, "format", expected;
        status: LinkStatus, "status", expected;
        /// What the old page called it: "RealPlayer, broadband".
        label: Option<String>, "label", optional;
        archived_at: Option<Href>, "archivedAt", optional;
        /// When the address was last tried.
        checked: Option<Date>, "checked", optional;
    }
}

record! {
    /// A film or a sound.
    pub struct Media {
        id: Option<String>, "id", optional;
        /// What it is called, in lists and for screen readers.
        title: String, "title", expected;
        caption: Option<RichText>, "caption", optional;
        rights: Option<Rights>, "rights", optional;
        /// Absent: playable. Anything else is shown as a card that says so.
        availability: Availability, "availability", optional;
        /// Seconds.
        duration: Option<Decimal>, "duration", optional;
        /// Pixels.
        width: Option<u32>, "width", optional;
        /// Pixels.
        height: Option<u32>, "height", optional;
        /// The picture shown before it plays, and on its card if it cannot.
        poster: Option<Image>, "poster", optional;
        /// Files before streams (HLS); the browser takes the first it can play.
        renditions: Vec<Rendition>, "renditions", optional;
        tracks: Vec<TextTrack>, "tracks", optional;
        transcript: Option<Transcript>, "transcript", optional;
        /// Where it was published for players that are gone.
        legacy_sources: Vec<LegacySource>, "legacySources", optional;
        content_created: Option<Date>, "contentCreated", optional;
        content_warning: Option<String>, "contentWarning", optional;
        digital_source_type: Option<Href>, "digitalSourceType", optional;
    }
}
