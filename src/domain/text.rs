//! The nearest word to a misspelt one.

use super::fold;

/// The word nearest to `text`, when one is near enough to be meant: Jaro-Winkler similarity of at least 0.8, and no more edits
/// (Damerau-Levenshtein) than a third of its letters, so that a common beginning alone does not pass for a likeness.
pub(crate) fn nearest<'a>(text: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = fold(text);
    let scored = words
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&text, &fold(word)), word));
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0))?;
    let word = fold(best.1);
    let length = text.chars().count().max(word.chars().count());
    let edits = strsim::damerau_levenshtein(&text, &word);
    let begins = word.starts_with(&text);
    (best.0 >= 0.8 && (begins || edits * 3 <= length)).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_case_do_not_matter() {
        assert_eq!(fold("ＭＩＺＵＨＯ"), fold("Mizuho"));
        assert_eq!(fold("ﾌﾞｰﾃﾝﾃﾞｨｰｸ"), fold("ブーテンディーク"));
    }

    #[test]
    fn only_a_near_word_is_offered() {
        assert_eq!(nearest("Thialand", ["Thailand", "Japan"]), Some("Thailand"));
        assert_eq!(nearest("Viet", ["Vietnam", "Japan"]), Some("Vietnam"));
        assert_eq!(nearest("xyz", ["Thailand", "Japan"]), None);
        assert_eq!(nearest("Siam", ["Suriname", "Japan"]), None);
        assert_eq!(nearest("", []), None);
    }
}
