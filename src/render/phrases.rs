//! Where a browser may break the text of a page: Chinese only between words, as no browser does by itself, and no text before the mark
//! of a translated title.

use std::borrow::Cow;

use super::layout::{FIRST_WIDE, is_within_word, word_ends};
use crate::domain::Language;

/// Elements whose text is not a person's to read, or may hold no element.
const VERBATIM: [&str; 7] = [
    "option", "pre", "script", "style", "svg", "textarea", "title",
];

/// Returns a page with `<wbr>` at the ends of its Chinese words, if it is a Chinese page. The style wants `word-break: keep-all`.
pub(crate) fn phrased(html: &str, language: Language) -> String {
    let mut page = String::with_capacity(html.len() * 5 / 4);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        page.push_str(&broken(text, language));
        let mut names = tag[1..].split(|letter: char| !letter.is_ascii_alphanumeric());
        let name = names.next().unwrap_or_default();
        let end = match VERBATIM.contains(&name) {
            true => tag.find(&format!("</{name}>")),
            false => tag.find('>').map(|end| end + 1),
        };
        let (tag, behind) = tag.split_at(end.unwrap_or(tag.len()));
        page.push_str(tag);
        rest = behind;
    }
    page.push_str(&broken(rest, language));
    page
}

/// Returns the text of an element with the places where it may be broken.
fn broken(text: &str, language: Language) -> Cow<'_, str> {
    let text = match text.strip_suffix(" *") {
        Some(title) => Cow::from(format!("{title}&nbsp;*")),
        None => Cow::from(text),
    };
    if language != Language::Chinese || text.is_ascii() {
        return text;
    }
    let ends = word_ends(&text);
    let mut broken = String::with_capacity(text.len() * 2);
    let mut before = None;
    for (place, letter) in text.char_indices() {
        let is_wide = |letter: char| letter >= FIRST_WIDE && letter.is_alphabetic();
        let is_first = place == 0 && is_wide(letter);
        let is_between = before.is_some_and(is_wide)
            && is_wide(letter)
            && !is_within_word(&ends, &text, &text[place..]);
        if is_first || is_between {
            broken.push_str("<wbr>");
        }
        broken.push(letter);
        before = Some(letter);
    }
    Cow::from(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_broken_between_words_and_nothing_else_changes() {
        let page = "<title>第三方市场合作</title><p title=\"市场合作\">第三方市场<b>合作 *</b></p><pre>市场合作</pre>2018年10月";
        assert_eq!(
            phrased(page, Language::Chinese),
            "<title>第三方市场合作</title><p title=\"市场合作\"><wbr>第三方<wbr>市场<b><wbr>合作&nbsp;*</b></p><pre>市场合作</pre>2018年10月"
        );
        assert_eq!(
            phrased(page, Language::Japanese),
            page.replace(" *", "&nbsp;*")
        );
        for odd in ["", "<", "a < b", "<script>x", "</p>市"] {
            assert_eq!(phrased(odd, Language::English), odd);
        }
    }
}
