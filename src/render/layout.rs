//! How wide the columns of a table are where space is short, and where text is folded.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use textwrap::WordSeparator;
use textwrap::core::Word;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_width::UnicodeWidthStr as _;

use super::Column;

/// Blanks between two columns.
pub(super) const GAP: usize = 2;
/// No column gets narrower than this.
const LEAST: usize = 4;
/// Numbers, dates and codes up to this width are never broken.
const EXACT: usize = 28;
/// Codes of words up to this width are never broken: `china-communications-construction` is one of the longest.
const CODE: usize = 40;
/// A cell of one word up to this width is never broken: the word of a status, say, in a script without blanks.
const SHORT: usize = 14;
/// Ordinary words up to this width are never broken.
const WORD: usize = 12;
/// The first letter of the scripts without blanks: hiragana.
pub(super) const FIRST_WIDE: char = '\u{3041}';
/// So much space holds most addresses whole; where there is less, they are folded behind their slashes.
const ADDRESS: usize = 40;

/// How many columns of a terminal `text` takes.
pub(super) fn width_of(text: &str) -> usize {
    text.width()
}

/// `text` folded to `width`: at blanks, between any two characters where a script has no blanks, and within a word (an
/// address, say) only when it does not fit a line. An amount stays on one line with its currency.
pub(super) fn folded(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let fold = |line| {
        let words = textwrap::core::break_words(words(line, width), width);
        let lines = wrap_first_fit(&words, &[width as f64]);
        let texts = lines.into_iter().map(|words| {
            let parts = words.iter().flat_map(|word| [word.word, word.whitespace]);
            parts.collect::<String>().trim_end().to_owned()
        });
        texts.collect::<Vec<_>>()
    };
    text.split('\n').flat_map(fold).collect()
}

/// Returns where a line may be folded: as Unicode says, behind the semicolons of a list, and never between a currency and its number.
fn pieces(line: &str) -> impl Iterator<Item = Word<'_>> {
    let items = line.split_inclusive(';');
    let parts = items.flat_map(|item| WordSeparator::UnicodeBreakProperties.find_words(item));
    joined(line, parts, usize::MAX, |before, next| {
        is_currency(before)
            && next.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-')
    })
}

/// The same, and never within a word of a script without blanks as long as what belongs together fits `width`.
fn wholes(line: &str, width: usize) -> impl Iterator<Item = Word<'_>> {
    let ends = word_ends(line);
    let counted = joined(line, pieces(line), width, belongs);
    joined(line, counted, width, move |_, next| {
        is_within_word(&ends, line, next)
    })
}

/// Returns the places, in bytes, behind the words of a text: by the rules of Unicode (UAX #29) and, where a script has no blanks, by a
/// dictionary of Chinese and Japanese words.
pub(super) fn word_ends(text: &str) -> Vec<usize> {
    if text.is_ascii() {
        return Vec::new();
    }
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    segmenter.segment_str(text).collect()
}

/// Whether the place before `next`, the rest of `text`, lies between two letters of a word of a script without blanks.
pub(super) fn is_within_word(ends: &[usize], text: &str, next: &str) -> bool {
    let place = text.len() - next.len();
    let is_wide = |letter: Option<char>| {
        letter.is_some_and(|letter| letter >= FIRST_WIDE && letter.is_alphabetic())
    };
    let mut before = text[..place].chars().rev();
    let (last, last_but_one) = (before.next(), before.next());
    // An ordinal number belongs to what is counted: the dictionary knows 第三, not 第三方.
    let is_ordinal =
        last_but_one == Some('第') && last.is_some_and(|last| "一二三四五".contains(last));
    is_wide(last)
        && is_wide(next.chars().next())
        && (is_ordinal || ends.binary_search(&place).is_err())
}

/// Whether a place lies between a number and what is counted, or before the mark of a translated title.
fn belongs(before: &str, next: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), next.chars().next()) else {
        return false;
    };
    let number = before.strip_suffix(' ').unwrap_or(before);
    let is_number = number.ends_with(|letter: char| letter.is_ascii_digit());
    let is_mark = next.trim_end() == "*" || next.starts_with("* ");
    (is_number && first >= FIRST_WIDE && first.is_alphabetic())
        || (last == '第' && first.is_ascii_digit())
        || is_mark
}

/// The same, and never within an address, which could not be opened any more, unless `width` is small.
fn words(line: &str, width: usize) -> impl Iterator<Item = Word<'_>> {
    let is_wide = width >= ADDRESS;
    joined(
        line,
        wholes(line, width),
        usize::MAX,
        move |before, next| {
            is_wide
                && before.contains("://")
                && !before.ends_with(' ')
                && next.starts_with(|character: char| character.is_ascii())
        },
    )
}

/// Joins neighbouring parts of `line` where `belong` says so of the text before a place, from the last fold on, and behind it, unless
/// what is joined gets wider than `most`.
fn joined<'a>(
    line: &'a str,
    parts: impl Iterator<Item = Word<'a>>,
    most: usize,
    belong: impl Fn(&str, &str) -> bool,
) -> impl Iterator<Item = Word<'a>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for part in parts {
        let fits = || width_of(&line[start..end]) + width_of(part.word) <= most;
        if belong(&line[start..end], &line[end..]) && fits() {
            words.pop();
        } else {
            start = end;
        }
        end += part.word.len() + part.whitespace.len();
        words.push(Word::from(&line[start..end]));
    }
    words.into_iter()
}

/// Whether a text is the code of a currency and a blank, perhaps behind an opening bracket.
fn is_currency(text: &str) -> bool {
    let code = text.trim_start_matches('(').strip_suffix(' ');
    code.is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// Whether a word is a code: small letters and digits, joined by hyphens or underscores, perhaps in brackets.
fn is_code(word: &str) -> bool {
    let code = word.trim_matches(|letter: char| letter.is_ascii_punctuation());
    code.contains(['-', '_'])
        && code.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        })
}

/// Returns how narrow a cell may become: numbers, dates, codes and ordinary words stay whole.
pub(super) fn least_width(text: &str) -> usize {
    let whole = width_of(text);
    if whole <= SHORT && !text.contains(char::is_whitespace) {
        return whole;
    }
    let has_address = text.contains("://");
    let widths = pieces(text).map(|word| {
        let width = width_of(word.word);
        let is_address = has_address && word.word.contains('/');
        let is_exact = word.word.contains(char::is_numeric) && !is_address;
        width.min(match (is_code(word.word), is_exact) {
            (true, _) => CODE,
            (_, true) => EXACT,
            _ => WORD,
        })
    });
    widths.max().unwrap_or_default()
}

/// Returns the widths of columns whose cells want `natural` widths and need `least`, in a table of at most `width`: columns that may
/// be narrow give way first, then the widest; headings are broken last. None: the table does not fit.
pub(super) fn column_widths(
    columns: &[Column],
    natural: &[usize],
    least: &[usize],
    width: usize,
) -> Option<Vec<usize>> {
    let space = width.saturating_sub(GAP * columns.len().saturating_sub(1));
    let mut widths = natural.to_vec();
    if widths.iter().sum::<usize>() <= space {
        return Some(widths);
    }
    let words: Vec<usize> = least.iter().map(|least| (*least).max(LEAST)).collect();
    let heading = |column: &Column| least_width(&column.heading);
    let headings = columns.iter().map(heading).zip(&words);
    let headings: Vec<usize> = headings
        .map(|(heading, words)| heading.max(*words))
        .collect();
    for ((width, column), heading) in widths.iter_mut().zip(columns).zip(&headings) {
        let narrow = column.narrow.unwrap_or(*width);
        *width = narrow.max(*heading).min(*width);
    }
    for least in [headings, words] {
        while widths.iter().sum::<usize>() > space {
            let wide = widths.iter_mut().zip(&least);
            let widest = wide.filter(|(width, least)| **width > **least);
            match widest.max_by_key(|(width, _)| **width) {
                Some((widest, _)) => *widest -= 1,
                None => break,
            }
        }
    }
    let mut left = space.checked_sub(widths.iter().sum())?;
    // A text that gave way first gets back what the others do not need.
    while left > 0 {
        let texts = widths.iter_mut().zip(natural).zip(columns);
        let texts = texts.filter(|(_, column)| !column.is_number);
        let short = texts.map(|((width, natural), _)| (natural.saturating_sub(*width), width));
        match short.max_by_key(|(short, _)| *short) {
            Some((1.., width)) => *width += 1,
            _ => break,
        }
        left -= 1;
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(narrow: &[Option<usize>]) -> Vec<Column> {
        narrow
            .iter()
            .map(|narrow| Column {
                heading: String::new(),
                is_number: false,
                narrow: *narrow,
                is_duration: false,
            })
            .collect()
    }

    fn widths(columns: &[Column], natural: &[usize], width: usize) -> Option<Vec<usize>> {
        column_widths(columns, natural, &vec![0; natural.len()], width)
    }

    #[test]
    fn narrow_columns_give_way_first_then_the_widest() {
        let two = columns(&[None, Some(5)]);
        assert_eq!(widths(&two, &[10, 10], 30), Some(vec![10, 10]));
        assert_eq!(widths(&two, &[10, 10], 18), Some(vec![10, 6]));
        assert_eq!(widths(&two, &[40, 10], 27), Some(vec![20, 5]));
        assert_eq!(widths(&columns(&[None, None]), &[40, 40], 9), None);
    }

    #[test]
    fn short_headings_stay_whole_while_others_can_give_way() {
        let mut columns = columns(&[None, Some(6), Some(6)]);
        columns[1].heading = "停滞天数".to_owned();
        columns[2].heading = "two words".to_owned();
        let natural = [60, 8, 9];
        assert_eq!(widths(&columns, &natural, 60), Some(vec![42, 8, 6]));
        assert_eq!(widths(&columns, &natural, 18), Some(vec![4, 5, 5]));
    }

    #[test]
    fn numbers_dates_codes_and_short_words_are_never_broken() {
        for (text, least) in [
            ("about USD 27,000,000,000 in all", 18),
            ("2018-10-26", 10),
            ("F1-025;F1-026;F1-027", 7),
            ("read in 2026-11", 7),
            ("実施中", 6),
            ("implementing", 12),
            ("Supercalifragilistic expialidocious", 12),
            ("https://example.org/2018/10/26", 12),
        ] {
            assert_eq!(least_width(text), least, "{text}");
            let lines = folded(text, least);
            assert!(
                lines.iter().all(|line| width_of(line) <= least),
                "{lines:?}"
            );
        }
        assert_eq!(folded("F1-025;F1-026", 9), ["F1-025;", "F1-026"]);
        assert_eq!(
            folded("lent USD 5,000 in all", 10),
            ["lent", "USD 5,000", "in all"]
        );
    }

    #[test]
    fn no_line_begins_with_a_closing_sign_and_plain_words_stay_whole() {
        let texts = [
            "「第三国市場協力」、フォーラム（2018年、協力覚書 52 件）。中国側と日本側の関係企业・機関、ほか。",
            "首届“中日第三方市场合作论坛”（2018年10月26日），共 52 项协议；已落实 5 项。",
        ];
        for (text, width) in texts
            .into_iter()
            .flat_map(|text| (12..60).map(move |width| (text, width)))
        {
            let lines = folded(text, width);
            for line in &lines {
                let closing = "、。，；：！？）」』”・ー"
                    .chars()
                    .any(|sign| line.starts_with(sign));
                assert!(
                    !closing && !line.ends_with(['（', '「', '“']),
                    "{width}: {lines:?}"
                );
            }
            let whole =
                |word: &str| !text.contains(word) || lines.iter().any(|line| line.contains(word));
            for word in ["フォーラム", "2018年", "52 件", "52 项"] {
                assert!(whole(word), "{width}: {lines:?}");
            }
            // A word between signs that cannot stand at the end or the beginning of a line is broken where they all do not fit.
            for word in [
                "第三国",
                "市場",
                "協力",
                "覚書",
                "第三方",
                "市场",
                "合作",
                "论坛",
                "落实",
            ] {
                assert!(whole(word) || width < 16, "{width}: {lines:?}");
            }
        }
    }

    #[test]
    fn an_address_is_folded_only_where_it_does_not_fit() {
        assert_eq!(
            folded("read at https://example.org/a/b/c（中）today", 24),
            ["read at https://", "example.org/a/b/c（中）", "today"]
        );
        let address = "https://example.org/a/wind-farm";
        assert_eq!(
            folded(&format!("MEED Review, {address} (medium)"), 40),
            ["MEED Review,", &format!("{address} (medium)")]
        );
    }

    #[test]
    fn every_script_is_folded_to_the_width() {
        for (text, width) in [
            ("a bc def", 4),
            ("第三方市場協力", 5),
            ("http://example.org/a/very/long/address", 10),
            ("", 3),
        ] {
            let lines = folded(text, width);
            assert!(
                lines
                    .iter()
                    .all(|line| width_of(line) <= width && !line.starts_with(' ')),
                "{lines:?}"
            );
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
