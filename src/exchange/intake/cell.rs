//! What a cell can say: words, dates, flags and countries, and the ways to say that nothing is known.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use super::{CellFinding, Effect, References};
use crate::domain::{CountryCode, Decimal, PartialDate, Vocabulary, fold, nearest, unguarded};
use crate::report::{Flaw, Said};

/// Words that stand in place of something that is not known.
const NOT_KNOWN: [&str; 33] = [
    "n/a",
    "na",
    "n.a.",
    "tbd",
    "tba",
    "tbc",
    "unknown",
    "not known",
    "not available",
    "not applicable",
    "none",
    "null",
    "nil",
    "-",
    "--",
    "---",
    "?",
    "—",
    "–",
    "不明",
    "未定",
    "未知",
    "待定",
    "暂无",
    "无",
    "不详",
    "待确认",
    "無",
    "無し",
    "なし",
    "該当なし",
    "未詳",
    "不詳",
];

/// What Excel shows in place of a value that it could not work out.
const SPREADSHEET_ERRORS: [&str; 8] = [
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!",
];

/// The longest piece of a cell that a finding quotes, in letters.
const QUOTED: usize = 60;

/// Whether `text` says that something is not known.
pub(super) fn is_not_known(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 16 && {
        static FOLDED: OnceLock<HashSet<String>> = OnceLock::new();
        let words = FOLDED.get_or_init(|| {
            let folded = NOT_KNOWN.iter().map(|word| fold(word));
            folded.chain(NOT_KNOWN.map(str::to_owned)).collect()
        });
        words.contains(&fold(text))
    }
}

/// Whether `text` is an error of a spreadsheet.
pub(super) fn is_spreadsheet_error(text: &str) -> bool {
    text.starts_with('#') && SPREADSHEET_ERRORS.contains(&text.trim())
}

/// A finding on a cell.
pub(super) fn finding(
    row: u64,
    column: &str,
    value: &str,
    said: impl Into<Said>,
    effect: Effect,
) -> CellFinding {
    let mut letters = value.chars();
    let mut quoted: String = letters.by_ref().take(QUOTED).collect();
    if letters.next().is_some() {
        quoted.push('…');
    }
    CellFinding {
        row,
        column: (!column.is_empty()).then(|| column.to_owned()),
        value: quoted,
        said: said.into(),
        effect,
    }
}

/// A free text as it was written into a cell. None: nothing is stated.
pub(super) fn free_text(cell: &str) -> Result<Option<String>, Said> {
    if cell.is_empty() || cell.trim().is_empty() {
        return Ok(None);
    }
    if is_spreadsheet_error(cell) {
        return Err(Flaw::SpreadsheetError.into());
    }
    if is_not_known(cell) {
        return Err(Flaw::NotKnown.into());
    }
    Ok(Some(unguarded(cell).to_owned()))
}

/// A word of a closed list. Case, and blanks for underscores, do not matter.
pub(super) fn word<V>(text: &str) -> Result<V, Said>
where
    V: Vocabulary + std::str::FromStr<Err = crate::domain::Invalid>,
{
    if let Ok(word) = text.parse::<V>() {
        return Ok(word);
    }
    let plain: String = text
        .trim()
        .chars()
        .map(|letter| match letter {
            ' ' | '-' => '_',
            letter => letter.to_ascii_lowercase(),
        })
        .collect();
    plain.parse::<V>().map_err(|_| {
        let words: Vec<&str> = V::ALL.iter().map(|word| word.word()).collect();
        let said = match nearest(text, words.iter().copied()) {
            Some(near) => Flaw::NoWordNear.with("near", near),
            None => Flaw::NoWord.into(),
        };
        said.with("words", words.join(", "))
    })
}

/// `true` or `false`, in the words of spreadsheets.
pub(super) fn flag(text: &str) -> Result<bool, Said> {
    match fold(text.trim()).as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(Flaw::NoFlag.into()),
    }
}

/// A country by its code or its name.
pub(super) fn country(references: &References, text: &str) -> Result<CountryCode, Said> {
    let found = references.country(text).cloned();
    found.ok_or_else(|| Flaw::NoCountry.into())
}

/// A day, a month or a year in ISO 8601.
pub(super) fn date(text: &str) -> Result<PartialDate, Said> {
    text.parse().map_err(|_| Flaw::NoDate.into())
}

/// A number in a forum's official list.
pub(super) fn list_number(text: &str) -> Result<i64, Said> {
    let number = text.parse::<i64>().ok().filter(|number| *number > 0);
    number.ok_or_else(|| Flaw::NoListNumber.into())
}

/// A share in per cent, with or without its sign.
pub(super) fn share(text: &str) -> Result<Decimal, Said> {
    crate::domain::stated_share(text.trim()).map_err(|_| Flaw::NoShare.into())
}

/// The pieces between `;`, where `\;` and `\\` stand for the signs themselves. Blanks around pieces are no part of them.
pub(super) fn pieces(cell: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let cell = unguarded(cell);
    let mut pieces = Vec::new();
    if !cell.contains('\\') {
        pieces.extend(
            cell.split([';', '；'])
                .map(|piece| Cow::Borrowed(piece.trim())),
        );
    } else {
        let mut piece = String::new();
        let mut letters = cell.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => piece.extend(letters.next()),
                ';' | '；' => {
                    pieces.push(Cow::Owned(std::mem::take(&mut piece).trim().to_owned()));
                }
                letter => piece.push(letter),
            }
        }
        pieces.push(Cow::Owned(piece.trim().to_owned()));
    }
    pieces.into_iter().filter(|piece| !piece.is_empty())
}
