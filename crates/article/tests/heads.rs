//! How a head counts the packs it does not name.

#![allow(clippy::unwrap_used)]

use article::listing::{Head, PackNames};

fn head(count: u32, cards: usize, packs: usize) -> Head {
    let cards: Vec<String> = (0..cards)
        .map(|n| format!(r#"{{"slug":"s{n}","headline":"S"}}"#))
        .collect();
    let packs: Vec<String> = (0..packs).map(|n| format!("\"{n}.json\"")).collect();
    let source = format!(
        r#"{{"count":{count},"cards":[{}],"packs":[{}]}}"#,
        cards.join(","),
        packs.join(",")
    );
    Head::read_leniently(&source).unwrap()
}

#[test]
fn packs_are_counted_from_the_stories_and_not_from_their_names() {
    for (count, cards, packs, closed, unnamed, behind) in [
        (0, 0, 0, 0, 0, 0),
        (15, 15, 0, 0, 0, 0),
        // The newest closed pack is in the cards of the head too.
        (16, 16, 1, 1, 0, 0),
        (40, 24, 2, 2, 0, 1),
        (325, 21, 16, 20, 4, 19),
        // As an older release wrote it: every name, as many as there are.
        (325, 21, 20, 20, 0, 19),
    ] {
        let head = head(count, cards, packs);
        let counted = (head.closed(), head.unnamed(), head.behind());
        assert_eq!(counted, (closed, unnamed, behind), "{count} stories");
    }
}

#[test]
fn a_damaged_head_counts_no_packs_below_nothing() {
    let head = head(3, 40, 9);
    assert_eq!((head.unnamed(), head.behind()), (0, 0));
    assert!(PackNames::read_leniently("[]").is_none());
    let names = PackNames::read_leniently(r#"{"packs":["a",5,"b"]}"#).unwrap();
    // Each keeps its place among the others.
    assert_eq!(names.packs, ["a", "5", "b"]);
}
