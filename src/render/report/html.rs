//! The report as one page of HTML that needs nothing else: no network, no other file. Its one style sheet and its one script are
//! let in by their hashes and nothing else is; every text is escaped by the template.

mod charts;
mod commitments;
mod parts;
mod projects;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::chart;
use super::{MeetingView, tables, words};
use crate::domain::{Status, Vocabulary as _};
use crate::render::{Error, Labels, printable};
use crate::report::{Group, MeetingGroup};
use commitments::{Commitments, figure as committed};
use parts::{Figure, Swatch, Table};
use projects::{Choices, Row};

const STYLE: &str = include_str!("templates/report.css");
const SCRIPT: &str = include_str!("templates/report.js");

/// Rows of the tables at most: a browser has to open the page, and somebody may print it.
struct Most {
    projects: usize,
    countries: usize,
    others: usize,
}
const MOST: Most = Most {
    projects: 2_000,
    countries: 60,
    others: 100,
};

/// The page as the template sees it.
#[derive(Template)]
#[template(
    path = "report.html",
    config = "src/render/report/templates/askama.toml",
    whitespace = "minimize"
)]
struct Page<'a> {
    labels: &'a Labels,
    language: &'static str,
    style_hash: String,
    script_hash: String,
    style: &'static str,
    script: &'static str,
    as_of: String,
    known_at: String,
    origin: &'a str,
    conditions: String,
    trace: Vec<(String, String)>,
    again: String,
    legend: Vec<Swatch>,
    groups: Vec<Section>,
    commitments: Option<Commitments>,
    met: Option<String>,
    changes: Vec<Table>,
    choices: Choices,
    projects: Vec<Row>,
    projects_note: Option<String>,
    sources: Vec<parts::Source>,
    sources_note: Option<String>,
    notes: Vec<String>,
}

/// A group of projects on the page.
struct Section {
    name: String,
    held_on: Option<String>,
    /// The sentence under the large number.
    of: String,
    implemented: String,
    figures: Vec<(String, String)>,
    status_bar: Figure,
    modes: Figure,
    modes_table: Table,
    countries: Table,
    countries_note: Option<String>,
    years: Option<Figure>,
    years_table: Table,
    years_note: Option<String>,
    curves: Option<Figure>,
    pace: Table,
    pace_notes: Vec<String>,
    standstill_notes: Vec<String>,
    standstill: Table,
    standstill_rest: Vec<String>,
    not_known: Vec<String>,
}

impl Page<'_> {
    /// A label.
    fn t(&self, key: &str) -> String {
        self.labels.text(key)
    }

    /// A label with one value.
    fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.labels.with(key, &[(name, value.into())])
    }
}

/// The page as bytes.
pub(super) fn write(view: &MeetingView, labels: &Labels) -> Result<Vec<u8>, Error> {
    let report = &view.report;
    let sections = view
        .groups()
        .map(|(group, other)| section(view, group, other, labels));
    let all = report.projects.projects.len();
    let page = Page {
        labels,
        language: match labels.language {
            crate::domain::Language::English => "en",
            crate::domain::Language::Chinese => "zh-Hans",
            crate::domain::Language::Japanese => "ja",
        },
        style_hash: hash(STYLE),
        script_hash: hash(SCRIPT),
        style: STYLE,
        script: SCRIPT,
        as_of: report.as_of.to_string(),
        known_at: report.known_at.to_string(),
        origin: &report.trace.origin,
        conditions: printable(&report.conditions.join("; ")),
        trace: words::trace(view, labels),
        again: words::again(view, labels, "html"),
        legend: legend(view, labels),
        groups: sections.collect::<Result<_, _>>()?,
        commitments: Commitments::of(view, labels, MOST.others),
        met: view.met(),
        changes: changes(view, labels),
        choices: Choices::of(view, labels, MOST.projects),
        projects: report
            .projects
            .projects
            .iter()
            .take(MOST.projects)
            .map(|project| Row::of(project, labels))
            .collect(),
        projects_note: words::cut(MOST.projects, all, labels),
        sources: report
            .sources
            .iter()
            .take(MOST.others * 5)
            .map(|source| parts::Source::of(source, labels))
            .collect(),
        sources_note: words::cut(MOST.others * 5, report.sources.len(), labels),
        notes: words::notes(labels),
    };
    Ok(page.render()?.into_bytes())
}

/// As a Content-Security-Policy writes it.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// The statuses that occur anywhere on the page.
fn legend(view: &MeetingView, labels: &Labels) -> Vec<Swatch> {
    let occurs = |status: &Option<Status>| {
        let now = tables::statuses_of(&view.report.summary.total).contains(status);
        now || status.is_some_and(|status| {
            view.groups()
                .any(|(_, other)| other.timeline.statuses().contains(&status))
        })
    };
    let all = Status::ALL
        .iter()
        .copied()
        .map(Some)
        .chain([None])
        .filter(occurs);
    all.map(|status| Swatch::of(status, labels)).collect()
}

fn changes(view: &MeetingView, labels: &Labels) -> Vec<Table> {
    let tables = tables::changes(view, labels, MOST.others).into_iter();
    tables
        .map(|(key, count, sheet)| {
            let mut table = Table::of(&sheet, labels.with(key, &[("count", count.into())]), labels);
            table.note = words::cut(MOST.others, count, labels);
            table
        })
        .collect()
}

fn section(
    view: &MeetingView,
    group: &Group,
    other: &MeetingGroup,
    labels: &Labels,
) -> Result<Section, Error> {
    let name = view.group_name(group, labels);
    let captioned = |key: &str| labels.with(key, &[("group", name.clone().into())]);
    let key = if group.forum.is_some() {
        "report-of-agreements"
    } else {
        "report-of-projects"
    };
    let share = group
        .total
        .implementation_rate()
        .map_or_else(String::new, |share| labels.percent(share));
    let of = [
        ("projects", words::grouped(group.total.projects).into()),
        ("share", share.into()),
    ];
    let id = group.group.to_lowercase();
    let figure = |name: &str, drawing, key: &str, statuses: &[Option<Status>]| {
        let legend = statuses.iter().map(|status| Swatch::of(*status, labels));
        Figure::of(
            format!("{name}-{id}"),
            captioned(key),
            drawing,
            legend.collect(),
        )
    };
    let now = tables::statuses_of(&group.total);
    let ever: Vec<_> = other.timeline.statuses().into_iter().map(Some).collect();
    let countries = tables::countries(view, group, labels, MOST.countries);
    let (named, rest) = words::named_standstill(other, labels, MOST.others);
    let years_table = Table::of(
        &tables::years(other, labels),
        captioned("report-years-of"),
        labels,
    );
    Ok(Section {
        held_on: group.forum.as_ref().map(|forum| forum.held_on.to_string()),
        of: labels.with(key, &of),
        implemented: words::grouped(group.total.implemented),
        figures: figures(view, group, other, labels),
        status_bar: figure(
            "status",
            charts::status_bar(group)?,
            "report-statuses-of",
            &now,
        ),
        modes: figure(
            "modes",
            charts::modes(view, group, labels)?,
            "report-modes-of",
            &now,
        ),
        modes_table: Table::of(
            &tables::modes(view, group, labels),
            captioned("report-modes-of"),
            labels,
        ),
        countries: Table::of(&countries, captioned("report-countries-of"), labels)
            .shaded(group.total.projects),
        countries_note: words::cut(MOST.countries, tables::stated(group), labels),
        years: (!years_table.rows.is_empty())
            .then(|| charts::years(other))
            .transpose()?
            .map(|drawing| figure("years", drawing, "report-years-of", &ever)),
        years_table,
        years_note: other
            .timeline
            .is_cut
            .then(|| labels.text("report-years-cut")),
        curves: charts::curves(other, labels)?
            .map(|drawing| figure("pace", drawing, "report-pace-of", &[])),
        pace: Table::of(
            &tables::pace(other, labels),
            captioned("report-pace-of"),
            labels,
        ),
        pace_notes: words::on_pace(other, labels),
        standstill_notes: words::on_standstill(view, other, labels),
        standstill: Table::of(
            &tables::standstill(&named, labels).without_blank_columns(),
            captioned("report-standstill-of"),
            labels,
        ),
        standstill_rest: rest,
        not_known: words::not_known(view, group, other, labels),
        name,
    })
}

/// The figures beside the large number.
fn figures(
    view: &MeetingView,
    group: &Group,
    other: &MeetingGroup,
    labels: &Labels,
) -> Vec<(String, String)> {
    let limits = view.report.limits;
    let months = |key: &str, months: u32| labels.with(key, &[("months", months.into())]);
    let age = other.progress.evidence_age.median.map_or_else(
        || labels.text("not-stated"),
        |days| labels.with("report-days", &[("days", words::grouped(days).into())]),
    );
    let mut figures = vec![
        (
            labels.text("report-identified"),
            words::grouped(group.total.identified),
        ),
        (
            months("report-stalled", limits.stalled_months),
            words::grouped(other.progress.stalled.len()),
        ),
        (
            months("report-silent", limits.silent_months),
            words::grouped(other.progress.silent.len()),
        ),
        (labels.text("report-evidence-age"), age),
    ];
    figures.extend(committed(view, group, labels));
    figures
}
