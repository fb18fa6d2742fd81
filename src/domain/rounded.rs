//! Figures that were rounded before they were printed, and what can be computed from them.
//!
//! A printed 107.30 can mean anything from 107.295 to 107.305. Sums, differences, products and quotients of such figures are
//! intervals too (interval arithmetic, R. E. Moore 1966); two figures agree when their intervals meet.

use rust_decimal::Decimal as Exact;

use super::Decimal;

/// All that a printed figure can mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rounded {
    low: Exact,
    /// The figure as printed, or computed from what was printed.
    middle: Exact,
    high: Exact,
}

impl Rounded {
    /// A figure rounded to the digits with which it is printed.
    pub(crate) fn printed(figure: Decimal) -> Self {
        let half = Exact::new(5, figure.0.scale().saturating_add(1).min(Exact::MAX_SCALE));
        Self {
            low: figure.0 - half,
            middle: figure.0,
            high: figure.0 + half,
        }
    }

    /// A number that is what it is: a count, a factor.
    pub(crate) fn exact(number: i64) -> Self {
        let number = Exact::from(number);
        Self {
            low: number,
            middle: number,
            high: number,
        }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            middle: self.middle + other.middle,
            high: self.high + other.high,
        }
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self {
            low: self.low - other.high,
            middle: self.middle - other.middle,
            high: self.high - other.low,
        }
    }

    /// The product; None when it does not fit.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let corners = [
            self.low.checked_mul(other.low)?,
            self.low.checked_mul(other.high)?,
            self.high.checked_mul(other.low)?,
            self.high.checked_mul(other.high)?,
        ];
        Self::spanning(corners, self.middle.checked_mul(other.middle)?)
    }

    /// The quotient; None when the divisor can be zero.
    pub(crate) fn over(self, other: Self) -> Option<Self> {
        if other.low <= Exact::ZERO && other.high >= Exact::ZERO {
            return None;
        }
        let corners = [
            self.low.checked_div(other.low)?,
            self.low.checked_div(other.high)?,
            self.high.checked_div(other.low)?,
            self.high.checked_div(other.high)?,
        ];
        Self::spanning(corners, self.middle.checked_div(other.middle)?)
    }

    /// The sum of several; None of none.
    pub(crate) fn sum(figures: impl IntoIterator<Item = Self>) -> Option<Self> {
        figures.into_iter().reduce(Self::plus)
    }

    /// Whether both can mean the same number.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// The figure, rounded to so many decimals.
    pub(crate) fn figure(self, decimals: u32) -> Decimal {
        Decimal(self.middle.round_dp_with_strategy(
            decimals,
            rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        ))
    }

    fn spanning(corners: [Exact; 4], middle: Exact) -> Option<Self> {
        Some(Self {
            low: corners.into_iter().min()?,
            middle,
            high: corners.into_iter().max()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Rounded {
        Rounded::printed(text.parse().expect(text))
    }

    #[test]
    fn a_share_agrees_within_the_rounding_of_what_it_is_made_from() {
        let share = |part, whole| {
            printed(part)
                .over(printed(whole))
                .and_then(|share| share.times(Rounded::exact(100)))
        };
        let recomputed = share("14.34", "107.30").expect("a share");
        assert_eq!(recomputed.figure(2).to_string(), "13.36");
        assert!(recomputed.meets(printed("13.36")));
        assert!(!recomputed.meets(printed("13.50")));
        assert!(printed("1").over(printed("0.0")).is_none());
    }

    #[test]
    fn sums_and_differences_widen() {
        let sum = Rounded::sum([printed("0.1"), printed("0.1"), printed("0.1")]).expect("a sum");
        assert!(
            sum.meets(printed("0.4")) && sum.meets(printed("0.2")) && !sum.meets(printed("0.6"))
        );
        let difference = printed("10.3").minus(printed("-0.1"));
        assert_eq!(difference.figure(1).to_string(), "10.4");
        assert!(!difference.meets(printed("104")));
    }

    #[test]
    fn negative_factors_keep_the_ends_in_order() {
        let product = printed("-2").times(printed("3")).expect("a product");
        assert!(product.meets(printed("-6")) && !product.meets(printed("6")));
    }
}
