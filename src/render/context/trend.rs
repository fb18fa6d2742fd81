//! The course of the paper's series, and what in the paper does not follow from them.

use super::{place, printed_in};
use crate::language::Labels;
use crate::render::{Block, Cell, Page, Sheet, chart};
use crate::report::{Agreement, Check, ContextReport, Series};

impl ContextReport {
    /// Averages and growth of the flows, with a sparkline.
    pub(super) fn trends(&self, labels: &Labels, page: &mut Page) {
        let fields = [
            "field-place",
            "context-average-year",
            "context-increase",
            "context-growth",
            "context-course",
            "context-fell",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).numbers_from(1);
        let texts = sheet.columns.iter_mut().skip(4);
        texts.for_each(|column| column.is_number = false);
        for trend in &self.trends {
            let course = self.series(&trend.indicator, &trend.place);
            let fell = trend.fell_in.join(" ");
            sheet.rows.push(vec![
                Cell::from(place(&trend.place, labels)),
                Cell::from(trend.average.to_string()),
                Cell::from(format!("{}%", trend.increase_percent)),
                Cell::from(format!("{}%", trend.growth_percent)),
                Cell::from(course.map_or_else(String::new, |series| sparkline(series, labels))),
                Cell::from(if fell.is_empty() {
                    labels.text("context-never")
                } else {
                    fell
                }),
            ]);
        }
        if let Some(trend) = self.trends.first() {
            let period = format!("{}-{}", trend.first, trend.last);
            page.add(Block::Paragraph(
                labels.with("context-trends", &[("period", period.into())]),
            ));
            page.add(Block::Table(sheet));
            page.add(Block::Paragraph(labels.text("context-note-course")));
        }
    }

    /// What agrees, what differs in its last digits, and what does not follow.
    pub(super) fn findings(&self, labels: &Labels, page: &mut Page) {
        let of = |agreement| {
            self.checks
                .iter()
                .filter(move |check| check.agreement == agreement)
        };
        let values = [
            ("exact", of(Agreement::Exact).count().into()),
            ("rounding", of(Agreement::WithinRounding).count().into()),
            ("none", of(Agreement::None).count().into()),
        ];
        page.add(Block::Heading(labels.text("context-findings")));
        let mut lines = vec![labels.with("context-counts", &values)];
        lines.extend(of(Agreement::None).map(|check| sentence(check, labels)));
        lines.extend(self.slips.iter().map(|slip| {
            let place = [("where", printed_in(slip.printed_in, labels).into())];
            labels.with(&format!("slip-{}", slip.what), &place)
        }));
        page.add(Block::Lines(lines));
        if of(Agreement::WithinRounding).next().is_some() {
            page.add(Block::Paragraph(labels.text("context-rounding")));
            page.add(Block::Table(within_rounding(
                of(Agreement::WithinRounding),
                labels,
            )));
        }
    }
}

fn sentence(check: &Check, labels: &Labels) -> String {
    let values = [
        ("place", place(&check.place, labels).into()),
        ("period", check.period.clone().into()),
        ("printed", check.printed.to_string().into()),
        ("recomputed", check.recomputed.to_string().into()),
        ("where", printed_in(&check.printed_in, labels).into()),
    ];
    labels.with(&format!("check-{}", check.what), &values)
}

fn within_rounding<'a>(checks: impl Iterator<Item = &'a Check>, labels: &Labels) -> Sheet {
    let fields = [
        "field-kind",
        "field-place",
        "field-period",
        "context-printed",
        "context-computed",
        "field-printed_in",
    ];
    let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
    let numbers = sheet.columns.iter_mut().skip(3).take(2);
    numbers.for_each(|column| column.is_number = true);
    for check in checks {
        sheet.rows.push(vec![
            Cell::from(labels.text(&format!("check-{}-name", check.what))),
            Cell::from(place(&check.place, labels)),
            Cell::from(check.period.as_str()),
            Cell::from(check.printed.to_string()),
            Cell::from(check.recomputed.to_string()),
            Cell::from(printed_in(&check.printed_in, labels)),
        ]);
    }
    sheet
}

/// A series in one line.
pub(super) fn sparkline(series: &Series, labels: &Labels) -> String {
    let values: Vec<Option<f64>> = series
        .values
        .values()
        .map(|value| value.to_string().parse().ok())
        .collect();
    chart::sparkline(&values, labels.charts)
}
