//! Play lists of old players, as they were really written.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use article::media::LegacyFormat;
use media::metafile::{MAX_BYTES, MAX_LEADS, Metafile, Part, is_one, joined, read};
use proptest::prelude::*;

/// Entry and address of everything it leads to.
fn ways(metafile: &Metafile) -> Vec<(usize, &str)> {
    let leads = metafile.leads.iter();
    leads
        .map(|lead| (lead.entry, lead.address.as_str()))
        .collect()
}

#[track_caller]
fn refused(bytes: &[u8]) -> &'static str {
    let problem = read(bytes).unwrap_err();
    assert!(!problem.message.is_empty() && !problem.hint.is_empty());
    problem.kind
}

#[test]
fn a_ram_file_is_an_address_a_line_until_it_says_stop() {
    let metafile = read(
        b"# broadband first\r\n\r\nrtsp://rm.old.example/2003/ferry_bb.rm?start=0:30\r\n  pnm://rm.old.example/ferry.ra \r\nferry_56k.rm\r\n--stop--\r\nhttp://old.example/for-version-4.rm\r\n",
    )
    .unwrap();
    assert_eq!(metafile.format, LegacyFormat::RealMedia);
    assert_eq!(
        ways(&metafile),
        [
            (0, "rtsp://rm.old.example/2003/ferry_bb.rm?start=0:30"),
            (1, "pnm://rm.old.example/ferry.ra"),
            (2, "ferry_56k.rm"),
        ]
    );
}

#[test]
fn asx_is_read_as_players_read_it_and_not_as_xml() {
    // Names in any case, spaces around the sign, no quotes, a bare “&”, nothing closed.
    let metafile = read(
        br#"<ASX Version = "3.0">
<Title>News & weather</Title>
<MoreInfo HREF="http://old.example/about.html"/>
<Entry>
  <Banner href="http://old.example/banner.gif">
  <REF HREF = mms://wm.old.example/a.wmv?x=1&copy=2 >
  <Ref href='http://old.example/a.wmv' />
<ENTRY>
  <title>Second</title>
  <ref Href="b.wma">
<EntryRef href="next.asx"/>
</asx>"#,
    )
    .unwrap();
    assert_eq!(metafile.format, LegacyFormat::WindowsMedia);
    assert_eq!(metafile.title.as_deref(), Some("News & weather"));
    assert_eq!(
        ways(&metafile),
        [
            (0, "mms://wm.old.example/a.wmv?x=1&copy=2"),
            (0, "http://old.example/a.wmv"),
            (1, "b.wma"),
            (2, "next.asx"),
        ]
    );
}

#[test]
fn asx_joins_its_addresses_to_the_base_it_names() {
    let metafile = read(
        b"<asx><base href=\"http://old.example/video/\"><entry><ref href=\"2003/a.wmv\"></entry><ref href=\"/b.wmv\"></asx>",
    )
    .unwrap();
    assert_eq!(
        ways(&metafile),
        [
            (0, "http://old.example/video/2003/a.wmv"),
            (1, "http://old.example/b.wmv"),
        ]
    );
}

#[test]
fn older_lists_of_windows_media_are_lines() {
    let references = read(
        b"[Reference]\r\nRef1=http://old.example/a.asf?MSWMExt=.asf\r\nRef2=http://10.0.0.1/a.asf\r\nReference=x\r\n",
    )
    .unwrap();
    assert_eq!(references.format, LegacyFormat::WindowsMedia);
    assert_eq!(
        ways(&references),
        [
            (0, "http://old.example/a.asf?MSWMExt=.asf"),
            (0, "http://10.0.0.1/a.asf"),
        ]
    );
    let lines = read(b"ASF http://old.example/a.asf\nASF http://old.example/b.asf").unwrap();
    assert_eq!(
        ways(&lines),
        [
            (0, "http://old.example/a.asf"),
            (1, "http://old.example/b.asf"),
        ]
    );
}

#[test]
fn smil_says_what_is_one_film_and_what_follows_another() {
    let metafile = read(
        br##"<?xml version="1.0"?>
<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">
<smil><head><meta name="title" content="The ferry"/><meta name="base" content="rtsp://rm.old.example/2003/"/>
<layout><region id="v"/></layout></head>
<body><seq>
  <switch><video src="bb.rm" system-bitrate="225000"/><video src="56k.rm" system-bitrate="34000"/></switch>
  <par><audio src="second.ra" region="v"/><textstream src="second.rt"/><img src="slide.jpg"/></par>
  <a href="http://old.example/"><ref src="http://old.example/third.rm"></ref></a>
</seq></body></smil>"##,
    )
    .unwrap();
    assert_eq!(metafile.format, LegacyFormat::Smil);
    assert_eq!(metafile.title.as_deref(), Some("The ferry"));
    let parts: Vec<(usize, &str, Part)> = metafile
        .leads
        .iter()
        .map(|lead| (lead.entry, lead.address.as_str(), lead.part))
        .collect();
    let base = "rtsp://rm.old.example/2003";
    assert_eq!(
        parts,
        [
            (0, format!("{base}/bb.rm").as_str(), Part::Film),
            (0, format!("{base}/56k.rm").as_str(), Part::Film),
            (1, format!("{base}/second.ra").as_str(), Part::Film),
            (2, format!("{base}/second.rt").as_str(), Part::Text),
            (3, format!("{base}/slide.jpg").as_str(), Part::Picture),
            (4, "http://old.example/third.rm", Part::Film),
        ]
    );
}

#[test]
fn quicktime_has_a_link_in_tags_and_a_link_in_words() {
    let link = read(
        b"<?xml version=\"1.0\"?>\n<?quicktime type=\"application/x-quicktime-media-link\"?>\n<embed src=\"rtsp://qt.old.example/ferry.mov\" autoplay=\"true\" />",
    )
    .unwrap();
    assert_eq!(link.format, LegacyFormat::QuickTime);
    assert_eq!(ways(&link), [(0, "rtsp://qt.old.example/ferry.mov")]);
    for text in [
        "RTSPtext\r\nrtsp://qt.old.example/ferry.mov\r\n",
        "RTSPtextrtsp://qt.old.example/ferry.mov",
    ] {
        let words = read(text.as_bytes()).unwrap();
        assert_eq!(words.format, LegacyFormat::QuickTime);
        assert_eq!(ways(&words), [(0, "rtsp://qt.old.example/ferry.mov")]);
        assert!(is_one(text.as_bytes()), "under the name of a film");
    }
}

#[test]
fn the_encoding_is_what_the_bytes_are_then_what_they_say_then_that_of_windows() {
    let asx = |title: &str, more: &str| {
        format!(
            "<asx>{more}<title>{title}</title><ref href=\"mms://old.example/caf\u{e9}.wmv\"></asx>"
        )
    };
    let latin = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
    let utf_16 = |text: &str, mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xfeff).into_iter();
        mark.chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    let text = asx("Caf\u{e9}", "");
    for (bytes, charset) in [
        (text.clone().into_bytes(), "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
        (latin(&text), "windows-1252"),
        (utf_16(&text, true), "UTF-16LE"),
        (utf_16(&text, false), "UTF-16LE"),
    ] {
        let metafile = read(&bytes).unwrap();
        assert_eq!(metafile.title.as_deref(), Some("Caf\u{e9}"), "{charset}");
        assert_eq!(metafile.charset, charset);
        assert_eq!(metafile.leads[0].address, "mms://old.example/caf\u{e9}.wmv");
    }
    // “Новости” in windows-1251, as the file itself says.
    let mut russian = b"<asx><param name=\"encoding\" value=\"windows-1251\"/><title>".to_vec();
    russian.extend([0xcd, 0xee, 0xe2, 0xee, 0xf1, 0xf2, 0xe8]);
    russian.extend(b"</title><ref href=\"a.wmv\"></asx>");
    assert_eq!(read(&russian).unwrap().title.as_deref(), Some("Новости"));
    // A title with the curly quotes of Windows is neither UTF-8 nor Latin 1.
    let quoted = [b"<asx><title>\x93Ferry\x94</title><ref href=a.wmv></asx>".as_slice()].concat();
    assert_eq!(read(&quoted).unwrap().title.as_deref(), Some("“Ferry”"));
}

#[test]
fn what_leads_nowhere_says_what_it_is() {
    assert_eq!(refused(b""), "empty-file");
    assert_eq!(refused(b" \r\n "), "empty-file");
    assert_eq!(refused(b".RMF\0\0\0\x12\0\0"), "not-a-metafile");
    assert_eq!(
        refused(b"<!DOCTYPE html><HTML><body>404 <a href=x.rm>x</a>"),
        "metafile-is-a-page"
    );
    assert_eq!(
        refused(b"<SAMI><BODY><SYNC Start=0><P>Hello</SAMI>"),
        "sami-captions"
    );
    assert_eq!(refused(b"File not found"), "metafile-leads-nowhere");
    assert_eq!(refused(b"<asx></asx>"), "metafile-leads-nowhere");
    assert_eq!(refused(&vec![b'#'; MAX_BYTES + 1]), "metafile-too-long");
}

#[test]
fn a_list_without_end_is_read_to_a_limit() {
    let many = "rtsp://a.example/b.rm\n".repeat(MAX_LEADS + 50);
    assert_eq!(read(many.as_bytes()).unwrap().leads.len(), MAX_LEADS);
}

#[test]
fn a_film_is_not_taken_for_a_list_by_its_first_bytes() {
    for film in [
        b".RMF\0\0\0\x12\0\x01\0\0\0\0".as_slice(),
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa",
        b"\0\0\0\x14ftypqt  \x20\x05\x03\0",
        b"FLV\x01\x05\0\0\0\x09",
        b"FWS\x06\x10\x27\x00\x00",
        b"<html><body>",
        b"",
    ] {
        assert!(!is_one(film), "{film:?}");
    }
    for list in [
        "[Reference]\r\nRef1=x",
        "<ASX version=3>",
        "rtsp://a.example/b.rm\n",
    ] {
        assert!(is_one(list.as_bytes()), "{list}");
    }
}

#[test]
fn addresses_are_joined_as_a_player_did() {
    for (base, address, joined_to) in [
        ("/media/old/a.ram", "b.rm", "/media/old/b.rm"),
        ("/media/old/a.ram", "../b.rm", "/media/b.rm"),
        ("/media/old/a.ram", "./x/b.rm", "/media/old/x/b.rm"),
        ("/media/a.ram", "../../../b.rm", "/b.rm"),
        ("/media/a.ram", "/b.rm", "/b.rm"),
        ("/media/old/a.ram", "../..", "/"),
        ("/media/a.ram", "RTSP://h/b.rm", "RTSP://h/b.rm"),
        ("http://h", "b.rm", "http://h/b.rm"),
        ("http://h/x/y", "/b.rm", "http://h/b.rm"),
        ("http://h/x/y", r"C:\b.rm", r"C:\b.rm"),
        ("", "b.rm", "b.rm"),
    ] {
        assert_eq!(joined(base, address), joined_to, "{base} {address}");
    }
}

proptest! {
    /// Whatever the bytes are, there is an answer, and every address has some text.
    #[test]
    fn any_bytes_are_read_to_an_end(
        start in prop::sample::select(vec!["", "<asx>", "<smil>", "[Reference]\n", "\u{feff}<embed "]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start.as_bytes(), &bytes].concat();
        let _ = is_one(&bytes);
        if let Ok(metafile) = read(&bytes) {
            prop_assert!(!metafile.leads.is_empty());
            prop_assert!(metafile.leads.iter().all(|lead| !lead.address.trim().is_empty()));
            prop_assert!(metafile.leads.windows(2).all(|two| two[0].entry <= two[1].entry));
        }
    }

    /// However many steps lead upwards.
    #[test]
    fn no_address_leads_out_of_the_site(steps in prop::collection::vec("(\\.\\.|\\.|a|b\\.rm)", 1..8)) {
        let path = joined("/media/old/a.ram", &steps.join("/"));
        prop_assert!(path.starts_with('/') && !path.split('/').any(|step| step == ".."), "{path}");
    }
}
