//! The parts of a written day that are not its date: the time behind it, its weekday, and numbers in Han characters.

use chrono::{Datelike as _, NaiveDate};

/// The time that stands behind a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    midnight: bool,
    utc: bool,
}

impl Clock {
    /// Whether the day is another one in the time zones of the offices: a time in UTC that is not midnight.
    pub(crate) fn may_be_another_day(self) -> bool {
        self.utc && !self.midnight
    }

    /// Cuts off the time: `2018-10-26T15:00:00`, `7/31/2026 12:00:00 AM`. None where what follows the day is no time.
    pub(crate) fn cut(text: &str) -> Option<(&str, Self)> {
        let Some(colon) = text.find(':') else {
            return Some((
                text,
                Self {
                    midnight: true,
                    utc: false,
                },
            ));
        };
        let front = text.get(..colon)?;
        let day = front.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let clock = Self::read(text.get(day.len()..)?)?;
        let cut = day.strip_suffix('T').or_else(|| {
            let bare = day.trim_end();
            (bare.len() < day.len() || bare.ends_with('日')).then_some(bare)
        })?;
        Some((cut, clock))
    }

    /// Reads `HH:MM`, `HH:MM:SS` or `HH:MM:SS.ffffff`, with AM or PM, `Z` or an offset behind it.
    fn read(text: &str) -> Option<Self> {
        let is_part = |letter: char| letter.is_ascii_digit() || letter == ':' || letter == '.';
        let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
        let (time, zone) = text.split_at(end);
        let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
        let numbers: Option<Vec<u32>> = time
            .split(':')
            .map(|part| (1..=2).contains(&part.len()).then(|| part.parse().ok())?)
            .collect();
        let (hour, minute, second) = match numbers?[..] {
            [hour, minute] => (hour, minute, 0),
            [hour, minute, second] => (hour, minute, second),
            _ => return None,
        };
        let zone = zone.trim().to_ascii_uppercase();
        let (hour, utc) = match zone.as_str() {
            "" => (hour, false),
            "Z" | "UTC" | "+00:00" | "+0000" => (hour, true),
            "AM" | "PM" if !(1..=12).contains(&hour) => return None,
            "AM" => (hour % 12, false),
            "PM" => (hour % 12 + 12, false),
            offset if is_offset(offset) => (hour, false),
            _ => return None,
        };
        let possible = hour < 24 && minute < 60 && second < 60;
        let part = fraction.bytes().all(|byte| byte.is_ascii_digit()) && !fraction.is_empty();
        (possible && part).then(|| Self {
            midnight: (hour, minute, second) == (0, 0, 0)
                && fraction.bytes().all(|digit| digit == b'0'),
            utc,
        })
    }
}

/// Whether `text` is an offset from UTC: `+09:00`, `-0530`.
fn is_offset(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
    let digits = digits.replacen(':', "", 1);
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Cuts off a weekday in Chinese or Japanese: `2018年10月26日(金)`, `2018年10月26日 星期五`. The weekday counts from Monday.
pub(super) fn weekday(text: &str) -> (&str, Option<u32>) {
    const NAMES: [&[&str]; 7] = [
        &["月曜日", "月曜", "(月)", "星期一", "周一"],
        &["火曜日", "火曜", "(火)", "星期二", "周二"],
        &["水曜日", "水曜", "(水)", "星期三", "周三"],
        &["木曜日", "木曜", "(木)", "星期四", "周四"],
        &["金曜日", "金曜", "(金)", "星期五", "周五"],
        &["土曜日", "土曜", "(土)", "星期六", "周六"],
        &["日曜日", "日曜", "(日)", "星期日", "星期天", "周日"],
    ];
    let inner = |text: &str| text.strip_suffix(')').map(str::to_owned);
    for (day, names) in (0..).zip(NAMES) {
        for name in names {
            let wrapped = inner(text).and_then(|rest| rest.strip_suffix(name).map(str::len));
            let rest = match wrapped {
                Some(length) => text.get(..length).and_then(|rest| rest.strip_suffix('(')),
                None => text.strip_suffix(name),
            };
            if let Some(rest) = rest {
                return (rest.trim_end(), Some(day));
            }
        }
    }
    (text, None)
}

/// Whether `day` is this weekday, counted from Monday.
pub(super) fn is_weekday(day: NaiveDate, weekday: u32) -> bool {
    day.weekday().num_days_from_monday() == weekday
}

/// Numbers in Han characters as digits: `二〇一八年十月二十六日` is `2018年10月26日`. None where they are no number.
pub(super) fn han_digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    let mut run = String::new();
    for letter in text.chars() {
        if value(letter).is_some() || letter == '十' {
            run.push(letter);
            continue;
        }
        digits.push_str(&han_number(&run)?);
        run.clear();
        digits.push(letter);
    }
    digits.push_str(&han_number(&run)?);
    Some(digits)
}

fn value(letter: char) -> Option<u32> {
    let place = "〇一二三四五六七八九"
        .chars()
        .position(|digit| digit == letter);
    let place = place.or_else(|| "零○".contains(letter).then_some(0))?;
    u32::try_from(place).ok()
}

/// A run of Han digits: digit by digit, or tens and ones around 十.
fn han_number(run: &str) -> Option<String> {
    let Some((tens, ones)) = run.split_once('十') else {
        return Some(
            run.chars()
                .filter_map(value)
                .map(|digit| digit.to_string())
                .collect(),
        );
    };
    let one = |text: &str, bare: u32| {
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (None, _) => Some(bare),
            (Some(letter), None) => value(letter).filter(|digit| *digit > 0),
            _ => None,
        }
    };
    Some((one(tens, 1)? * 10 + one(ones, 0)?).to_string())
}
