//! Where a browser may break the text of a page: Chinese only between words, as no browser does by itself, and no text before the mark
//! of a translated title.

use std::borrow::Cow;

use super::layout::{FIRST_WIDE, is_within_word, word_ends};
use crate::domain::Language;

/// Elements whose text is not a person's to read, or may hold no element.
const VERBATIM: [&str; 8] = [
    "desc", "option", "pre", "script", "style", "text", "textarea", "title",
];
/// A text of so many letters is one word of a table, say, and stays whole.
const SHORT: usize = 7;

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
    let title = text.strip_suffix(" *");
    let is_short = title.unwrap_or(text).chars().count() <= SHORT;
    let text = title.map_or(Cow::from(text), |title| format!("{title}&nbsp;*").into());
    if language != Language::Chinese || text.is_ascii() || is_short {
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
        let page = "<title>第三方市场合作</title><p title=\"市场合作\">在第三方市场开展合作<b>项目 *</b></p><svg><svg></svg><text>第三方市场合作论坛</text></svg>2018年10月";
        assert_eq!(
            phrased(page, Language::Chinese),
            "<title>第三方市场合作</title><p title=\"市场合作\"><wbr>在<wbr>第三方<wbr>市场<wbr>开展<wbr>合作<b>项目&nbsp;*</b></p><svg><svg></svg><text>第三方市场合作论坛</text></svg>2018年10月"
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
