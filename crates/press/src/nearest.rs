//! Which existing name was probably meant.

/// The existing name that is fewest edits away, if it is near enough to be meant.
/// Case alone counts as nothing: it is the commonest mistake with file names.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.chars().flat_map(char::to_lowercase).collect();
    let most = 2 + wanted.len() / 4;
    known
        .into_iter()
        .filter_map(|name| {
            let letters: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
            let far = (letters.len().abs_diff(wanted.len()) <= most)
                .then(|| distance(&wanted, &letters))?;
            (far <= most).then_some((far, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// Edits between two words (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let above = *cell;
            let change = diagonal + usize::from(x != y);
            *cell = change.min(above + 1).min(left + 1);
            diagonal = above;
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_finds_what_was_meant() {
        let known = ["media/boats/480.jpg", "media/kite/480.jpg"];
        assert_eq!(
            nearest("media/boat/480.jpg", known),
            Some("media/boats/480.jpg")
        );
    }

    #[test]
    fn something_else_altogether_finds_nothing() {
        assert_eq!(nearest("annual-report", ["media/kite/480.jpg"]), None);
    }
}
