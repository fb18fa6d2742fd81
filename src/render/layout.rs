//! How wide the columns of a table are where space is short, and where text is folded.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthStr as _;

use super::Column;

/// Blanks between two columns.
pub(super) const GAP: usize = 2;
/// No column gets narrower than this.
const LEAST: usize = 4;
/// Headings of one word up to this width are kept whole while other columns can give way: where a script has no blanks, they would
/// be broken anywhere.
const HEADING: usize = 8;
/// So much space holds most addresses whole; where there is less, they are folded behind their slashes.
const ADDRESS: usize = 40;

/// How many columns of a terminal `text` takes.
pub(super) fn width_of(text: &str) -> usize {
    text.width()
}

/// `text` folded to `width`: at blanks, between any two characters where a script has no blanks, and within a word (an
/// address, say) only when it does not fit a line.
pub(super) fn folded(text: &str, width: usize) -> Vec<String> {
    let separator = if width < ADDRESS {
        WordSeparator::UnicodeBreakProperties
    } else {
        WordSeparator::Custom(words)
    };
    let options = Options::new(width.max(1))
        .word_splitter(WordSplitter::NoHyphenation)
        .word_separator(separator);
    let lines = textwrap::wrap(text, options);
    lines
        .into_iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Where a line may be folded: as Unicode says, but never within an address, which would not open any more.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    if !line.contains("://") {
        return WordSeparator::UnicodeBreakProperties.find_words(line);
    }
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let (so_far, next) = (&line[start..end], &line[end..]);
        let within_address = so_far.contains("://")
            && !so_far.ends_with(' ')
            && next.starts_with(|character: char| character.is_ascii());
        if within_address {
            words.pop();
        } else {
            start = end;
        }
        end += word.word.len() + word.whitespace.len();
        words.push(Word::from(&line[start..end]));
    }
    Box::new(words.into_iter())
}

/// The widths of columns whose cells want `natural` widths, in a table of at most `width`: columns that may be narrow give
/// way first, then the widest.
pub(super) fn column_widths(columns: &[Column], natural: &[usize], width: usize) -> Vec<usize> {
    let space = width.saturating_sub(GAP * columns.len().saturating_sub(1));
    let mut widths = natural.to_vec();
    if widths.iter().sum::<usize>() <= space {
        return widths;
    }
    let headings: Vec<usize> = columns.iter().map(heading).collect();
    for ((width, column), heading) in widths.iter_mut().zip(columns).zip(&headings) {
        let narrow = column.narrow.unwrap_or(*width);
        *width = narrow.max(*heading).min(*width);
    }
    for least in [headings, vec![LEAST; columns.len()]] {
        while widths.iter().sum::<usize>() > space {
            let wide = widths.iter_mut().zip(&least);
            let widest = wide.filter(|(width, least)| **width > **least);
            match widest.max_by_key(|(width, _)| **width) {
                Some((widest, _)) => *widest -= 1,
                None => break,
            }
        }
    }
    widths
}

/// How wide a column is at least for the sake of its heading.
fn heading(column: &Column) -> usize {
    let width = width_of(&column.heading);
    let is_one_word = !column.heading.contains(char::is_whitespace);
    if is_one_word && width <= HEADING {
        width.max(LEAST)
    } else {
        LEAST
    }
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
            })
            .collect()
    }

    #[test]
    fn narrow_columns_give_way_first_then_the_widest() {
        assert_eq!(
            column_widths(&columns(&[None, Some(5)]), &[10, 10], 30),
            [10, 10]
        );
        assert_eq!(
            column_widths(&columns(&[None, Some(5)]), &[10, 10], 18),
            [10, 5]
        );
        assert_eq!(
            column_widths(&columns(&[None, Some(5)]), &[40, 10], 27),
            [20, 5]
        );
        assert_eq!(column_widths(&columns(&[None, None]), &[40, 40], 1), [4, 4]);
    }

    #[test]
    fn short_headings_stay_whole_while_others_can_give_way() {
        let mut columns = columns(&[None, Some(6), Some(6)]);
        columns[1].heading = "停滞天数".to_owned();
        columns[2].heading = "two words".to_owned();
        let natural = [60, 8, 9];
        assert_eq!(column_widths(&columns, &natural, 60), [42, 8, 6]);
        assert_eq!(column_widths(&columns, &natural, 18), [4, 6, 4]);
        assert_eq!(column_widths(&columns, &natural, 1), [4, 4, 4]);
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
