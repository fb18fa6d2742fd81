//! Numbers as people write them: grouped by commas, in full-width digits, with 万 and 億, with a currency beside them.

use super::currency::currency_named;
use super::half_width;
use crate::domain::{CurrencyCode, Decimal, Invalid};
use crate::message::{Explain, Message};

/// Why a text is not read as a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NumberFault {
    Shape,
    Grouping(String),
    OneComma,
    OtherPoint,
    Exponent,
    Negative,
    TooLarge,
}

impl Explain for NumberFault {
    fn message(&self) -> Message {
        match self {
            Self::Shape => message!("why-number"),
            Self::Grouping(sign) => message!("why-grouping", sign),
            Self::OneComma => message!("why-one-comma"),
            Self::OtherPoint => message!("flaw-point_in_number"),
            Self::Exponent => message!("flaw-exponent"),
            Self::Negative => message!("why-negative"),
            Self::TooLarge => message!("flaw-too_large"),
        }
    }
}

/// How the numbers of a column are written, where it is stated.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberStyle {
    pub(crate) thousands: Option<String>,
    pub(crate) decimal: Option<String>,
    /// Whether negative numbers are taken: `-5`, `(5)`, `△5`.
    pub(crate) negative: bool,
}

/// A number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenNumber {
    pub(crate) number: Decimal,
    /// The currencies that the sign or the word beside it can mean; empty where there is none.
    pub(crate) currencies: Vec<CurrencyCode>,
    /// Whether 万, 億 or another unit stands in it.
    pub(crate) has_unit: bool,
}

/// Reads a number that a person typed. Whether it may be negative is for others to say.
///
/// # Errors
/// With the reason, when it is no number or can be several.
pub(crate) fn read_number(text: &str) -> Result<Decimal, Invalid> {
    let style = NumberStyle {
        negative: true,
        ..NumberStyle::default()
    };
    let written = WrittenNumber::read(text, &style).and_then(|written| {
        let bare = written.currencies.is_empty();
        bare.then_some(written.number).ok_or(NumberFault::Shape)
    });
    written.map_err(|fault| Invalid::new("what-number", text, fault.message()))
}

/// Reads an amount of money that a person typed, like `USD 12.5m` or `3億円`.
///
/// # Errors
/// With the reason, when the number or the currency is none or can be several.
pub(crate) fn read_money(text: &str) -> Result<(Decimal, CurrencyCode), Invalid> {
    let refuse = |why: Message| Invalid::new("what-money", text, why);
    let (bare, power) = without_multiple(text);
    let written = WrittenNumber::read(&bare, &NumberStyle::default())
        .map_err(|fault| refuse(fault.message()))?;
    let currency = match written.currencies.as_slice() {
        [one] => one.clone(),
        [] => return Err(refuse(message!("why-name-currency"))),
        several => {
            let codes: Vec<String> = several.iter().take(4).map(ToString::to_string).collect();
            return Err(refuse(message!("why-several-codes", codes)));
        }
    };
    let times = rust_decimal::Decimal::from(10_i64.pow(power));
    let number = written.number.0.checked_mul(times);
    let number = number.ok_or_else(|| refuse(NumberFault::TooLarge.message()))?;
    Ok((Decimal(number.normalize()), currency))
}

/// What an English word after a number multiplies it by, as a power of ten.
const MULTIPLES: [(&str, u32); 9] = [
    ("k", 3),
    ("thousand", 3),
    ("m", 6),
    ("mn", 6),
    ("mln", 6),
    ("million", 6),
    ("bn", 9),
    ("billion", 9),
    ("trillion", 12),
];

/// A number without the English word that multiplies it, and the power of ten of that word.
fn without_multiple(text: &str) -> (String, u32) {
    let plain = half_width(text);
    let Some(last) = plain.rfind(|letter: char| letter.is_ascii_digit()) else {
        return (plain, 0);
    };
    let (number, rest) = plain.split_at(last + 1);
    let word = rest.trim_start();
    let end = word.find(|letter: char| !letter.is_ascii_alphabetic());
    let (word, after) = word.split_at(end.unwrap_or(word.len()));
    let folded = word.to_lowercase();
    match MULTIPLES.iter().find(|(name, _)| *name == folded) {
        Some((_, power)) => (format!("{number}{after}"), *power),
        None => (plain, 0),
    }
}

/// What each unit multiplies by, as a power of ten.
const UNITS: [(char, u32); 7] = [
    ('百', 2),
    ('千', 3),
    ('万', 4),
    ('萬', 4),
    ('億', 8),
    ('亿', 8),
    ('兆', 12),
];

fn power(unit: char) -> Option<u32> {
    UNITS
        .iter()
        .find(|(name, _)| *name == unit)
        .map(|(_, power)| *power)
}

impl WrittenNumber {
    /// Reads a number and the currency written beside it.
    ///
    /// # Errors
    /// With the reason, when it is no number or can be several.
    pub(crate) fn read(text: &str, style: &NumberStyle) -> Result<Self, NumberFault> {
        let has_point = style.decimal.as_deref().is_none_or(|sign| sign == ".");
        if let (true, Ok(number)) = (
            has_point && style.thousands.as_deref() != Some("."),
            text.parse::<Decimal>(),
        ) && !number.0.is_sign_negative()
        {
            return Ok(Self {
                number,
                currencies: Vec::new(),
                has_unit: false,
            });
        }
        let is_wide = text.contains(|letter| matches!(letter, '０'..='９' | '，'));
        let plain = half_width(text);
        let (is_negative, text) = negative(plain.trim());
        let (front, core, back) = around(text).ok_or(NumberFault::Shape)?;
        let (is_negative_within, front, back) = negative_within(front, back);
        let currencies = mentioned(front, back)?;
        let has_unit = core.contains(|letter| power(letter).is_some());
        let is_comma_grouping = is_wide || has_unit || currencies.iter().any(groups_by_comma);
        let number = sections(core, style, is_comma_grouping)?;
        let number = match is_negative || is_negative_within {
            true if !style.negative => return Err(NumberFault::Negative),
            true => Decimal(-number.0),
            false => number,
        };
        Ok(Self {
            number,
            currencies,
            has_unit,
        })
    }
}

/// Whether a number is marked as negative, and what is left without the mark.
fn negative(text: &str) -> (bool, &str) {
    let signed = text.strip_prefix(['-', '△', '▲']);
    let enclosed = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    match signed.or(enclosed) {
        Some(rest) => (true, rest.trim()),
        None => (false, text),
    }
}

/// The same where the mark stands behind a currency: `$-5`, `USD (5)`.
fn negative_within<'t>(front: &'t str, back: &'t str) -> (bool, &'t str, &'t str) {
    let enclosed = front.strip_suffix('(').zip(back.strip_prefix(')'));
    let signed = front
        .strip_suffix(['-', '△', '▲'])
        .map(|front| (front, back));
    match enclosed.or(signed) {
        Some((front, back)) => (true, front.trim_end(), back.trim_start()),
        None => (false, front, back),
    }
}

/// What stands before the number, the number with its units, and what stands behind it.
fn around(text: &str) -> Option<(&str, &str, &str)> {
    let is_number = |letter: char| letter.is_ascii_digit() || power(letter).is_some();
    let first = text.find(|letter: char| letter.is_ascii_digit())?;
    let begins = text.get(..first)?.strip_suffix('.').map_or(first, str::len);
    let last = text.rfind(is_number)?;
    let ends = last + text.get(last..)?.chars().next()?.len_utf8();
    Some((
        text.get(..begins)?.trim_end(),
        text.get(begins..ends)?,
        text.get(ends..)?.trim_start(),
    ))
}

/// Whether a comma in an amount of this currency stands before thousands where it is used: not so in Brazil or Germany.
fn groups_by_comma(currency: &CurrencyCode) -> bool {
    const BY_COMMA: [&str; 16] = [
        "AUD", "CAD", "CNY", "GBP", "HKD", "INR", "JPY", "KRW", "MYR", "NZD", "PHP", "SGD", "THB",
        "TWD", "USD", "XDR",
    ];
    BY_COMMA.contains(&currency.as_str())
}

/// The currencies that what stands before and behind a number can mean.
fn mentioned(front: &str, back: &str) -> Result<Vec<CurrencyCode>, NumberFault> {
    let named = |text: &str| match text {
        "" => Ok(None),
        text => currency_named(text).map(Some).ok_or(NumberFault::Shape),
    };
    match (named(front)?, named(back)?) {
        (None, None) => Ok(Vec::new()),
        (Some(one), None) | (None, Some(one)) => Ok(one),
        (Some(front), Some(back)) => {
            let both: Vec<_> = front
                .into_iter()
                .filter(|code| back.contains(code))
                .collect();
            (!both.is_empty()).then_some(both).ok_or(NumberFault::Shape)
        }
    }
}

/// A number of sections, each with its unit: `1兆2000億`, `39,800万`, `12万3456`.
fn sections(
    text: &str,
    style: &NumberStyle,
    is_comma_grouping: bool,
) -> Result<Decimal, NumberFault> {
    let mut rest = text;
    let mut sum: Option<rust_decimal::Decimal> = None;
    let mut above = None;
    while !rest.is_empty() {
        let end = rest
            .find(|letter| power(letter).is_some())
            .unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(end);
        let after = tail
            .find(|letter| power(letter).is_none())
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(after);
        let number = numeral(digits.trim(), style, is_comma_grouping)?;
        if unit.is_empty() && above.is_none() {
            return Ok(number);
        }
        let count = digits.bytes().filter(u8::is_ascii_digit).count();
        let is_tail = above == Some(4) && count == 4;
        let power = match unit {
            // 3万5 is said for 35,000: only four digits say what they are.
            "" if !is_tail => return Err(NumberFault::Shape),
            unit => composed(unit).ok_or(NumberFault::Shape)?,
        };
        let scale = rust_decimal::Decimal::from(10_i64.pow(power));
        let section = number.0.checked_mul(scale).ok_or(NumberFault::TooLarge)?;
        let is_several = sum.is_some() || !tail.is_empty();
        let fits = above.is_none_or(|above: u32| {
            power < above && section < rust_decimal::Decimal::from(10_i64.pow(above))
        });
        if !fits || (is_several && !number.0.fract().is_zero()) {
            return Err(NumberFault::Shape);
        }
        let added = sum.unwrap_or_default().checked_add(section);
        sum = Some(added.ok_or(NumberFault::TooLarge)?);
        above = Some(power);
        rest = tail.trim_start();
    }
    sum.map(|sum| Decimal(sum.normalize()))
        .ok_or(NumberFault::Shape)
}

/// The power of ten of units that stand together: 千万, 百億, 万亿.
fn composed(units: &str) -> Option<u32> {
    let powers: Vec<u32> = units.chars().filter_map(power).collect();
    match powers[..] {
        [] => Some(0),
        [one] => Some(one),
        [small @ 2..=3, large @ (4 | 8 | 12)] => Some(small + large),
        // A million of millions as the mainland says it.
        [4, 8] => Some(12),
        [small @ 2..=3, 4, 8] => Some(small + 12),
        _ => None,
    }
}

/// A numeral in digits, its thousands perhaps grouped.
fn numeral(
    text: &str,
    style: &NumberStyle,
    is_comma_grouping: bool,
) -> Result<Decimal, NumberFault> {
    let decimal = style
        .decimal
        .as_deref()
        .map_or_else(|| ".".to_owned(), half_width);
    let stated = style
        .thousands
        .as_deref()
        .filter(|sign| !sign.is_empty())
        .map(half_width);
    let usual = || if text.contains(' ') { " " } else { "," };
    let sign = stated
        .clone()
        .or_else(|| (decimal != usual()).then(|| usual().to_owned()));
    let (whole, part) = match text.split_once(&decimal) {
        Some((whole, part)) => (whole, Some(part)),
        None => (text, None),
    };
    let mut digits = whole.to_owned();
    if let Some(sign) = sign.filter(|sign| whole.contains(sign.as_str())) {
        let groups: Vec<&str> = whole.split(sign.as_str()).collect();
        if !are_groups(&groups) {
            return Err(NumberFault::Grouping(sign));
        }
        let is_doubtful = groups.len() == 2 && stated.is_none();
        match sign.as_str() {
            " " if is_doubtful => return Err(NumberFault::Shape), // perhaps two numbers
            "," if is_doubtful && part.is_none() && !is_comma_grouping => {
                return Err(NumberFault::OneComma);
            }
            _ => {}
        }
        digits = groups.concat();
    }
    if decimal != "." && digits.contains('.') {
        return Err(NumberFault::OtherPoint);
    }
    if is_exponent(text) {
        return Err(NumberFault::Exponent);
    }
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(&digits) || part.is_some_and(|part| part.is_empty() || !plain(part)) {
        return Err(NumberFault::Shape);
    }
    let text = part.map_or_else(|| digits.clone(), |part| format!("{digits}.{part}"));
    text.parse().map_err(|_| NumberFault::Shape)
}

/// Whether the first group has one to three digits, the first of them no zero, and each other group three.
fn are_groups(groups: &[&str]) -> bool {
    let digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let Some((first, others)) = groups.split_first() else {
        return false;
    };
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && others.iter().all(|group| group.len() == 3)
        && groups.iter().all(digits)
}

fn is_exponent(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.split_once('e').is_some_and(|(mantissa, exponent)| {
        let digits = exponent.trim_start_matches(['+', '-']);
        let all = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        all(mantissa) && all(digits)
    })
}
