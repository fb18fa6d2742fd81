//! The part of a text around a match, each match between square brackets: marks that need no colour.

use std::ops::Range;

use crate::domain::{Term, Word};

/// Characters kept before the first match, and from there on.
const BEFORE: usize = 24;
const FROM: usize = 56;

/// Where any of `terms` stands, in order, what touches or overlaps joined.
pub(super) fn places(terms: &[Term], words: &[Word]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = terms.iter().flat_map(|term| term.places(words)).collect();
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut joined = Vec::<Range<usize>>::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => joined.push(place),
        }
    }
    joined
}

/// `text` around the first of `places`, which are marked.
pub(super) fn snippet(text: &str, places: &[Range<usize>]) -> String {
    let first = places.first().map_or(0, |place| place.start);
    let before = text.get(..first).unwrap_or_default().char_indices();
    let start = before
        .rev()
        .take(BEFORE)
        .last()
        .map_or(first, |(index, _)| index);
    let after = text.get(first..).unwrap_or_default().char_indices();
    let mut end = after
        .skip(FROM)
        .map(|(index, _)| first + index)
        .next()
        .unwrap_or(text.len());
    // A match is never cut in two.
    if let Some(cut) = places
        .iter()
        .find(|place| place.start < end && end < place.end)
    {
        end = cut.end;
    }
    let mut shown = String::new();
    if start > 0 {
        shown.push('…');
    }
    for (index, letter) in text.char_indices().skip_while(|(index, _)| *index < start) {
        if places.iter().any(|place| place.end == index) {
            shown.push(']');
        }
        if index >= end {
            break;
        }
        if places.iter().any(|place| place.start == index) {
            shown.push('[');
        }
        shown.push(letter);
    }
    if end < text.len() {
        shown.push('…');
    } else if places.iter().any(|place| place.end == text.len()) {
        shown.push(']');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words;

    fn shown(text: &str, wanted: &str) -> String {
        let terms = Term::all_of(wanted).expect(wanted);
        snippet(text, &places(&terms, &words(text)))
    }

    #[test]
    fn matches_are_marked_in_the_original_spelling() {
        assert_eq!(shown("丸紅と華能", "丸红 华能"), "[丸紅]と[華能]");
        assert_eq!(shown("ＭＩＺＵＨＯ Bank", "mizuho"), "[ＭＩＺＵＨＯ] Bank");
        assert_eq!(shown("nothing here", "丸紅"), "nothing here");
        assert_eq!(shown("", "丸紅"), "");
    }

    #[test]
    fn long_texts_are_cut_around_the_first_match() {
        let text = format!("{}丸紅{}", "あ".repeat(100), "い".repeat(100));
        let shown = shown(&text, "丸紅");
        assert!(
            shown.starts_with("…あ") && shown.contains("あ[丸紅]い") && shown.ends_with("い…"),
            "{shown}"
        );
        assert!(shown.chars().count() <= BEFORE + FROM + 4, "{shown}");
        let long = "丸".repeat(200);
        let whole = std::iter::once(0..long.len()).collect::<Vec<_>>();
        assert_eq!(super::snippet(&long, &whole), format!("[{long}]"));
    }
}
