//! Sentences, paragraphs and phrases on a topic.

use super::dice::Dice;
use super::vocabulary::{Vocabulary, push_capitalised};

/// A writer of one language on one topic.
#[derive(Clone, Copy)]
pub struct Prose<'a> {
    pub vocabulary: &'a Vocabulary,
    pub topic: usize,
}

impl Prose<'_> {
    /// A paragraph of about so many words.
    pub fn paragraph(self, words: usize, dice: &mut Dice) -> String {
        // A word of these languages is 5 to 7 letters, of two bytes in half of them.
        let mut text = String::with_capacity(words * 10);
        let mut left = words.max(1);
        while left > 0 {
            let mut sentence = dice.between(7, 26);
            // No sentence of two words at the end.
            if left < sentence + 6 {
                sentence = left;
            }
            left -= sentence;
            if !text.is_empty() {
                text.push_str(self.vocabulary.tongue.space);
            }
            self.push_sentence(sentence, dice, &mut text);
        }
        text
    }

    /// A sentence of so many words.
    pub fn sentence(self, words: usize, dice: &mut Dice) -> String {
        let mut text = String::with_capacity(words * 10);
        self.push_sentence(words, dice, &mut text);
        text
    }

    /// Some words without a stop: a headline, a sub-head, a cell.
    pub fn phrase(self, words: usize, dice: &mut Dice) -> String {
        let mut text = String::with_capacity(words * 10);
        for at in 0..words {
            self.space(&mut text);
            // A headline is mostly about its topic.
            if at + 1 == words || dice.chance(500) {
                self.vocabulary.push_topic_word(self.topic, dice, &mut text);
            } else {
                self.vocabulary.push_word(self.topic, dice, &mut text);
            }
        }
        capitalised(&text)
    }

    /// The name of nobody, as it stands in a quotation.
    pub fn name(self, dice: &mut Dice) -> String {
        let mut text = String::new();
        self.vocabulary.push_name(dice, &mut text);
        text.push_str(self.vocabulary.tongue.space);
        self.vocabulary.push_name(dice, &mut text);
        text
    }

    fn push_sentence(self, words: usize, dice: &mut Dice, out: &mut String) {
        let tongue = self.vocabulary.tongue;
        let start = out.len();
        let mut first = String::new();
        self.vocabulary.push_word(self.topic, dice, &mut first);
        push_capitalised(&first, out);
        let mut since_comma = 1;
        for left in (1..words).rev() {
            if since_comma > 4 && left > 3 && !Vocabulary::is_open(out) && dice.chance(110) {
                out.push_str(tongue.comma);
                since_comma = 0;
            } else {
                self.space(out);
            }
            since_comma += 1;
            self.vocabulary.push_word(self.topic, dice, out);
        }
        if out.get(start..).is_some_and(Vocabulary::is_open) {
            // Nothing can end in “l’”.
            self.vocabulary.push_topic_word(self.topic, dice, out);
        }
        out.push_str(if dice.chance(40) {
            tongue.question
        } else {
            tongue.stop
        });
    }

    fn space(self, out: &mut String) {
        if !out.is_empty() && !Vocabulary::is_open(out) {
            out.push_str(self.vocabulary.tongue.space);
        }
    }
}

pub fn capitalised(text: &str) -> String {
    let mut capitalised = String::with_capacity(text.len());
    push_capitalised(text, &mut capitalised);
    capitalised
}
