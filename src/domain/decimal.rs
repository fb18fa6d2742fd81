//! A decimal number exactly as it was stated, trailing zeros included.

use std::fmt;
use std::str::FromStr;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;

use super::{Invalid, text_in_json};
use crate::message::Message;

/// Up to 28 significant digits, no exponent: `22.5`, `107.30`, `-0.1`. Text in SQL and JSON: no reader may round it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow,
)]
#[diesel(sql_type = Text)]
pub(crate) struct Decimal(pub(crate) rust_decimal::Decimal);

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0.to_string())
    }
}

impl FromStr for Decimal {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let refuse = || Invalid::new("what-number", text, "why-number");
        let plain = text.bytes().enumerate().all(|(index, byte)| {
            byte.is_ascii_digit() || byte == b'.' || (index == 0 && byte == b'-')
        });
        if !plain || !text.ends_with(|last: char| last.is_ascii_digit()) {
            return Err(refuse());
        }
        rust_decimal::Decimal::from_str_exact(text)
            .map(Self)
            .map_err(|_| refuse())
    }
}

impl Decimal {
    /// Minor units (cents) as a number of currency units, with all decimals of the currency where there are any.
    pub(crate) fn from_minor_units(units: i64, decimal_places: u32) -> Self {
        let number = rust_decimal::Decimal::try_new(units, decimal_places).unwrap_or_default();
        let whole = number.trunc();
        Self(if whole == number { whole } else { number })
    }

    /// This number of currency units in minor units (cents), exactly.
    ///
    /// # Errors
    /// When it has more decimals than the currency, is negative, or does not fit.
    pub(crate) fn to_minor_units(self, decimal_places: u32) -> Result<i64, Invalid> {
        let refuse = |why: Message| Invalid::new("what-amount", self.to_string(), why);
        let normal = self.0.normalize();
        if normal.is_sign_negative() && !normal.is_zero() {
            return Err(refuse(message!("why-negative-amount")));
        }
        if normal.scale() > decimal_places {
            return Err(refuse(message!("why-decimals", count = decimal_places)));
        }
        let scaled = rust_decimal::Decimal::from(10_i64.pow(decimal_places)).checked_mul(normal);
        scaled
            .and_then(|units| i64::try_from(units).ok())
            .ok_or_else(|| refuse(message!("flaw-too_large")))
    }
}

text_in_json!(Decimal);

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect(text)
    }

    #[test]
    fn printed_digits_are_kept() {
        assert_eq!(number("107.30").to_string(), "107.30");
        assert_eq!(number("-0.1").to_string(), "-0.1");
        for text in ["", "-", "1e3", "1,000", "1.", " 1", "NaN", "１", "1-2"] {
            assert!(text.parse::<Decimal>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn minor_units_are_read_back() {
        let units = |units, places| Decimal::from_minor_units(units, places).to_string();
        assert_eq!(units(10, 2), "0.10");
        assert_eq!(units(1000, 2), "10");
        assert_eq!(units(i64::MAX, 2), "92233720368547758.07");
        assert_eq!(units(5, 0), "5");
    }

    #[test]
    fn money_is_exact_or_refused() {
        assert_eq!(number("199999950").to_minor_units(0), Ok(199_999_950));
        assert_eq!(number("0.10").to_minor_units(2), Ok(10));
        assert_eq!(number("1.500").to_minor_units(1), Ok(15));
        assert!(number("0.001").to_minor_units(2).is_err());
        assert!(number("-1").to_minor_units(2).is_err());
        assert!(number("92233720368547758.08").to_minor_units(2).is_err());
        assert_eq!(
            number("92233720368547758.07").to_minor_units(2),
            Ok(i64::MAX)
        );
    }
}
