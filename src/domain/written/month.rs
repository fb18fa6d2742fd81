//! Dates whose month is an English word.

use crate::domain::{DateFault, PartialDate, dated};

/// The number of a month by its English name, whole or cut to three letters.
pub(crate) fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let is = |name: &&str| *name == word || (word.len() == 3 && name.starts_with(&word));
    let place = MONTHS
        .iter()
        .position(is)
        .or((word == "sept").then_some(8))?;
    u32::try_from(place + 1).ok()
}

/// A date whose month is an English word: `26 October 2018`, `Oct 26, 2018`, `26-Oct-2018`, `December 2015`. None where no word of
/// it is a month.
pub(super) fn month_in_words(text: &str) -> Option<Result<PartialDate, DateFault>> {
    let spaced = text.replace(',', " ").replace(". ", " ");
    let sign = if spaced.trim().contains(' ') {
        ' '
    } else {
        spaced.chars().find(|sign| "-/.".contains(*sign))?
    };
    let words: Vec<&str> = spaced
        .split(sign)
        .filter(|word| sign != ' ' || !word.is_empty())
        .collect();
    let words: Vec<&str> = words
        .into_iter()
        .filter(|word| !word.eq_ignore_ascii_case("of"))
        .collect();
    words.iter().find_map(|word| month_named(word))?;
    let year = |word: &str| (word.len() == 4).then(|| word.parse::<u32>().ok())?;
    let day = |word: &str| {
        let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let suffix = word.get(digits.len()..)?.to_ascii_lowercase();
        let is_day = (1..=2).contains(&digits.len())
            && ["", "st", "nd", "rd", "th"].contains(&suffix.as_str());
        is_day.then(|| digits.parse::<u32>().ok())?
    };
    let (first, second, third) = (
        words.first()?,
        words.get(1).copied().unwrap_or_default(),
        words.get(2).copied(),
    );
    let read = match (month_named(first), month_named(second), third) {
        (Some(month), _, None) => year(second).map(|year| (year, month, None)),
        (None, Some(month), None) => year(first).map(|year| (year, month, None)),
        (Some(month), _, Some(third)) => year(third)
            .zip(day(second))
            .map(|(year, day)| (year, month, Some(day))),
        (None, Some(month), Some(third)) => (year(third).zip(day(first)))
            .or_else(|| year(first).zip(day(third)))
            .map(|(year, day)| (year, month, Some(day))),
        (None, None, _) => None,
    };
    let is_short = |word: &&str| word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    Some(match read {
        Some((year, month, day)) if words.len() <= 3 => dated(year, Some(month), day),
        _ if words.len() <= 3 && words.last().is_some_and(is_short) => Err(DateFault::ShortYear),
        _ => Err(DateFault::Shape),
    })
}
