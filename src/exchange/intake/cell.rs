//! What a cell can say: words, dates, flags and countries, and the ways to say that nothing is known.

use std::borrow::Cow;
use std::collections::HashSet;
use std::str::FromStr;
use std::sync::OnceLock;

use super::{CellFinding, Effect, References};
use crate::domain::*;
use crate::language::{NoWord, read_word};
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

/// How many digits of a number a spreadsheet keeps.
const KEPT_DIGITS: usize = 15;

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
    let clean = cleaned(unguarded(cell));
    Ok(Some(clean.into_owned()).filter(|text| !text.trim().is_empty()))
}

/// A word of a closed list, in any of the three languages. A table has no language, so a word with several meanings is refused.
pub(super) fn word<V: Vocabulary>(text: &str) -> Result<V, Said> {
    read_word::<V>(text, None).map_err(|fault| {
        let words: Vec<&str> = V::ALL.iter().map(|word| word.word()).collect();
        let said = match fault {
            NoWord::Several(words) => return several(V::KEY, &words),
            NoWord::Unknown => match nearest(text, words.iter().copied()) {
                Some(near) => Flaw::NoWordNear.with("near", near),
                None => Flaw::NoWord.into(),
            },
        };
        said.with("vocabulary", V::KEY)
            .with("words", words.join(", "))
    })
}

fn several(vocabulary: &str, words: &[&str]) -> Said {
    let said = Flaw::SeveralWords.with("vocabulary", vocabulary);
    said.with("words", words.join(", "))
}

/// `true` or `false`, in the words of spreadsheets and forms.
pub(super) fn flag(text: &str) -> Result<bool, Said> {
    yes_or_no(text).ok_or_else(|| Flaw::NoFlag.into())
}

/// Reads the plain fields of a project from cells.
pub(super) struct Cells;

impl FieldReader for Cells {
    type Error = Said;

    fn text(&self, text: &str) -> Result<String, Said> {
        free_text(text)?.ok_or_else(|| Flaw::NotKnown.into())
    }

    fn flag(&self, text: &str) -> Result<bool, Said> {
        flag(text)
    }

    fn word<V>(&self, text: &str) -> Result<V, Said>
    where
        V: Vocabulary + FromStr<Err = Invalid>,
    {
        word(text.trim())
    }
}

/// A country by its code or its name.
pub(super) fn country(references: &References, text: &str) -> Result<CountryCode, Said> {
    let found = references.country(text).cloned();
    found.ok_or_else(|| match references.no_country(text) {
        NoCountry::Several(countries) => {
            Flaw::SeveralCountries.with("countries", countries.join(", "))
        }
        NoCountry::Unknown(Some(near)) => Flaw::NoCountryNear.with("near", near),
        NoCountry::Unknown(None) => Flaw::NoCountry.into(),
    })
}

/// The same, where a person wrote it: the code of Namibia may stand for "not available".
pub(super) fn typed_country(references: &References, text: &str) -> Result<CountryCode, Said> {
    if is_perhaps_namibia(text) {
        return Err(Flaw::PerhapsNamibia.into());
    }
    country(references, text)
}

/// Whether `text` is the code of Namibia as well as a word for what is not known.
pub(super) fn is_perhaps_namibia(text: &str) -> bool {
    text.len() <= 8 && fold(text.trim()) == "na"
}

/// An identifier of others. A spreadsheet keeps 15 digits of a number: one that has more has lost its last ones.
pub(super) fn identifier(text: &str) -> Result<String, Said> {
    let (kept, lost) = text.split_at_checked(KEPT_DIGITS).unwrap_or((text, ""));
    let has_lost = !lost.is_empty()
        && kept.bytes().all(|byte| byte.is_ascii_digit())
        && lost.bytes().all(|byte| byte == b'0');
    let is_power = text.split_once(['E', 'e']).is_some_and(|(front, power)| {
        let digits = power.strip_prefix('+').unwrap_or_default();
        front.parse::<Decimal>().is_ok() && digits.parse::<u8>().is_ok()
    });
    if has_lost || is_power {
        return Err(Flaw::LongNumber.into());
    }
    Ok(text.to_owned())
}

/// A day, a month or a year as people write it.
pub(super) fn date(text: &str) -> Result<PartialDate, Said> {
    read_date(text).map_err(date_flaw)
}

/// Why a text is no date.
pub(super) fn date_flaw(fault: DateFault) -> Said {
    match fault {
        DateFault::Shape | DateFault::Year => Flaw::NoDate.into(),
        DateFault::NoSuchDay => Flaw::NoSuchDay.into(),
        DateFault::DayOrMonth => Flaw::DayOrMonth.into(),
        DateFault::MonthOrYears => Flaw::MonthOrYears.into(),
        DateFault::ShortYear => Flaw::ShortYear.into(),
        DateFault::Minguo => Flaw::Minguo.into(),
        DateFault::BeforeEra { era, day } => Flaw::BeforeEra.with("era", era).with("date", day),
        DateFault::AfterEra { era, day } => Flaw::AfterEra.with("era", era).with("date", day),
        DateFault::FiscalYear => Flaw::FiscalYear.into(),
        DateFault::Weekday => Flaw::OtherWeekday.into(),
        DateFault::OtherDay => Flaw::TimeInUtc.into(),
    }
}

/// Why a text is no number.
pub(super) fn number_flaw(fault: NumberFault) -> Said {
    match fault {
        NumberFault::Shape => Flaw::NoNumber.into(),
        NumberFault::Grouping(sign) => Flaw::Thousands.with("sign", sign),
        NumberFault::OneComma => Flaw::OneComma.into(),
        NumberFault::OtherPoint => Flaw::PointInNumber.into(),
        NumberFault::Exponent => Flaw::Exponent.into(),
        NumberFault::Negative => Flaw::NegativeAmount.into(),
        NumberFault::TooLarge => Flaw::TooLarge.into(),
    }
}

/// A currency by its code, its sign or its name.
pub(super) fn currency(text: &str) -> Result<CurrencyCode, Said> {
    let codes = currency_named(text).ok_or(Flaw::NoCurrency)?;
    one_currency(&codes)?.ok_or_else(|| Flaw::NoCurrency.into())
}

/// The only one of these currencies. None: there is none.
pub(super) fn one_currency(codes: &[CurrencyCode]) -> Result<Option<CurrencyCode>, Said> {
    match codes {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        several => {
            let shown: Vec<&str> = several.iter().take(4).map(CurrencyCode::as_str).collect();
            Err(Flaw::SeveralCurrencies.with("currencies", shown.join(", ")))
        }
    }
}

/// A number in a forum's official list.
pub(super) fn list_number(text: &str) -> Result<i64, Said> {
    let number = half_width(text)
        .parse::<i64>()
        .ok()
        .filter(|number| *number > 0);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_that_lost_digits_is_no_identifier() {
        for text in [
            "1234567890123450000",
            "1.23457E+18",
            "1E+15",
            "1000000000000000",
        ] {
            assert!(identifier(text).is_err(), "{text}");
        }
        for text in [
            "0007",
            "1234567890123456789",
            "123456789012345",
            "3E12",
            "AB-1E+5x",
            "P-1000000000000000000",
        ] {
            assert_eq!(identifier(text).as_deref(), Ok(text));
        }
    }
}
