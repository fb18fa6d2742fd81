//! Amounts of money as people read them.

use super::Labels;
use crate::domain::{Decimal, Language};

/// Currencies with a short name in Chinese and Japanese; any other is called by its code.
const NAMED: [&str; 4] = ["USD", "JPY", "CNY", "EUR"];

/// `USD 1,700,000,000`: the currency first, digits in groups, decimals only where there are any.
pub(super) fn money(currency: &str, minor_units: i64, places: u32) -> String {
    let unit = 10_i64.checked_pow(places).unwrap_or(1);
    let (whole, part) = (minor_units / unit, (minor_units % unit).abs());
    let grouped = grouped(&whole.to_string());
    let part = if part == 0 {
        String::new()
    } else {
        format!(".{part:0places$}", places = places as usize)
    };
    format!("{currency}\u{a0}{grouped}{part}")
}

/// `1,785,713.84`: an exact number of currency units, its decimals only where there are any.
pub(super) fn units(amount: Decimal) -> String {
    let text = amount.0.normalize().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let point = if part.is_empty() { "" } else { "." };
    format!("{}{point}{part}", grouped(whole))
}

/// `USD 1,785,713.84`.
pub(super) fn exact(currency: &str, amount: Decimal) -> String {
    format!("{currency}\u{a0}{}", units(amount))
}

/// Returns money as it is said in a sentence, in the language's own units: `USD 115.6 bn`, `1,156亿美元`, `1,156億ドル`. One decimal below
/// a thousand units; what is too small for a unit is exact.
pub(super) fn said(currency: &str, amount: Decimal, labels: &Labels) -> String {
    let powers = match labels.language {
        Language::English => [12, 9, 6],
        Language::Chinese | Language::Japanese => [12, 8, 4],
    };
    let units = powers.map(|power| rust_decimal::Decimal::from(10_i64.pow(power)));
    let scales = units
        .iter()
        .zip(["money-largest", "money-large", "money-small"]);
    let scale = scales
        .into_iter()
        .find(|(unit, _)| amount.0.abs() >= **unit);
    let Some((figure, key)) =
        scale.and_then(|(unit, key)| Some((amount.0.checked_div(*unit)?, key)))
    else {
        return exact(currency, amount);
    };
    let is_long = figure.abs() >= rust_decimal::Decimal::from(1_000);
    let away = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let figure = figure.round_dp_with_strategy(u32::from(!is_long), away);
    let name = match NAMED.contains(&currency) {
        true => labels.text(&format!("unit-{currency}")),
        false if labels.language == Language::English => currency.to_owned(),
        false => format!("\u{a0}{currency}"),
    };
    let values = [
        ("figure", self::units(Decimal(figure)).into()),
        ("currency", name.into()),
    ];
    labels.with(key, &values)
}

/// Digits in groups of three.
pub(super) fn grouped(digits: &str) -> String {
    let groups = digits.as_bytes().rchunks(3).rev();
    groups
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        assert_eq!(money("USD", 170_000_000_000, 2), "USD\u{a0}1,700,000,000");
        assert_eq!(
            money("USD", 170_000_000_005, 2),
            "USD\u{a0}1,700,000,000.05"
        );
        assert_eq!(money("JPY", 999, 0), "JPY\u{a0}999");
    }

    #[test]
    fn money_is_said_in_the_units_of_the_language() {
        let labels = [Language::English, Language::Chinese, Language::Japanese]
            .map(|language| Labels::new(language, Default::default()));
        for (currency, amount, in_words) in [
            (
                "USD",
                "115600000000",
                ["USD\u{a0}115.6\u{a0}bn", "1,156亿美元", "1,156億ドル"],
            ),
            (
                "USD",
                "149117700000",
                ["USD\u{a0}149.1\u{a0}bn", "1,491亿美元", "1,491億ドル"],
            ),
            (
                "USD",
                "12500000",
                ["USD\u{a0}12.5\u{a0}m", "1,250万美元", "1,250万ドル"],
            ),
            (
                "USD",
                "999999",
                ["USD\u{a0}999,999", "100万美元", "100万ドル"],
            ),
            (
                "CNY",
                "2000000000000",
                ["CNY\u{a0}2\u{a0}tn", "2万亿元人民币", "2兆人民元"],
            ),
            (
                "JPY",
                "30000000000",
                ["JPY\u{a0}30\u{a0}bn", "300亿日元", "300億円"],
            ),
            (
                "THB",
                "44500000",
                [
                    "THB\u{a0}44.5\u{a0}m",
                    "4,450万\u{a0}THB",
                    "4,450万\u{a0}THB",
                ],
            ),
            ("USD", "0.5", ["USD\u{a0}0.5"; 3]),
            ("USD", "0", ["USD\u{a0}0"; 3]),
        ] {
            let amount = Decimal(amount.parse().expect("an amount"));
            assert_eq!(
                labels
                    .each_ref()
                    .map(|labels| said(currency, amount, labels)),
                in_words
            );
        }
    }
}
