//! Amounts of money as people read them.

use crate::domain::Decimal;

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
}
