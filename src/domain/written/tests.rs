//! Every form that people write, what is refused, and that nothing else is accepted.

mod numbers;

use chrono::{Datelike as _, Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::domain::{DateFault, PartialDate};

fn date(text: &str) -> Result<String, DateFault> {
    read_date(text).map(|date| date.to_string())
}

#[test]
fn a_date_in_any_everyday_form_is_read() {
    for (text, expected) in [
        ("2018-10-26", "2018-10-26"),
        (" 2018-10 ", "2018-10"),
        ("2018年10月26日", "2018-10-26"),
        ("2018 年 3 月 5 日", "2018-03-05"),
        ("２０１８年１０月２６号", "2018-10-26"),
        ("2018年10月", "2018-10"),
        ("2018年", "2018"),
        ("二〇一八年十月二十六日", "2018-10-26"),
        ("二零二〇年一月十日", "2020-01-10"),
        ("2018/10/26", "2018-10-26"),
        ("２０１８／３／５", "2018-03-05"),
        ("2018/3", "2018-03"),
        ("2018.10.26", "2018-10-26"),
        ("2018.3.5", "2018-03-05"),
        ("2018.10", "2018-10"),
        ("2018-3-5", "2018-03-05"),
        ("20181026", "2018-10-26"),
        ("令和6年3月1日", "2024-03-01"),
        ("令和元年5月", "2019-05"),
        ("令和6年", "2024"),
        ("令和6.3.1", "2024-03-01"),
        ("㋿6年3月1日", "2024-03-01"),
        ("令和三十二年一月一日", "2050-01-01"),
        ("平成30年10月", "2018-10"),
        ("平成３１年４月３０日", "2019-04-30"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和64年1月7日", "1989-01-07"),
        ("昭和 47 年 9 月", "1972-09"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("明治45年7月30日", "1912-07-30"),
        ("R6.3.1", "2024-03-01"),
        ("r6/3/1", "2024-03-01"),
        ("R元.5.1", "2019-05-01"),
        ("H30.10.26", "2018-10-26"),
        ("H30-10-26", "2018-10-26"),
        ("Ｈ３０．１０", "2018-10"),
        ("S47年9月29日", "1972-09-29"),
        ("2019-03-14T00:00:00Z", "2019-03-14"),
        ("2019-03-14T00:00:00.000+00:00", "2019-03-14"),
        ("2024-03-01 00:00:00", "2024-03-01"),
        ("2024-03-01 15:30", "2024-03-01"),
        ("2024/3/1 3:30 PM", "2024-03-01"),
        ("2024-03-01T23:00:00+09:00", "2024-03-01"),
        ("2018年10月26日15:00", "2018-10-26"),
        ("2018年10月26日(金)", "2018-10-26"),
        ("2018/10/26（金曜日）", "2018-10-26"),
        ("2018年10月28日 星期日", "2018-10-28"),
        ("December 2015", "2015-12"),
        ("Dec. 2015", "2015-12"),
        ("Sept 2015", "2015-09"),
        ("26 October 2018", "2018-10-26"),
        ("October 26, 2018", "2018-10-26"),
        ("OCT 26,2018", "2018-10-26"),
        ("26-Oct-2018", "2018-10-26"),
        ("1st of March 2018", "2018-03-01"),
        ("2018-Oct-26", "2018-10-26"),
        ("Oct-2018", "2018-10"),
    ] {
        assert_eq!(date(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn a_date_that_can_be_another_is_refused_with_its_reason() {
    use DateFault::*;
    let day = |text: &str| text.parse::<NaiveDate>().expect(text);
    let after = |era, last| AfterEra {
        era,
        day: day(last),
    };
    let before = |era, first| BeforeEra {
        era,
        day: day(first),
    };
    for (text, fault) in [
        ("", Shape),
        ("26/10/2018", DayOrMonth),
        ("10/26/2018", DayOrMonth),
        ("9.1.2014", DayOrMonth),
        ("27-Nov-12", ShortYear),
        ("Dec-15", ShortYear),
        ("26/10/18", ShortYear),
        ("18年10月", Shape),
        ("2011/12", MonthOrYears),
        ("2018.1", Shape),
        ("2008-9", Shape),
        ("201810", Shape),
        ("43399", Shape),
        ("2018年2月30日", NoSuchDay),
        ("20181326", NoSuchDay),
        ("1850年1月", Year),
        ("2018年度", FiscalYear),
        ("平成30年度", FiscalYear),
        ("FY2018", FiscalYear),
        ("2018年10月26", Shape),
        ("2018年10月下旬", Shape),
        ("2018年春", Shape),
        ("2018-10/26", Shape),
        ("2018年十五十月", Shape),
        ("民国113年3月1日", Minguo),
        ("民國一一三年", Minguo),
        ("平成40年", after("平成", "2019-04-30")),
        ("平成31年5月1日", after("平成", "2019-04-30")),
        ("H31.5", after("平成", "2019-04-30")),
        ("昭和64年1月8日", after("昭和", "1989-01-07")),
        ("令和元年4月30日", before("令和", "2019-05-01")),
        ("R1.4", before("令和", "2019-05-01")),
        ("令和0年5月1日", Shape),
        ("R6", Shape),
        ("S40-12", Shape),
        ("2018年10月26日(土)", Weekday),
        ("2018年10月(金)", Shape),
        ("2019-03-13T16:00:00Z", OtherDay),
        ("2019-03-14 24:00", Shape),
        ("2019-03-14 13:00 PM", Shape),
        ("15:00", Shape),
        ("October", Shape),
        ("26 Octo 2018", Shape),
        ("26 October 2018 or later", Shape),
        ("today", Shape),
    ] {
        assert_eq!(read_date(text), Err(fault), "{text}");
    }
}

#[test]
fn today_is_the_day_of_the_clock() {
    let today: NaiveDate = "2026-11-23".parse().expect("a day");
    let read = |text: &str| {
        text.parse::<When>()
            .map(|when| when.date(today).to_string())
    };
    assert_eq!(read("today").as_deref(), Ok("2026-11-23"));
    assert_eq!(read("今天").as_deref(), Ok("2026-11-23"));
    assert_eq!(read("令和6年3月").as_deref(), Ok("2024-03"));
    assert!(read("tomorrow").is_err());
}

#[test]
fn yes_and_no_are_read_in_three_languages() {
    for text in ["true", "YES", "y", "1", "是", "はい", "○", "Ｙ"] {
        assert_eq!(yes_or_no(text), Some(true), "{text}");
    }
    for text in ["False", "no", "n", "0", "否", "いいえ", "×"] {
        assert_eq!(yes_or_no(text), Some(false), "{text}");
    }
    for text in ["", "2", "maybe", "はい、いいえ", "不是"] {
        assert_eq!(yes_or_no(text), None, "{text}");
    }
}

fn wide(text: &str) -> String {
    let shift = |letter: char| char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter);
    text.chars()
        .map(|letter| {
            if letter.is_ascii_graphic() {
                shift(letter)
            } else {
                letter
            }
        })
        .collect()
}

proptest! {
    #[test]
    fn a_day_reads_back_in_every_form(days in 0_u64..40_000) {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day");
        let day = first + Days::new(days);
        let (year, month, number) = (day.year(), day.month(), day.day());
        let mut forms = vec![
            day.to_string(),
            format!("{year}年{month}月{number}日"),
            format!("{year}/{month}/{number}"),
            format!("{year}.{month:02}.{number:02}"),
            format!("{year}{month:02}{number:02}"),
            wide(&format!("{year}/{month}/{number}")),
            day.format("%-d %B %Y").to_string(),
            day.format("%b %-d, %Y").to_string(),
            day.format("%d-%b-%Y").to_string(),
            format!("{day}T00:00:00Z"),
            format!("{day} 08:30"),
        ];
        if year >= 2020 {
            forms.push(format!("令和{}年{month}月{number}日", year - 2018));
            forms.push(format!("R{}.{month}.{number}", year - 2018));
        }
        if (1990..2019).contains(&year) {
            forms.push(format!("平成{}年{month}月{number}日", year - 1988));
            forms.push(format!("H{}/{month}/{number}", year - 1988));
        }
        if (1927..1989).contains(&year) {
            forms.push(format!("昭和{}年{month}月{number}日", year - 1925));
        }
        for form in forms {
            prop_assert_eq!(read_date(&form), Ok(PartialDate::Day(day)), "{}", form);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,16}") {
        let _ = (read_date(&text), read_number(&text), read_currency(&text), yes_or_no(&text));
        prop_assert!(read_number(&text).is_err() || text.chars().any(char::is_numeric));
    }
}
