//! Rows of totals: they add up other rows, and are no projects.

use std::sync::OnceLock;

use csv::StringRecord;

use super::Naming;
use crate::domain::{Decimal, fold, perhaps_unguarded};

/// What a row of totals is called, folded and without blanks.
const WORDS: [&str; 31] = [
    "total",
    "totals",
    "grandtotal",
    "overalltotal",
    "totalamount",
    "sumtotal",
    "sum",
    "subtotal",
    "subtotals",
    "sub-total",
    "合計",
    "合计",
    "合計額",
    "合计金额",
    "合計金額",
    "総計",
    "總計",
    "总计",
    "小計",
    "小计",
    "中計",
    "計",
    "计",
    "共计",
    "共計",
    "累計",
    "累计",
    "集計",
    "汇总",
    "總額",
    "总额",
];

/// The words that also stand before or after what is added up: `Kenya Total`, `ケニア 集計`.
const BESIDE: [&str; 14] = [
    "total",
    "subtotal",
    "sub-total",
    "合計",
    "合计",
    "総計",
    "總計",
    "总计",
    "小計",
    "小计",
    "集計",
    "汇总",
    "共计",
    "累计",
];

/// The longest text that can name a row of totals, in bytes.
const LONGEST: usize = 80;

/// Whether the row adds up others: its title or its key is a word for it, or it has neither and begins with one.
pub(super) fn is_total(row: &StringRecord, naming: &Naming) -> bool {
    let cell = |place: &usize| row.get(*place).map_or("", str::trim);
    let filled = |place: &&usize| !cell(place).is_empty();
    if naming.ours.iter().any(|place| filled(&place)) {
        return false;
    }
    let mut named = naming
        .titles
        .iter()
        .chain(&naming.keys)
        .filter(filled)
        .peekable();
    if naming.titles.iter().any(|place| filled(&place)) {
        return named.any(|place| names_total(row, *place));
    }
    let first = row.iter().position(|cell| !cell.trim().is_empty());
    named.any(|place| names_total(row, *place))
        || first.is_some_and(|first| names_total(row, first))
}

/// Whether the cell says that its row is one of totals.
fn names_total(row: &StringRecord, place: usize) -> bool {
    let text = perhaps_unguarded(row.get(place).unwrap_or_default()).trim();
    if text.len() > LONGEST || !may_be_total(text) {
        return false;
    }
    let folded = fold(text);
    // `Total (USD million)`, `合計：`, `Total 5,000`
    let head = folded
        .split(['(', '[', ':', '【', '〔'])
        .next()
        .unwrap_or_default();
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        letters.collect()
    };
    let is_sign = |letter: char| !letter.is_alphabetic();
    let name = plain(head.trim_matches(is_sign));
    if folded_words(&WORDS, &ALONE).contains(&name) {
        return true;
    }
    let is_beside = |word: &String| {
        let rest = name.strip_prefix(word).or_else(|| name.strip_suffix(word));
        rest.is_some() && (!word.is_ascii() || is_own_word(head, word))
    };
    folded_words(&BESIDE, &AROUND).iter().any(is_beside) && has_only_numbers(row, place)
}

static ALONE: OnceLock<Vec<String>> = OnceLock::new();
static AROUND: OnceLock<Vec<String>> = OnceLock::new();

/// The words as [`fold`] writes them.
fn folded_words(words: &[&str], kept: &'static OnceLock<Vec<String>>) -> &'static Vec<String> {
    kept.get_or_init(|| words.iter().map(|word| fold(word)).collect())
}

/// Whether `word` stands in `text` by itself, and is no part of a longer one.
fn is_own_word(text: &str, word: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    words.any(|part| part == word)
}

/// Whether the other cells of the row are numbers, one at least.
fn has_only_numbers(row: &StringRecord, label: usize) -> bool {
    let others = row.iter().enumerate().filter(|(place, _)| *place != label);
    let mut others = others
        .map(|(_, cell)| cell.trim())
        .filter(|cell| !cell.is_empty());
    let mut has_one = false;
    others.all(|cell| {
        let digits: String = cell
            .chars()
            .filter(|letter| !",，$¥￥€£% ".contains(*letter))
            .collect();
        has_one |= digits.parse::<Decimal>().is_ok();
        digits.parse::<Decimal>().is_ok()
            || (cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase()))
    }) && has_one
}

/// A quick look before the text is folded.
fn may_be_total(text: &str) -> bool {
    let has = |word: &[u8]| {
        let mut windows = text.as_bytes().windows(word.len());
        windows.any(|window| window.eq_ignore_ascii_case(word))
    };
    has(b"total")
        || has(b"sum")
        || (!text.is_ascii()
            && text.contains(|letter| "計计總总总汇共額额ＴｔＳｓ".contains(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(cells: &[&str], titles: &[usize]) -> bool {
        let naming = Naming {
            titles: titles.to_vec(),
            ..Naming::default()
        };
        is_total(&StringRecord::from(cells.to_vec()), &naming)
    }

    #[test]
    fn rows_of_totals_are_known_in_three_languages() {
        for label in [
            "Total",
            "TOTAL:",
            "Grand Total",
            "Sub-total",
            "subtotal",
            "合計",
            "合　計",
            "小計",
            "小计",
            "总 计",
            "總計",
            "Total (USD million)",
            "合计（万美元）",
            "Ｔｏｔａｌ",
            "Total 3",
            "小计：肯尼亚",
            "计",
        ] {
            assert!(is(&[label, "", "1,200"], &[0]), "{label}");
            assert!(is(&["", label, "", "12"], &[2]), "{label}");
        }
        for label in [
            "Kenya Total",
            "Total for Kenya",
            "ケニア 集計",
            "肯尼亚 汇总",
        ] {
            assert!(is(&[label, "", "1,200", "USD"], &[0]), "{label}");
            assert!(
                !is(&[label, "KE", "1,200"], &[0]),
                "{label}: a host makes it a project"
            );
        }
    }

    #[test]
    fn a_project_is_no_total() {
        assert!(!is(&["Total", "Refinery of the coast", "UG"], &[1]));
        assert!(!is(&["Total length 300 km road", "KE", "5"], &[0]));
        assert!(!is(&["総合計画調査", "KE", "5"], &[0]));
        assert!(!is(&["Summit tunnel", "", "5"], &[0]));
        let naming = Naming {
            titles: vec![1],
            ours: vec![0],
            ..Naming::default()
        };
        let row = StringRecord::from(vec!["P-0001", "Total"]);
        assert!(!is_total(&row, &naming));
    }
}
