//! Sentences of the paper that say something of its tables without printing a derived figure, held against those tables; and
//! slips in its words, which no figure shows.

use super::checks::Figures;
use super::{Agreement, Check};
use crate::domain::{Decimal, Rounded, Topic};
use crate::store::IndicatorObservation;

/// A slip in the words of the paper.
pub(super) struct Slip {
    pub(super) topic: Topic,
    /// A key of the language files after `slip-`.
    pub(super) what: &'static str,
    pub(super) printed_in: &'static str,
}

/// Found by reading; they rest on no observation.
pub(super) const SLIPS: &[Slip] = &[
    Slip {
        topic: Topic::Economy,
        what: "two-titles",
        printed_in: "footnotes 7 and 13",
    },
    Slip {
        topic: Topic::Investment,
        what: "stock",
        printed_in: "section 3.2 B",
    },
    Slip {
        topic: Topic::Risk,
        what: "nippon-express",
        printed_in: "section 5.1",
    },
    Slip {
        topic: Topic::Risk,
        what: "debt-without-figures",
        printed_in: "section 5.3",
    },
];

/// The period of Table 2, and the part of it in which China is said to have been first.
const TABLE_2: (&str, &str) = ("2004", "2018");
const FIRST: (&str, &str) = ("2009", "2018");

impl<'a> Figures<'a> {
    fn within(
        self,
        indicator: &'a str,
        place: &'a str,
        (first, last): (&'a str, &'a str),
    ) -> impl Iterator<Item = &'a IndicatorObservation> {
        self.of(indicator).filter(move |figure| {
            figure.place == place && (first..=last).contains(&figure.period.as_str())
        })
    }

    /// Section 3.2 A on ranks, shares and years.
    pub(super) fn trade_sentences(self) -> Vec<Check> {
        let said =
            |what, place: &str, (first, last), printed: i64, found: Option<Decimal>, unit| {
                let printed = Decimal(printed.into());
                Some((
                    what,
                    place.to_owned(),
                    format!("{first}-{last}"),
                    printed,
                    found?,
                    unit,
                ))
            };
        let count = |number: usize| {
            i64::try_from(number)
                .ok()
                .map(|number| Decimal(number.into()))
        };
        let firsts = self
            .within("asean_trade_rank", "CN-ASEAN", FIRST)
            .filter(|rank| rank.value == Decimal(1.into()));
        let worst = self
            .within("asean_trade_rank", "JP-ASEAN", FIRST)
            .map(|rank| rank.value)
            .max();
        let least = self
            .within("asean_trade_share", "CN-ASEAN", FIRST)
            .map(|share| share.value)
            .min();
        let amounts = self.within("asean_trade", "CN-ASEAN", TABLE_2).count();
        let sentences = [
            said(
                "first-for-years",
                "CN-ASEAN",
                FIRST,
                10,
                count(firsts.count()),
                "years",
            ),
            said("worst-rank", "JP-ASEAN", FIRST, 4, worst, "rank"),
            said("least-share", "CN-ASEAN", FIRST, 10, least, "percent"),
            said(
                "in-years",
                "CN-ASEAN",
                TABLE_2,
                15,
                count(amounts.saturating_sub(1)),
                "years",
            ),
        ];
        let check =
            |(what, place, period, printed, recomputed, unit): (_, _, _, _, Decimal, &str)| {
                let holds = match what {
                    "least-share" => recomputed > printed,
                    _ => recomputed == printed,
                };
                Check {
                    what,
                    place,
                    period,
                    unit: unit.to_owned(),
                    printed,
                    recomputed,
                    printed_in: "section 3.2 A".to_owned(),
                    agreement: if holds {
                        Agreement::Exact
                    } else {
                        Agreement::None
                    },
                }
            };
        sentences.into_iter().flatten().map(check).collect()
    }

    /// Ranks of a table: in each year the larger of the two has the better one.
    pub(super) fn rank_order(self, amount: &'a str) -> Vec<Check> {
        let rank = format!("{amount}_rank");
        let at = |indicator: &str, place: &str, period: &str| {
            let mut found = self.0.iter().filter(|figure| figure.indicator == indicator);
            found.find(|figure| figure.place == place && figure.period == period)
        };
        let years = self.of(amount).filter(|figure| figure.place == "CN-ASEAN");
        let check = |china: &IndicatorObservation| {
            let period = china.period.as_str();
            let japan = at(amount, "JP-ASEAN", period)?;
            let (of_china, of_japan) = (
                at(&rank, "CN-ASEAN", period)?,
                at(&rank, "JP-ASEAN", period)?,
            );
            let follows = china.value.cmp(&japan.value) == of_japan.value.cmp(&of_china.value);
            Some(Check {
                what: "rank-order",
                place: "CN-ASEAN".to_owned(),
                period: period.to_owned(),
                unit: of_china.unit.clone(),
                printed: of_china.value,
                recomputed: if follows {
                    of_china.value
                } else {
                    of_japan.value
                },
                printed_in: of_china.printed_in.clone(),
                agreement: if follows {
                    Agreement::Exact
                } else {
                    Agreement::None
                },
            })
        };
        years.filter_map(check).collect()
    }

    /// Section 3.1: what infrastructure needs a year, and the two shares of one product.
    pub(super) fn infrastructure(self) -> Vec<Check> {
        let mut checks = Vec::new();
        for of in ["climate_adjusted", "baseline"] {
            let all = format!("infrastructure_need_{of}");
            let a_year = format!("{all}_per_year");
            let found = self.0.iter().find(|figure| figure.indicator == a_year);
            checks.extend(found.and_then(|printed| {
                let (first, last) = printed.period.split_once('-')?;
                let years = last.parse::<i64>().ok()? - first.parse::<i64>().ok()? + 1;
                let all = self.at(&all, &printed.place, &printed.period)?;
                let a_year = all
                    .times(Rounded::exact(1000))?
                    .over(Rounded::exact(years))?;
                Some(super::checks::compared("per-year", printed, a_year))
            }));
        }
        let baseline = "infrastructure_need_baseline_share_of_gdp";
        let found = self.0.iter().find(|figure| figure.indicator == baseline);
        checks.extend(found.and_then(|printed| {
            let at = |indicator| self.at(indicator, &printed.place, &printed.period);
            let adjusted = at("infrastructure_need_climate_adjusted")?;
            let share = at("infrastructure_need_climate_adjusted_share_of_gdp")?;
            let follows = at("infrastructure_need_baseline")?
                .over(adjusted)?
                .times(share)?;
            Some(super::checks::compared("share-of-gdp", printed, follows))
        }));
        checks
    }

    /// Section 5.3: each inflation figure is above the line that the paper draws.
    pub(super) fn high_inflation(self) -> Vec<Check> {
        let line = self.of("inflation_threshold_high").next();
        let named = self
            .of("inflation")
            .filter(|figure| figure.printed_in.contains("footnote 25"));
        let check = |figure: &IndicatorObservation| {
            let line = line?;
            Some(Check {
                what: "above-line",
                place: figure.place.clone(),
                period: figure.period.clone(),
                unit: figure.unit.clone(),
                printed: line.value,
                recomputed: figure.value,
                printed_in: line.printed_in.clone(),
                agreement: if figure.value > line.value {
                    Agreement::Exact
                } else {
                    Agreement::None
                },
            })
        };
        named.filter_map(check).collect()
    }
}
