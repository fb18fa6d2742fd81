//! What the paper's tables say of a host: its score, its debt and inflation, and the flows of ASEAN as a whole.

use crate::language::Labels;
use crate::render::context::{padded, places, printed_in, unit};
use crate::render::{Block, Page, chart};
use crate::report::{CountryReport, Figure, Flow};

impl CountryReport {
    pub(super) fn context(&self, labels: &Labels, page: &mut Page) {
        page.add(Block::Heading(labels.text("country-context")));
        let named = |key: &str, values: &[String]| {
            let value = if values.is_empty() {
                labels.text("country-not-given")
            } else {
                labels.list(values)
            };
            (labels.text(key), value)
        };
        let places = places(self.business_environment.iter().map(|score| &score.score));
        let scores = self.business_environment.iter().map(|score| {
            let (points, rank) = (padded(score.score, places), score.rank);
            // A year stays beside its figure.
            format!("{}\u{a0}{points}\u{a0}({rank}/{})", score.year, score.of)
        });
        let mut fields = vec![named(
            "country-business-environment",
            &scores.collect::<Vec<_>>(),
        )];
        fields.extend(self.course(labels));
        fields.push(named("indicator-debt_ratio", &shown(&self.debt_ratio)));
        fields.push(named("indicator-inflation", &shown(&self.inflation)));
        if self.flows.is_empty() {
            fields.push(named("country-flows", &[]));
        }
        fields.extend(self.flows.iter().map(|flow| of_asean(flow, labels)));
        page.add(Block::Fields(fields));
        self.signals(labels, page);
    }

    /// The score from its first year to its last.
    fn course(&self, labels: &Labels) -> Option<(String, String)> {
        let [first, .., last] = &self.business_environment[..] else {
            return None;
        };
        let scores = self.business_environment.iter();
        let values: Vec<Option<f64>> = scores
            .map(|score| score.score.to_string().parse().ok())
            .collect();
        let course = chart::sparkline(&values, labels.charts);
        let rise = last.score.0.checked_sub(first.score.0).unwrap_or_default();
        let values = [
            ("rise", format!("{rise:+}").into()),
            ("first", first.year.clone().into()),
            ("last", last.year.clone().into()),
            ("course", course.into()),
        ];
        let trend = labels.with("country-score-rise", &values);
        Some((labels.text("country-score-trend"), trend))
    }

    fn signals(&self, labels: &Labels, page: &mut Page) {
        let mut lines: Vec<String> = self
            .signals
            .iter()
            .map(|signal| {
                let values = [
                    ("year", signal.year.clone().into()),
                    ("value", signal.value.to_string().into()),
                    ("threshold", signal.threshold.to_string().into()),
                    ("where", printed_in(&signal.printed_in, labels).into()),
                ];
                labels.with(&format!("signal-{}", signal.signal), &values)
            })
            .collect();
        if lines.is_empty() {
            lines.push(labels.text("signal-none"));
        }
        lines.extend((!self.sources.is_empty()).then(|| {
            labels.with(
                "context-sources",
                &[("list", self.named_sources(labels).into())],
            )
        }));
        page.add(Block::Lines(lines));
    }
    /// `Table 4: World Bank …`, the place in the reader's words.
    fn named_sources(&self, labels: &Labels) -> String {
        let named = self
            .sources
            .iter()
            .map(|source| match source.split_once(": ") {
                Some((place, source)) => format!("{}: {source}", printed_in(place, labels)),
                None => source.clone(),
            });
        named.collect::<Vec<_>>().join("; ")
    }
}

fn shown(figures: &[Figure]) -> Vec<String> {
    let one = |figure: &Figure| format!("{}\u{a0}{}%", figure.year, figure.value);
    figures.iter().map(one).collect()
}

fn of_asean(flow: &Flow, labels: &Labels) -> (String, String) {
    let partner = if flow.place == "CN-ASEAN" {
        "context-china"
    } else {
        "context-japan"
    };
    let stated = |value: Option<crate::domain::Decimal>| {
        value.map_or_else(|| labels.text("not-stated"), |value| value.to_string())
    };
    let values = [
        ("year", flow.year.clone().into()),
        ("partner", labels.text(partner).into()),
        ("amount", flow.amount.to_string().into()),
        ("unit", unit(&flow.unit, labels).into()),
        ("share", stated(flow.share).into()),
        ("rank", stated(flow.rank).into()),
    ];
    let key = format!("country-flow-{}", flow.indicator);
    (labels.text(&key), labels.with("country-flow", &values))
}
