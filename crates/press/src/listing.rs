//! The lists of an edition: one small head that changes, and packs that never do.

use article::listing::{Card, Head, PACK_SIZE, Pack};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::finding::Failure;

/// The files of an edition's list, by name, below `data/v1/<language>/`.
pub fn files(mut cards: Vec<Card>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    // Oldest first. Two stories of one moment keep their order by slug, so that
    // the same stories always make the same packs.
    cards.sort_by(|a, b| {
        let moment = |card: &Card| card.date_published.map(|date| date.timestamp());
        moment(a).cmp(&moment(b)).then_with(|| a.slug.cmp(&b.slug))
    });
    let mut files = Vec::new();
    let mut names = Vec::new();
    for (number, cards) in cards.chunks_exact(PACK_SIZE).enumerate() {
        let pack = Pack {
            cards: cards.to_vec(),
        };
        let bytes = json(&pack)?;
        // The hash lets a pack be cached for ever although an old story may be corrected.
        let name = format!("{number:04}.{}.json", hash8(&bytes));
        names.push(name.clone());
        files.push((name, bytes));
    }
    // The open remainder and the newest closed pack: 16 to 31 cards, so that the
    // front page is full on the day a pack closes.
    let in_head = cards.len() % PACK_SIZE + PACK_SIZE;
    let head = Head {
        count: u32::try_from(cards.len()).unwrap_or(u32::MAX),
        cards: cards.iter().rev().take(in_head).cloned().collect(),
        packs: names,
    };
    files.push(("head.json".into(), json(&head)?));
    Ok(files)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|error| Failure(format!("could not write a list: {error}")))
}

/// The first eight hexadecimal digits of the SHA-256: names apart the versions of
/// one pack, of which there are few.
fn hash8(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::files;
    use article::listing::{Card, Head, Pack};
    use article::{Date, RichText, Slug};

    fn cards(count: u16) -> Vec<Card> {
        (1..=count)
            .map(|n| Card {
                slug: Slug::new(&format!("story-{n:03}")).unwrap(),
                headline: RichText::plain(format!("Story {n}")),
                date_published: Date::parse(&format!("{}", 1000 + n)),
                ..Card::default()
            })
            .collect()
    }

    fn head(count: u16) -> Head {
        let files = files(cards(count)).unwrap();
        let (name, bytes) = files.last().unwrap();
        assert_eq!(name, "head.json");
        Head::read_leniently(std::str::from_utf8(bytes).unwrap()).unwrap()
    }

    #[test]
    fn the_head_holds_sixteen_to_thirty_one_cards_newest_first() {
        for (stories, in_head, packs) in [
            (0, 0, 0),
            (3, 3, 0),
            (15, 15, 0),
            (16, 16, 1),
            (17, 17, 1),
            (31, 31, 1),
            (32, 16, 2),
            (100, 20, 6),
        ] {
            let head = head(stories);
            assert_eq!(head.count, u32::from(stories));
            assert_eq!(head.cards.len(), in_head, "{stories} stories");
            assert_eq!(head.packs.len(), packs, "{stories} stories");
            if let Some(newest) = head.cards.first() {
                assert_eq!(newest.slug.as_str(), format!("story-{stories:03}"));
            }
        }
    }

    #[test]
    fn a_newer_story_leaves_closed_packs_as_they_were() {
        let before = files(cards(40)).unwrap();
        let after = files(cards(41)).unwrap();
        assert_eq!(before[..2], after[..2]);
        assert_ne!(before[2], after[2]);
    }

    #[test]
    fn packs_are_numbered_from_the_oldest_and_run_from_older_to_newer() {
        let files = files(cards(32)).unwrap();
        assert!(files[0].0.starts_with("0000."));
        let pack = Pack::read_leniently(std::str::from_utf8(&files[0].1).unwrap()).unwrap();
        let slugs: Vec<&str> = pack.cards.iter().map(|card| card.slug.as_str()).collect();
        assert_eq!(slugs.first(), Some(&"story-001"));
        assert_eq!(slugs.last(), Some(&"story-016"));
    }

    #[test]
    fn the_order_of_the_input_does_not_matter() {
        let mut shuffled = cards(40);
        shuffled.reverse();
        shuffled.swap(3, 30);
        assert_eq!(files(cards(40)).unwrap(), files(shuffled).unwrap());
    }
}
