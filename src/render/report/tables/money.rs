//! What has been committed in money: by mode and by country, the amounts that it is made from, and the rates.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{MeetingView, headings};
use crate::domain::{Decimal, Dimension};
use crate::render::money::exact;
use crate::render::{Cell, Labels, Sheet};
use crate::report::{Commitments, Count, Counted, Group, Key, Money, Why};

/// Modes with their commitments; the last row counts each project once.
pub(in crate::render::report) fn by_mode(
    view: &MeetingView,
    group: &Group,
    money: &Money,
    labels: &Labels,
) -> Sheet {
    let rows = group.by_row.iter().collect();
    table(view, (Dimension::Mode, rows), group, money, labels)
}

/// Countries in which an amount is known, with their commitments; the last row counts each project once.
pub(in crate::render::report) fn by_country(
    view: &MeetingView,
    group: &Group,
    money: &Money,
    labels: &Labels,
) -> Sheet {
    let is_known = |(_, count): &&(Key, Count)| {
        let sum = count.commitments.as_ref();
        sum.is_some_and(|sum| sum.projects > 0 || !sum.left_out.is_empty())
    };
    let rows = group.by_column.iter().filter(is_known).collect();
    table(view, (Dimension::Country, rows), group, money, labels)
}

fn table(
    view: &MeetingView,
    (dimension, keyed): (Dimension, Vec<&(Key, Count)>),
    group: &Group,
    money: &Money,
    labels: &Labels,
) -> Sheet {
    let currency = money.terms.currency.to_string();
    let all = [
        labels.word(dimension),
        labels.with("report-in-currency", &[("currency", currency.into())]),
    ];
    let figures = [
        "report-of-it-estimated",
        "report-projects-in-it",
        "summary-row-projects",
        "report-not-converted",
    ];
    let mut sheet = Sheet::new(all.into_iter().chain(headings(&figures, labels)))
        .numbers_from(1)
        .narrow([20, 16, 15, 8, 6, 14]);
    if let Some(last) = sheet.columns.last_mut() {
        last.is_number = false;
    }
    sheet.parts = vec![keyed.len()];
    let total = (labels.text("summary-row-projects"), &group.total);
    let rows = keyed
        .into_iter()
        .map(|(key, count)| (view.label(dimension, key, labels), count));
    for (name, count) in rows.chain([total]) {
        let mut row = vec![Cell::from(name)];
        row.extend(count.commitments.iter().flat_map(sums));
        row.insert(row.len().min(4), Cell::Count(count.projects));
        sheet.rows.push(row);
    }
    sheet
}

/// The sum, what of it is estimated, how many projects it is made of, and in which currencies there is more.
fn sums(sum: &Commitments) -> [Cell; 4] {
    let (amount, estimated) = match (sum.projects, sum.left_out.is_empty()) {
        (0, true) => (Cell::NotStated, Cell::Blank),
        (0, false) => (Cell::Blank, Cell::Blank),
        _ => (
            Cell::Amount(Decimal(sum.amount)),
            Cell::Amount(Decimal(sum.estimated)),
        ),
    };
    let currencies = sum.left_out.keys().map(|(_, currency)| currency.as_str());
    let currencies: BTreeSet<&str> = currencies.collect();
    let left_out = if currencies.is_empty() {
        Cell::Blank
    } else {
        Cell::from(currencies.into_iter().collect::<Vec<_>>().join(" "))
    };
    [amount, estimated, Cell::Count(sum.projects), left_out]
}

/// The amounts of a group that count, the largest first and what is not converted last: at most so many, and how many there are.
pub(in crate::render::report) fn amounts(
    view: &MeetingView,
    group: &Group,
    money: &Money,
    labels: &Labels,
    most: usize,
) -> (Sheet, usize) {
    let titles: BTreeMap<_, _> = view
        .report
        .projects
        .projects
        .iter()
        .map(|project| (&project.code, project))
        .collect();
    let mut all: Vec<_> = money
        .amounts()
        .filter(|(code, _)| group.total.codes.contains(*code))
        .collect();
    let size = |counted: &Counted| counted.converted.as_ref().ok().map(|sum| sum.amount);
    all.sort_by_key(|(_, counted)| Reverse(size(counted)));
    let currency = money.terms.currency.to_string();
    let keys = ["field-code", "field-title", "field-amount", "field-date"];
    let in_currency = labels.with("report-in-currency", &[("currency", currency.into())]);
    let mut sheet = Sheet::new(headings(&keys, labels).into_iter().chain([in_currency]))
        .numbers_from(4)
        .narrow([7, usize::MAX, 23, 10, 16]);
    for (code, counted) in all.iter().take(most) {
        let title = titles.get(code);
        let title = title.map(|project| {
            labels.marked_title(&project.title, project.is_translated, project.identified)
        });
        let [_, converted] = converted(counted, labels);
        sheet.rows.push(vec![
            Cell::from(code.as_str()),
            Cell::or_not_stated(title),
            stated(counted, labels),
            Cell::or_not_stated(counted.on_date),
            converted,
        ]);
    }
    (sheet, all.len())
}

/// `Loan JPY 54,000,000,000 (estimated, USD/JPY/2018-10-26)`.
fn stated(counted: &Counted, labels: &Labels) -> Cell {
    let amount = exact(counted.currency.as_str(), Decimal(counted.amount));
    let text = format!("{} {amount}", labels.word(counted.kind));
    let mut notes: Vec<String> = Vec::new();
    if counted.estimated {
        notes.push(labels.text("estimated"));
    }
    if let [Cell::Text(rate), _] = converted(counted, labels) {
        notes.push(rate);
    }
    Cell::from(if notes.is_empty() {
        text
    } else {
        labels.noted(&text, &labels.list(&notes))
    })
}

/// The rate and the converted amount, or why there are none.
pub(in crate::render::report) fn converted(counted: &Counted, labels: &Labels) -> [Cell; 2] {
    match &counted.converted {
        Ok(converted) => {
            let rate = converted.rate.as_deref();
            let rate = rate.map_or(Cell::Blank, Cell::from);
            [rate, Cell::Amount(Decimal(converted.amount))]
        }
        Err(Why::NoRate) => [Cell::from(labels.text("report-no-rate")), Cell::Blank],
        Err(Why::NoDate) => [Cell::from(labels.text("report-no-date")), Cell::Blank],
    }
}

/// The rates that were used, each with its day and its source.
pub(in crate::render::report) fn rates(
    view: &MeetingView,
    money: &Money,
    labels: &Labels,
) -> Sheet {
    let keys = [
        "field-rate",
        "report-rate-value",
        "field-date",
        "field-source",
    ];
    let mut sheet = Sheet::new(headings(&keys, labels)).narrow([18, 10, 10]);
    if let Some(value) = sheet.columns.get_mut(1) {
        value.is_number = true;
    }
    for rate in &money.rates {
        let mut sources = view.report.sources.iter();
        let source = sources.find(|source| source.code == rate.source);
        let said = source.into_iter().flat_map(|source| {
            let title = source.title.as_deref().map(Cow::Borrowed);
            let title = title.or_else(|| source.shown_address());
            let publisher = source.publisher.as_deref().map(Cow::Borrowed);
            [title, publisher]
                .into_iter()
                .flatten()
                .map(Cow::into_owned)
        });
        let named: Vec<String> = [rate.source.clone()].into_iter().chain(said).collect();
        sheet.rows.push(vec![
            Cell::from(rate.code.as_str()),
            Cell::from(rate.rate.to_string()),
            Cell::from(rate.on_date.to_string()),
            Cell::from(labels.list(&named)),
        ]);
    }
    sheet
}
