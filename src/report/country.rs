//! One host country: its projects, partners, modes and statuses, and what the paper's tables say of it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{CountryCode, Decimal, Horizon, Moment, ReportDay, Side};
use crate::report::{Count, ProjectEntry, ProjectList};
use crate::store::{Country, IndicatorObservation, Line};

/// A host with its context.
#[derive(Debug, Serialize)]
pub(crate) struct CountryReport {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
    pub(crate) known_at: Option<Moment>,
    pub(crate) country: Country,
    /// Member of ASEAN on that day.
    pub(crate) in_asean: bool,
    /// A forum's agreements and the other projects apart, as everywhere.
    pub(crate) groups: Vec<CountryGroup>,
    pub(crate) projects: Vec<ProjectEntry>,
    /// Parties that take part in its projects, the busiest first; prospective parts are left out.
    pub(crate) partners: Vec<Partner>,
    pub(crate) business_environment: Vec<Score>,
    pub(crate) debt_ratio: Vec<Figure>,
    pub(crate) inflation: Vec<Figure>,
    /// Trade and investment with China and Japan in the last year of the paper's tables: of ASEAN as a whole, for its members;
    /// the paper gives none of a single country.
    pub(crate) flows: Vec<Flow>,
    /// What follows from the paper's thresholds.
    pub(crate) signals: Vec<Signal>,
    /// Where the paper prints the figures.
    pub(crate) sources: Vec<String>,
}

/// How many projects of a group take place here.
#[derive(Debug, Serialize)]
pub(crate) struct CountryGroup {
    /// The forum's code, or `other`.
    pub(crate) group: String,
    pub(crate) total: Count,
}

/// A party and the projects here in which it takes part.
#[derive(Debug, Serialize)]
pub(crate) struct Partner {
    pub(crate) party: String,
    pub(crate) name_en: Option<String>,
    pub(crate) name_zh: Option<String>,
    pub(crate) name_ja: Option<String>,
    pub(crate) name_native: Option<String>,
    pub(crate) side: Option<Side>,
    pub(crate) country: Option<CountryCode>,
    pub(crate) projects: Vec<String>,
}

/// A score of Table 4 and its rank among the countries of the table.
#[derive(Debug, Serialize)]
pub(crate) struct Score {
    pub(crate) year: String,
    pub(crate) score: Decimal,
    /// 1 is the highest; equal scores share a rank.
    pub(crate) rank: usize,
    pub(crate) of: usize,
}

/// A figure of one year.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) year: String,
    pub(crate) value: Decimal,
    pub(crate) unit: String,
}

/// What ASEAN as a whole exchanged with one of the two.
#[derive(Debug, Serialize)]
pub(crate) struct Flow {
    pub(crate) indicator: String,
    pub(crate) place: String,
    pub(crate) year: String,
    pub(crate) amount: Decimal,
    pub(crate) unit: String,
    /// In percent of ASEAN's flow with the whole world.
    pub(crate) share: Option<Decimal>,
    pub(crate) rank: Option<Decimal>,
    pub(crate) printed_in: String,
}

/// A figure beyond a threshold of the paper.
#[derive(Debug, Serialize)]
pub(crate) struct Signal {
    /// A key of the language files after `signal-`.
    pub(crate) signal: &'static str,
    pub(crate) year: String,
    pub(crate) value: Decimal,
    pub(crate) threshold: Decimal,
    pub(crate) printed_in: String,
}

impl CountryReport {
    /// The report on `country` from the projects that it hosts and the registry's observations.
    pub(crate) fn of(
        country: Country,
        lines: Vec<Line>,
        observations: &[IndicatorObservation],
        horizon: Horizon,
        known_at: Option<Moment>,
        language: crate::domain::Language,
    ) -> Self {
        let mut groups = BTreeMap::<(bool, String), Vec<&Line>>::new();
        for line in &lines {
            let forum = line.facts.forum.clone();
            groups
                .entry((forum.is_none(), forum.unwrap_or_else(|| "other".to_owned())))
                .or_default()
                .push(line);
        }
        let groups = groups.into_iter().map(|((_, group), lines)| CountryGroup {
            group,
            total: Count::of(lines),
        });
        let groups = groups.collect();
        let here = |indicator: &str| {
            let figures = observations
                .iter()
                .filter(|figure| figure.place == country.code && figure.indicator == indicator);
            figures.cloned().collect::<Vec<_>>()
        };
        let in_asean = country
            .asean_since
            .is_some_and(|since| since <= horizon.as_of);
        let figures = |indicator: &str| here(indicator).into_iter().map(Figure::from).collect();
        let mut sources: Vec<String> = ["business_environment_score", "debt_ratio", "inflation"]
            .iter()
            .flat_map(|indicator| here(indicator))
            .map(|figure| format!("{}: {}", figure.printed_in, figure.original_source))
            .collect();
        sources.sort_unstable();
        sources.dedup();
        Self {
            as_of: horizon.report_day(),
            known_at,
            in_asean,
            flows: if in_asean {
                flows(observations)
            } else {
                Vec::new()
            },
            groups,
            partners: partners(&lines),
            projects: ProjectList::of(lines, horizon, None, language).projects,
            business_environment: scores(&country.code, observations),
            debt_ratio: figures("debt_ratio"),
            inflation: figures("inflation"),
            signals: signals(&country.code, observations),
            sources,
            country,
        }
    }
}

/// The last year of Tables 2 and 3.
fn flows(observations: &[IndicatorObservation]) -> Vec<Flow> {
    let of = |indicator: &str, place: &str| {
        let (indicator, place) = (indicator.to_owned(), place.to_owned());
        observations
            .iter()
            .filter(move |figure| figure.indicator == indicator && figure.place == place)
    };
    let tables = ["asean_trade", "asean_fdi_inflow"];
    let flow = |(indicator, place): (&str, &str)| {
        let last = of(indicator, place).max_by(|one, other| one.period.cmp(&other.period))?;
        let beside = |what: &str| {
            of(&format!("{indicator}_{what}"), place)
                .find(|figure| figure.period == last.period)
                .map(|figure| figure.value)
        };
        Some(Flow {
            indicator: indicator.to_owned(),
            place: place.to_owned(),
            year: last.period.clone(),
            amount: last.value,
            unit: last.unit.clone(),
            share: beside("share"),
            rank: beside("rank"),
            printed_in: last.printed_in.clone(),
        })
    };
    let pairs = tables
        .into_iter()
        .flat_map(|table| [(table, "CN-ASEAN"), (table, "JP-ASEAN")]);
    pairs.filter_map(flow).collect()
}

impl From<IndicatorObservation> for Figure {
    fn from(figure: IndicatorObservation) -> Self {
        Self {
            year: figure.period,
            value: figure.value,
            unit: figure.unit,
        }
    }
}

fn partners(lines: &[Line]) -> Vec<Partner> {
    let mut partners = BTreeMap::<&str, Partner>::new();
    for line in lines {
        for party in line.parties.iter().filter(|party| !party.prospective) {
            let partner = partners.entry(&party.party).or_insert_with(|| Partner {
                party: party.party.clone(),
                name_en: party.name_en.clone(),
                name_zh: party.name_zh.clone(),
                name_ja: party.name_ja.clone(),
                name_native: party.name_native.clone(),
                side: party.side,
                country: party.country.clone(),
                projects: Vec::new(),
            });
            partner.projects.push(line.facts.code.to_string());
        }
    }
    let mut partners: Vec<Partner> = partners.into_values().collect();
    partners.sort_by(|left, right| {
        (right.projects.len(), &left.party).cmp(&(left.projects.len(), &right.party))
    });
    partners
}

fn scores(country: &str, observations: &[IndicatorObservation]) -> Vec<Score> {
    let all = || {
        observations
            .iter()
            .filter(|figure| figure.indicator == "business_environment_score")
    };
    let own = all().filter(|figure| figure.place == country);
    let score = |figure: &IndicatorObservation| {
        let others = || all().filter(|other| other.period == figure.period);
        let rank = others().filter(|other| other.value > figure.value).count() + 1;
        Score {
            year: figure.period.clone(),
            score: figure.value,
            rank,
            of: others().count(),
        }
    };
    own.map(score).collect()
}

/// The debt safety line and the two limits of inflation that the paper names in its section 5.3.
const THRESHOLDS: [(&str, &str, &str); 3] = [
    ("debt_ratio", "debt_ratio_safety_line", "debt"),
    ("inflation", "inflation_threshold_high", "inflation-high"),
    (
        "inflation",
        "inflation_threshold_harmful",
        "inflation-harmful",
    ),
];

fn signals(country: &str, observations: &[IndicatorObservation]) -> Vec<Signal> {
    let mut signals = Vec::<Signal>::new();
    for (indicator, limit, signal) in THRESHOLDS {
        let Some(threshold) = observations.iter().find(|figure| figure.indicator == limit) else {
            continue;
        };
        for figure in observations
            .iter()
            .filter(|figure| figure.place == country && figure.indicator == indicator)
        {
            // Of the two limits of inflation only the higher one that is passed is worth saying.
            let said = signals
                .iter()
                .any(|said| said.signal.starts_with("inflation") && said.year == figure.period);
            if figure.value > threshold.value && !(said && indicator == "inflation") {
                signals.push(Signal {
                    signal,
                    year: figure.period.clone(),
                    value: figure.value,
                    threshold: threshold.value,
                    printed_in: figure.printed_in.clone(),
                });
            }
        }
    }
    signals
}
