//! The lists of an edition: one small head that changes, and packs that never do.
//!
//! Cards come as the JSON they were written in, because a large archive has many and
//! most of them are only passed on.

use article::listing::{PACK_SIZE, PACKS_IN_HEAD};
use sha2::{Digest as _, Sha256};

use crate::finding::Failure;
use crate::output::Output;
use crate::{fingerprint, kept};

/// How a story shows itself in lists.
pub struct Card {
    json: &'static [u8],
    fingerprint: u64,
}

impl Card {
    /// With the fingerprint of the JSON, because most cards are not even looked at.
    pub fn new(json: &'static [u8], fingerprint: u64) -> Self {
        Self { json, fingerprint }
    }
}

/// Writes a list into a folder of its own and gives its head. The cards run from the
/// oldest to the newest.
pub fn write(output: &Output, folder: &str, cards: &[&Card]) -> Result<&'static str, Failure> {
    let fingerprints: Vec<u64> = cards.iter().map(|card| card.fingerprint).collect();
    let head = output.unit_with_text(folder, fingerprint::of(&fingerprints), |files| {
        let mut names = Vec::new();
        for (number, cards) in cards.chunks_exact(PACK_SIZE).enumerate() {
            let pack = pack(cards)?;
            let name = pack_name(number, &pack);
            files.write_named(&format!("{folder}/{name}"), || pack.into_bytes())?;
            names.push(name);
        }
        let named = names.len().saturating_sub(PACKS_IN_HEAD);
        if named > 0 {
            files.write(
                &format!("{folder}/packs.json"),
                named_packs(&names).as_bytes(),
            )?;
        }
        let head = head(cards, names.get(named..).unwrap_or_default())?;
        files.write(&format!("{folder}/head.json"), head.as_bytes())?;
        Ok(Some(head))
    })?;
    Ok(head.unwrap_or_default())
}

/// The model's [`article::listing::Pack`].
fn pack(cards: &[&Card]) -> Result<String, Failure> {
    let cards: Vec<&str> = cards
        .iter()
        .map(|card| kept::as_text(card.json))
        .collect::<Result<_, _>>()?;
    Ok(format!("{{\"cards\":[{}]}}", cards.join(",")))
}

/// The model's [`article::listing::Head`]: the open remainder and the newest closed
/// pack, so that the front page is full on the day a pack closes.
fn head(cards: &[&Card], packs: &[String]) -> Result<String, Failure> {
    let in_head = cards.len() % PACK_SIZE + PACK_SIZE;
    let newest: Vec<&str> = cards
        .iter()
        .rev()
        .take(in_head)
        .map(|card| kept::as_text(card.json))
        .collect::<Result<_, _>>()?;
    let mut head = format!(
        "{{\"count\":{},\"cards\":[{}]",
        cards.len(),
        newest.join(",")
    );
    if !packs.is_empty() {
        head.push_str(&format!(",\"packs\":[\"{}\"]", packs.join("\",\"")));
    }
    head.push('}');
    Ok(head)
}

/// The name of a pack's file.
pub fn pack_name(number: usize, pack: &str) -> String {
    // The hash lets a pack be cached for ever although an old story may be corrected.
    format!("{number:04}.{}.json", hash8(pack.as_bytes()))
}

/// The model's [`article::listing::PackNames`].
pub fn named_packs(names: &[String]) -> String {
    format!("{{\"packs\":[\"{}\"]}}", names.join("\",\""))
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
    use super::{Card, PACK_SIZE, head, kept, pack};
    use article::listing::{Head, Pack};

    fn cards(count: usize) -> Vec<Card> {
        (1..=count)
            .map(|n| {
                let json = format!(r#"{{"slug":"story-{n:03}","headline":"Story {n}"}}"#);
                Card::new(kept::bytes(json.into_bytes()), n as u64)
            })
            .collect()
    }

    fn read(count: usize) -> Head {
        let cards = cards(count);
        let cards: Vec<&Card> = cards.iter().collect();
        let packs: Vec<String> = (0..count / PACK_SIZE)
            .map(|n| format!("{n:04}.json"))
            .collect();
        Head::read_leniently(&head(&cards, &packs).unwrap()).unwrap()
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
            let head = read(stories);
            assert_eq!(head.count as usize, stories);
            assert_eq!(head.cards.len(), in_head, "{stories} stories");
            assert_eq!(head.packs.len(), packs, "{stories} stories");
            if let Some(newest) = head.cards.first() {
                assert_eq!(newest.slug.as_str(), format!("story-{stories:03}"));
            }
        }
    }

    #[test]
    fn a_pack_runs_from_older_to_newer() {
        let cards = cards(16);
        let cards: Vec<&Card> = cards.iter().collect();
        let pack = Pack::read_leniently(&pack(&cards).unwrap()).unwrap();
        let slugs: Vec<&str> = pack.cards.iter().map(|card| card.slug.as_str()).collect();
        assert_eq!(slugs.first(), Some(&"story-001"));
        assert_eq!(slugs.last(), Some(&"story-016"));
    }
}
