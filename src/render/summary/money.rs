//! Commitments in money: cells in millions, and beneath the tables what they are made from and what is left out.

use std::collections::BTreeSet;

use super::table::{Layout, Part};
use crate::domain::{Decimal, ProjectCode};
use crate::language::Labels;
use crate::render::money::{grouped, said};
use crate::render::{Cell, Sheet};
use crate::report::{Commitments, Group, Key, Money, Why};

/// The exact numbers behind [`Decimal`].
type Exact = rust_decimal::Decimal;

impl Layout<'_> {
    /// The table of commitments: a cell says millions, `~` with estimates in it and `+` with more in other currencies.
    pub(super) fn money_sheet(&self, group: &Group, parts: &[Part<'_>], money: &Money) -> Sheet {
        let labels = self.labels;
        let currency = money.terms.currency.to_string();
        let unit = labels.with("summary-millions", &[("currency", currency.into())]);
        let headings = parts.iter().map(|part| part.heading.clone());
        let totals = [
            labels.text("summary-column-projects"),
            labels.text("summary-column-with-amount"),
        ];
        let mut sheet =
            Sheet::new([unit].into_iter().chain(headings).chain(totals)).numbers_from(1);
        self.narrowed(&mut sheet, parts, None);
        let of_cells = |row: Option<&Key>, part: &Part<'_>| money.sum(group.codes(row, &part.keys));
        for (key, count) in &group.by_row {
            let label = super::key_label(self.rows, key, self.world, labels);
            let cells = parts.iter().map(|part| cell(&of_cells(Some(key), part)));
            let all = money.sum(&count.codes);
            sheet.rows.push(
                [Cell::from(label)]
                    .into_iter()
                    .chain(cells)
                    .chain([cell(&all), of_all(&all, count.projects)])
                    .collect(),
            );
        }
        sheet.parts.push(sheet.rows.len());
        let label = Cell::from(labels.text("summary-row-projects"));
        let cells = parts.iter().map(|part| cell(&of_cells(None, part)));
        let all = money.sum(&group.total.codes);
        sheet.rows.push(
            [label]
                .into_iter()
                .chain(cells)
                .chain([cell(&all), of_all(&all, group.total.projects)])
                .collect(),
        );
        sheet
    }
}

fn of_all(sum: &Commitments, projects: usize) -> Cell {
    Cell::Text(format!("{}/{projects}", sum.projects))
}

fn cell(sum: &Commitments) -> Cell {
    let more = if sum.left_out.is_empty() { "" } else { "+" };
    if sum.projects == 0 {
        return Cell::Text(if more.is_empty() { "·" } else { "?" }.to_owned());
    }
    let about = if sum.estimated.is_zero() { "" } else { "~" };
    let million = Exact::from(1_000_000);
    let figure = sum.amount.checked_div(million).unwrap_or(sum.amount);
    let away = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let whole = figure.round_dp_with_strategy(0, away);
    let figure = if whole.is_zero() && !sum.amount.is_zero() {
        "<1".to_owned()
    } else {
        grouped(&whole.to_string())
    };
    Cell::Text(format!("{about}{figure}{more}"))
}

/// What has been committed in `projects` projects, in one sentence.
pub(in crate::render) fn headline(
    sum: &Commitments,
    projects: usize,
    money: &Money,
    labels: &Labels,
) -> String {
    let currency = money.terms.currency.as_str();
    let values = [
        ("amount", said(currency, Decimal(sum.amount), labels).into()),
        (
            "estimated",
            said(currency, Decimal(sum.estimated), labels).into(),
        ),
        ("with", sum.projects.into()),
        ("projects", projects.into()),
        ("currency", currency.into()),
    ];
    let key = if sum.projects == 0 {
        "summary-commitments-none"
    } else {
        "summary-commitments"
    };
    labels.with(key, &values)
}

/// What the commitments of a group are made from, and what is left out of them.
pub(in crate::render) fn lines(group: &Group, money: &Money, labels: &Labels) -> Vec<String> {
    let currency = money.terms.currency.as_str();
    let sum = money.sum(&group.total.codes);
    let mut lines = vec![headline(&sum, group.total.projects, money, labels)];
    if !sum.by_kind.is_empty() {
        let kinds = sum.by_kind.iter();
        let kinds: Vec<String> = kinds
            .map(|(kind, amount)| {
                format!(
                    "{} {}",
                    labels.word(*kind),
                    said(currency, Decimal(*amount), labels)
                )
            })
            .collect();
        lines.push(labels.with(
            "summary-commitments-kinds",
            &[("list", labels.list(&kinds).into())],
        ));
    }
    if !sum.stopped.is_empty() {
        let stopped = sum.stopped.iter().map(|(status, part)| {
            let amount = said(currency, Decimal(part.amount), labels);
            let words = format!("{} {amount}", labels.word(*status));
            labels.noted(&words, &first_codes(&part.codes, labels))
        });
        let stopped: Vec<String> = stopped.collect();
        lines.push(labels.with(
            "summary-commitments-stopped",
            &[("list", labels.list(&stopped).into())],
        ));
    }
    for why in [Why::NoRate, Why::NoDate] {
        let of_reason = sum
            .left_out
            .iter()
            .filter(|((reason, _), _)| *reason == why);
        let list: Vec<String> = of_reason
            .map(|((_, currency), left)| {
                labels.noted(
                    &said(currency.as_str(), Decimal(left.amount), labels),
                    &first_codes(&left.codes, labels),
                )
            })
            .collect();
        if !list.is_empty() {
            let key = match why {
                Why::NoRate => "summary-commitments-no-rate",
                Why::NoDate => "summary-commitments-no-date",
            };
            lines.push(labels.with(key, &[("list", labels.list(&list).into())]));
        }
    }
    lines
}

fn codes(codes: &BTreeSet<ProjectCode>) -> String {
    let codes: Vec<&str> = codes.iter().map(ProjectCode::as_str).collect();
    codes.join(" ")
}

/// Codes in a sentence; the data list them all.
const CODES: usize = 20;

fn first_codes(codes: &BTreeSet<ProjectCode>, labels: &Labels) -> String {
    let shown: Vec<&str> = codes.iter().take(CODES).map(ProjectCode::as_str).collect();
    let shown = shown.join(" ");
    match codes.len().saturating_sub(CODES) {
        0 => shown,
        more => labels.with(
            "summary-codes-more",
            &[("codes", shown.into()), ("count", more.into())],
        ),
    }
}

/// How the table is to be read, the rule of the counting and the rates: the same for all groups.
pub(super) fn notes(money: &Money, labels: &Labels) -> Vec<String> {
    let mut notes = vec![
        labels.text("summary-commitments-marks"),
        rule(money, labels),
    ];
    let rates: Vec<String> = money
        .rates
        .iter()
        .map(|rate| {
            let (from, to) = (&rate.from_currency, &rate.to_currency);
            format!(
                "{from}/{to} {} ({}, {})",
                rate.rate, rate.on_date, rate.source
            )
        })
        .collect();
    if !rates.is_empty() {
        notes.push(labels.with(
            "summary-commitments-rates",
            &[("list", labels.list(&rates).into())],
        ));
        notes.push(converting(money, labels));
    }
    notes
}

/// Which amounts of a project count.
pub(in crate::render) fn rule(money: &Money, labels: &Labels) -> String {
    let count = [("count", money.set_aside.into())];
    labels.with("summary-commitments-rule", &count)
}

/// By which rates an amount is converted.
pub(in crate::render) fn converting(money: &Money, labels: &Labels) -> String {
    let (key, day) = match money.terms.rates_on {
        Some(day) => ("summary-commitments-one-day", day.to_string()),
        None => ("summary-commitments-own-day", String::new()),
    };
    labels.with(key, &[("date", day.into())])
}

/// The columns of the data that commitments add.
pub(super) const COLUMNS: [&str; 4] = [
    "commitments",
    "commitments_estimated",
    "commitments_projects",
    "commitments_left_out",
];

/// The cells under [`COLUMNS`].
pub(super) fn data(sum: &Commitments) -> [Cell; 4] {
    let left_out = sum.left_out.iter().map(|((_, currency), left)| {
        format!("{currency} {} {}", Decimal(left.amount), codes(&left.codes))
    });
    let left_out: Vec<String> = left_out.collect();
    [
        Cell::Text(Decimal(sum.amount).to_string()),
        Cell::Text(Decimal(sum.estimated).to_string()),
        Cell::Count(sum.projects),
        if left_out.is_empty() {
            Cell::Blank
        } else {
            Cell::list(left_out)
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_zero_is_zero() {
        let text = |amount: &str| {
            let amount = amount.parse().expect("an amount");
            let projects = 1;
            cell(&Commitments {
                amount,
                projects,
                ..Commitments::default()
            })
        };
        for (amount, shown) in [("0", "0"), ("0.00", "0"), ("499999", "<1"), ("500000", "1")] {
            assert_eq!(text(amount), Cell::Text(shown.to_owned()), "{amount}");
        }
    }
}
