//! The paper's tables: a row a year or a country, a column a series, and beneath them what does not follow.

mod topics;
mod trend;
mod words;

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::{Decimal, Topic};
pub(crate) use topics::Topics;
pub(super) use words::{printed_in, unit};

use crate::report::{Agreement, Check, ContextReport, Series, Trend};

impl View for ContextReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        page.add(Block::Title(labels.word(self.topic)));
        match self.topic {
            Topic::Trade => self.flows("asean_trade", labels, &mut page),
            Topic::Investment => self.flows("asean_fdi_inflow", labels, &mut page),
            Topic::BusinessEnvironment => {
                page.add(Block::Table(self.scores(labels)));
                let notes = ["context-note-scores", "context-note-course"];
                page.add(Block::Lines(notes.map(|note| labels.text(note)).into()));
            }
            Topic::Risk | Topic::Economy => page.add(Block::Table(self.list(labels))),
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
        self.trends
            .iter()
            .for_each(|trend| trend_rows(trend, &mut sheet));
        sheet
    }
}

/// A row for each figure of a trend.
fn trend_rows(trend: &Trend, sheet: &mut Sheet) {
    let period = format!("{}-{}", trend.first, trend.last);
    let figures = [
        ("average", trend.average, trend.unit.as_str()),
        ("increase", trend.increase, trend.unit.as_str()),
        ("increase_percent", trend.increase_percent, "percent"),
        ("growth_percent", trend.growth_percent, "percent a year"),
    ];
    let whole = figures.map(|(what, value, unit)| (what, period.as_str(), value, unit));
    let yearly = trend.yearly_percent.iter();
    let yearly = yearly.map(|(year, value)| ("yearly_percent", year.as_str(), *value, "percent"));
    for (what, period, value, unit) in whole.into_iter().chain(yearly) {
        let indicator = format!("{}/{what}", trend.indicator);
        let mut row = ["trend", &indicator, &trend.place, period]
            .map(Cell::from)
            .to_vec();
        row.extend([Cell::Blank, Cell::from(value.to_string()), Cell::Blank]);
        row.extend([Cell::from(unit), Cell::Blank]);
        sheet.rows.push(row);
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
        self.trends(labels, page);
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
        let places = places(countries.iter().flat_map(|series| series.values.values()));
        let headings = years.iter().map(|year| (*year).clone());
        let mut sheet = Sheet::new(
            [labels.text("dimension-country")]
                .into_iter()
                .chain(headings)
                .chain(["context-increase", "context-course"].map(|key| labels.text(key))),
        )
        .numbers_from(1);
        let course = sheet.columns.last_mut().into_iter();
        course.for_each(|column| column.is_number = false);
        for series in &countries {
            let values = years.iter().map(|year| {
                let value = series.values.get(*year);
                Cell::or_not_stated(value.map(|value| padded(*value, places)))
            });
            sheet.rows.push(
                [Cell::from(labels.country(&series.place))]
                    .into_iter()
                    .chain(values)
                    .chain(self.rise(series, places, labels))
                    .collect(),
            );
        }
        sheet.parts.push(sheet.rows.len());
        let averages: Vec<Option<Decimal>> = years
            .iter()
            .map(|year| {
                let mut checks = self.checks.iter();
                let check = checks.find(|check| check.what == "average" && check.period == **year);
                check.map(|check| check.recomputed)
            })
            .collect();
        let places = self::places(averages.iter().flatten());
        let average = |value: &Option<Decimal>| {
            value.map_or(Cell::Blank, |value| Cell::from(padded(value, places)))
        };
        let averages = averages.iter().map(average);
        sheet.rows.push(
            [Cell::from(labels.text("context-average"))]
                .into_iter()
                .chain(averages)
                .chain([Cell::Blank, Cell::Blank])
                .collect(),
        );
        sheet
    }

    /// By how many points a score rose in all, and its course.
    fn rise(&self, series: &Series, places: u32, labels: &Labels) -> [Cell; 2] {
        let mut trends = self.trends.iter();
        let trend = trends.find(|trend| trend.place == series.place);
        let rise = trend.map_or(Cell::Blank, |trend| {
            Cell::from(padded(trend.increase, places))
        });
        [rise, Cell::from(trend::sparkline(series, labels))]
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
                    Cell::from(unit(&series.unit, labels)),
                ]);
            }
        }
        sheet
    }
}

/// The most decimals among some figures.
pub(super) fn places<'a>(figures: impl Iterator<Item = &'a Decimal>) -> u32 {
    figures.map(|figure| figure.0.scale()).max().unwrap_or(0)
}

/// A figure with as many decimals as those that it stands among: the paper leaves zeros away.
pub(super) fn padded(figure: Decimal, places: u32) -> String {
    let mut exact = figure.0;
    exact.rescale(places.max(exact.scale()));
    exact.to_string()
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
