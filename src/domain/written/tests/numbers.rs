//! Numbers and currencies in every form that people write.

use proptest::prelude::*;

use super::super::*;
use super::wide;
use crate::domain::CurrencyCode;

fn number(text: &str) -> Result<String, NumberFault> {
    styled(text, &NumberStyle::default())
}

fn styled(text: &str, style: &NumberStyle) -> Result<String, NumberFault> {
    let written = WrittenNumber::read(text, style)?;
    let codes: Vec<&str> = written
        .currencies
        .iter()
        .map(CurrencyCode::as_str)
        .collect();
    let several = if codes.len() > 3 {
        "several".to_owned()
    } else {
        codes.join("|")
    };
    Ok(format!("{} {several}", written.number)
        .trim_end()
        .to_owned())
}

#[test]
fn a_number_in_any_everyday_form_is_read() {
    for (text, expected) in [
        ("1200000000", "1200000000"),
        ("107.30", "107.30"),
        ("1,200,000,000", "1200000000"),
        ("1,234.50", "1234.50"),
        ("１，２３４", "1234"),
        ("１２．５", "12.5"),
        ("3億", "300000000"),
        ("３ 億", "300000000"),
        ("2.5亿", "250000000"),
        ("39,800万", "398000000"),
        ("1兆2000億", "1200000000000"),
        ("1.2万亿", "1200000000000"),
        ("12万3456", "123456"),
        ("1億2,345万6789", "123456789"),
        ("5千万", "50000000"),
        ("3百", "300"),
        ("$1,740,000", "1740000 several"),
        ("$1,740", "1740 several"),
        ("1,740円", "1740 JPY"),
        ("RMB 1,740", "1740 CNY"),
        ("1億2,345万6,789", "123456789"),
        ("1 200 000", "1200000"),
        ("1\u{a0}200\u{a0}000.5", "1200000.5"),
        ("EUR 1\u{202f}200\u{202f}000", "1200000 EUR"),
        ("US$1,740.5", "1740.5 USD"),
        ("USD 1,740.50", "1740.50 USD"),
        ("1740 usd", "1740 USD"),
        ("¥3億", "300000000 CNY|JPY"),
        ("￥1740", "1740 CNY|JPY"),
        ("3億円", "300000000 JPY"),
        ("日元3億", "300000000 JPY"),
        ("RMB 300", "300 CNY"),
        ("人民幣2.5億元", "250000000 CNY"),
        ("2.5亿元人民币", "250000000 CNY"),
        ("300万美元", "3000000 USD"),
        ("300万米ドル", "3000000 USD"),
        ("€5.5", "5.5 EUR"),
        ("2亿元", "200000000 several"),
    ] {
        assert_eq!(number(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn a_number_that_can_be_another_is_refused_with_its_reason() {
    use NumberFault::*;
    for (text, fault) in [
        ("", Shape),
        ("1,234", OneComma),
        ("EUR 1,740", OneComma),
        ("100 200", Shape),
        ("1 200,000", Grouping(" ".to_owned())),
        ("1 2000 000", Grouping(" ".to_owned())),
        ("1,23,4", Grouping(",".to_owned())),
        ("12,34,567", Grouping(",".to_owned())),
        ("0,123,456", Grouping(",".to_owned())),
        ("1,2345万", Grouping(",".to_owned())),
        ("1.2e9", Exponent),
        ("1.23457E+09", Exponent),
        ("17.5%", Shape),
        ("(1,234,567)", Negative),
        ("-5", Negative),
        ("△3億", Negative),
        ("$-5", Negative),
        ("3億5", Shape),
        ("3万5", Shape),
        ("1億20000万", Shape),
        ("2万3億", Shape),
        ("1.5億2000万", Shape),
        ("億", Shape),
        ("約300", Shape),
        ("300 or more", Shape),
        ("100-200", Shape),
        ("1 200", Shape),
        ("5.", Shape),
        ("USD 5 EUR", Shape),
        ("9999999999999999999兆", TooLarge),
    ] {
        assert_eq!(number(text), Err(fault), "{text}");
    }
}

#[test]
fn a_style_says_what_signs_mean() {
    let style = |thousands: &str, decimal: &str, negative| NumberStyle {
        thousands: Some(thousands.to_owned()),
        decimal: Some(decimal.to_owned()),
        negative,
    };
    let english = style(",", ".", true);
    assert_eq!(styled("1,234", &english).as_deref(), Ok("1234"));
    assert_eq!(styled("(1,234)", &english).as_deref(), Ok("-1234"));
    assert_eq!(styled("（1,234）", &english).as_deref(), Ok("-1234"));
    assert_eq!(styled("▲3億円", &english).as_deref(), Ok("-300000000 JPY"));
    assert_eq!(styled("USD (1,234)", &english).as_deref(), Ok("-1234 USD"));
    assert!(styled("0,123", &english).is_err());
    let german = style(".", ",", false);
    assert_eq!(styled("1.234,5", &german).as_deref(), Ok("1234.5"));
    assert_eq!(styled("1.234", &german).as_deref(), Ok("1234"));
    assert!(styled("1.5", &german).is_err());
    let swiss = style("'", ".", false);
    assert_eq!(styled("1'234'567", &swiss).as_deref(), Ok("1234567"));
}

#[test]
fn a_currency_is_read_by_code_sign_or_name() {
    for (text, code) in [
        ("usd", "USD"),
        ("RMB", "CNY"),
        ("人民币", "CNY"),
        ("人民幣", "CNY"),
        ("円", "JPY"),
        ("日圓", "JPY"),
        ("米ドル", "USD"),
        ("美元", "USD"),
        ("yen", "JPY"),
        ("€", "EUR"),
    ] {
        assert_eq!(
            read_currency(text).map(|code| code.to_string()).as_deref(),
            Ok(code),
            "{text}"
        );
    }
    for text in ["¥", "￥", "$", "元", "圓", "ドル", "dollars", "", "money"] {
        assert!(read_currency(text).is_err(), "{text}");
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

proptest! {
    #[test]
    fn an_integer_reads_back_in_every_form(number in 1_u64..1_000_000_000_000_000) {
        let digits = number.to_string();
        let (great, ten_thousands, ones) = (number / 100_000_000, number / 10_000 % 10_000, number % 10_000);
        let mut by_units = String::new();
        for (part, unit) in [(great / 10_000, "兆"), (great % 10_000, "億"), (ten_thousands, "万")] {
            if part > 0 {
                by_units.push_str(&format!("{part}{unit}"));
            }
        }
        if ones == 0 || by_units.is_empty() {
            if by_units.is_empty() {
                by_units = digits.clone();
            }
        } else if ten_thousands > 0 {
            by_units.push_str(&format!("{ones:04}"));
        } else {
            by_units = digits.clone();
        }
        let mut forms = vec![digits.clone(), wide(&digits), by_units, wide(&grouped(&digits)), format!("{digits}円")];
        if digits.len() > 6 {
            forms.push(grouped(&digits));
        }
        let read = |form: &str| WrittenNumber::read(form, &NumberStyle::default()).map(|written| written.number.to_string());
        for form in forms {
            prop_assert_eq!(read(&form), Ok(digits.clone()), "{}", form);
        }
        prop_assert_eq!(read(&format!("{}万", grouped(&digits))), Ok(format!("{digits}0000")));
    }

    #[test]
    fn what_is_read_has_the_digits_that_were_written(text in "[0-9０-９年月日/.\\-,万億 R令和H平成元:TZ]{1,14}") {
        // A date that is read has the last digits of its text as its day or month; a number, its significant digits.
        if let Ok(date) = read_date(&text) {
            prop_assert!((1900..=2999).contains(&date.year()));
        }
        if let Ok(written) = WrittenNumber::read(&text, &NumberStyle::default()) {
            let digits = |text: &str| half_width(text).chars().filter(char::is_ascii_digit).collect::<String>();
            let (typed, read) = (digits(&text), digits(&written.number.to_string()));
            if !written.has_unit {
                prop_assert_eq!(read.trim_start_matches('0'), typed.trim_start_matches('0'), "{}", text);
            }
        }
    }
}
