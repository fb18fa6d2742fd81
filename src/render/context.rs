//! The paper's tables: a row a year or a country, a column a series, and beneath them what does not follow.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::Topic;
use crate::report::{Agreement, Check, ContextReport, Series};

impl View for ContextReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        page.add(Block::Title(labels.word(self.topic)));
        match self.topic {
            Topic::Trade => self.flows("asean_trade", labels, &mut page),
            Topic::Investment => self.flows("asean_fdi_inflow", labels, &mut page),
            Topic::BusinessEnvironment => page.add(Block::Table(self.scores(labels))),
            Topic::Risk => page.add(Block::Table(self.list(labels))),
        }
        let mut sources: Vec<String> = self
            .series
            .iter()
            .map(|series| series.original_source.clone())
            .collect();
        sources.sort_unstable();
        sources.dedup();
        page.add(Block::Lines(vec![labels.with(
            "context-sources",
            &[("list", sources.join("; ").into())],
        )]));
        self.findings(labels, &mut page);
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "section",
            "indicator",
            "place",
            "period",
            "value",
            "recomputed",
            "agreement",
            "unit",
            "printed_in",
        ]);
        for series in &self.series {
            for (period, value) in &series.values {
                let key = ["figure", &series.indicator, &series.place, period].map(Cell::from);
                let value = [Cell::from(value.to_string()), Cell::Blank, Cell::Blank];
                let whence =
                    [&series.unit, &series.printed_in].map(|text| Cell::from(text.as_str()));
                sheet
                    .rows
                    .push(key.into_iter().chain(value).chain(whence).collect());
            }
        }
        for check in &self.checks {
            let key = ["check", check.what, &check.place, &check.period].map(Cell::from);
            let values =
                [check.printed, check.recomputed].map(|value| Cell::from(value.to_string()));
            let rest = [agreement(check), check.unit.as_str(), &check.printed_in].map(Cell::from);
            sheet
                .rows
                .push(key.into_iter().chain(values).chain(rest).collect());
        }
        sheet
    }
}

fn agreement(check: &Check) -> &'static str {
    match check.agreement {
        Agreement::Exact => "exact",
        Agreement::WithinRounding => "within_rounding",
        Agreement::None => "none",
    }
}

impl ContextReport {
    /// Tables 2 and 3: a row a year, then the totals computed again.
    fn flows(&self, amount: &str, labels: &Labels, page: &mut Page) {
        let share = format!("{amount}_share");
        let rank = format!("{amount}_rank");
        let columns: [(&str, &str, &str); 7] = [
            (amount, "WORLD", "context-world"),
            (amount, "JP-ASEAN", "context-japan"),
            (&share, "JP-ASEAN", "context-share"),
            (&rank, "JP-ASEAN", "context-rank"),
            (amount, "CN-ASEAN", "context-china"),
            (&share, "CN-ASEAN", "context-share"),
            (&rank, "CN-ASEAN", "context-rank"),
        ];
        let headings = columns.iter().map(|(_, _, label)| labels.text(label));
        let mut sheet =
            Sheet::new([labels.text("dimension-year")].into_iter().chain(headings)).numbers_from(1);
        let years: Vec<&String> = self
            .series(amount, "WORLD")
            .iter()
            .flat_map(|series| series.values.keys())
            .collect();
        for year in years {
            let cell = |(indicator, place, _): &(&str, &str, &str)| {
                value(self.series(indicator, place), year)
            };
            sheet.rows.push(
                [Cell::from(year.as_str())]
                    .into_iter()
                    .chain(columns.iter().map(cell))
                    .collect(),
            );
        }
        sheet.parts.push(sheet.rows.len());
        let total = |what: &str, place: &str| {
            let check = self
                .checks
                .iter()
                .find(|check| check.what == what && check.place == place);
            check.map_or(Cell::Blank, |check| {
                Cell::from(check.recomputed.to_string())
            })
        };
        sheet.rows.push(vec![
            Cell::from(labels.text("context-total")),
            total("total", "WORLD"),
            total("total", "JP-ASEAN"),
            total("total-share", "JP-ASEAN"),
            Cell::Blank,
            total("total", "CN-ASEAN"),
            total("total-share", "CN-ASEAN"),
            Cell::Blank,
        ]);
        page.add(Block::Table(sheet));
        page.add(Block::Lines(vec![labels.text("context-note-flows")]));
    }

    /// Table 4: a row a country, the highest latest score first.
    fn scores(&self, labels: &Labels) -> Sheet {
        let mut countries: Vec<&Series> = self
            .series
            .iter()
            .filter(|series| series.indicator == "business_environment_score")
            .collect();
        countries
            .sort_by_key(|series| std::cmp::Reverse(series.values.values().next_back().copied()));
        let years: Vec<&String> = countries
            .iter()
            .flat_map(|series| series.values.keys())
            .take(5)
            .collect();
        let headings = years.iter().map(|year| (*year).clone());
        let mut sheet = Sheet::new(
            [labels.text("dimension-country")]
                .into_iter()
                .chain(headings),
        )
        .numbers_from(1);
        for series in &countries {
            let values = years.iter().map(|year| value(Some(series), year));
            sheet.rows.push(
                [Cell::from(labels.country(&series.place))]
                    .into_iter()
                    .chain(values)
                    .collect(),
            );
        }
        sheet.parts.push(sheet.rows.len());
        let average = |year: &&String| {
            let check = self
                .checks
                .iter()
                .find(|check| check.what == "average" && check.period == **year);
            check.map_or(Cell::Blank, |check| {
                Cell::from(check.recomputed.to_string())
            })
        };
        let averages = years.iter().map(average);
        sheet.rows.push(
            [Cell::from(labels.text("context-average"))]
                .into_iter()
                .chain(averages)
                .collect(),
        );
        sheet
    }

    /// Single figures, one a row.
    fn list(&self, labels: &Labels) -> Sheet {
        let fields = [
            "field-indicator",
            "field-place",
            "dimension-year",
            "field-value",
            "field-unit",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        sheet
            .columns
            .get_mut(3)
            .into_iter()
            .for_each(|column| column.is_number = true);
        for series in &self.series {
            for (period, value) in &series.values {
                sheet.rows.push(vec![
                    Cell::from(labels.text(&format!("indicator-{}", series.indicator))),
                    of_place(series, labels),
                    Cell::from(period.as_str()),
                    Cell::from(value.to_string()),
                    Cell::from(series.unit.as_str()),
                ]);
            }
        }
        sheet
    }

    fn findings(&self, labels: &Labels, page: &mut Page) {
        let count = |agreement| {
            self.checks
                .iter()
                .filter(|check| check.agreement == agreement)
                .count()
        };
        let values = [
            ("exact", count(Agreement::Exact).into()),
            ("rounding", count(Agreement::WithinRounding).into()),
            ("none", count(Agreement::None).into()),
        ];
        page.add(Block::Heading(labels.text("context-findings")));
        let mut lines = vec![labels.with("context-counts", &values)];
        let wrong = self
            .checks
            .iter()
            .filter(|check| check.agreement == Agreement::None);
        lines.extend(wrong.map(|check| {
            let values = [
                ("place", place(&check.place, labels).into()),
                ("period", check.period.clone().into()),
                ("printed", check.printed.to_string().into()),
                ("recomputed", check.recomputed.to_string().into()),
                ("where", check.printed_in.clone().into()),
            ];
            labels.with(&format!("check-{}", check.what), &values)
        }));
        page.add(Block::Lines(lines));
    }
}

fn value(series: Option<&Series>, period: &str) -> Cell {
    let value = series.and_then(|series| series.values.get(period));
    value.map_or(Cell::NotStated, |value| Cell::from(value.to_string()))
}

/// A threshold belongs to no place.
fn of_place(series: &Series, labels: &Labels) -> Cell {
    if series.indicator.contains("threshold") || series.indicator.contains("safety_line") {
        return Cell::Blank;
    }
    Cell::from(place(&series.place, labels))
}

/// A country by its name; a group or a flow by its label.
fn place(place: &str, labels: &Labels) -> String {
    if place.len() == 2 {
        labels.country(place).to_owned()
    } else {
        labels.text(&format!("place-{place}"))
    }
}
