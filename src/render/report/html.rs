//! The report as one page of HTML that needs nothing else: no network, no other file. Its one style sheet and its one script are
//! let in by their hashes and nothing else is; every text is escaped by the template.

mod cards;
mod charts;
mod commitments;
mod links;
mod map;
mod parts;
mod pictures;
mod projects;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::{MeetingView, tables, words};
use crate::domain::{CountryCode, Language, Status, Vocabulary as _};
use crate::render::{Error, Labels, phrased, printable};
use crate::report::{CARDS, Group, Key, MeetingGroup};
use cards::Card;
use commitments::{Commitments, figure as committed};
use links::{Choice, Links, List, mode_of};
use map::Map;
use parts::{Curves, Figure, Swatch, Table};
use pictures::{Course, Flow, Network};
use projects::{Choices, Row};

const STYLE: &str = concat!(
    include_str!("templates/colours.css"),
    include_str!("templates/report.css")
);
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
    day: String,
    known_at: String,
    /// The same for people.
    known_at_here: String,
    origin: &'a str,
    conditions: String,
    trace: Vec<(String, String)>,
    again: String,
    legend: Vec<Swatch>,
    groups: Vec<Section>,
    /// The width and the height of the map, and its coastlines.
    land: (&'static str, &'static str),
    course: Option<Course>,
    network: Option<Network>,
    commitments: Option<Commitments>,
    met: Option<String>,
    changes: Vec<Table>,
    choices: Choices,
    projects: Vec<Row>,
    projects_note: Option<String>,
    cards: Vec<Card>,
    lists: Vec<List>,
    notes: Vec<String>,
}

/// A group of projects on the page.
struct Section {
    name: String,
    held_on: Option<String>,
    /// The sentence under the large number.
    of: String,
    implemented: String,
    implemented_link: Option<String>,
    /// Names, values, and where they lead to.
    figures: Vec<(String, String, Option<String>)>,
    status_bar: Figure,
    modes: Figure,
    modes_table: Table,
    map: Option<Map>,
    countries: Table,
    countries_note: Option<String>,
    years: Option<Figure>,
    years_table: Table,
    years_note: Option<String>,
    curves: Option<Curves>,
    flow: Option<Flow>,
    pace: Table,
    pace_found: Vec<String>,
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
    let projects = &report.projects.projects;
    let links = Links::new(projects, CARDS, labels);
    let sections = view
        .groups()
        .map(|(group, other)| section(view, group, other, &links, labels));
    let sections: Vec<Section> = sections.collect::<Result<_, _>>()?;
    let all = projects.len();
    let page = Page {
        labels,
        language: language_tag(labels),
        style_hash: hash(STYLE),
        script_hash: hash(SCRIPT),
        style: STYLE,
        script: SCRIPT,
        as_of: report.frame.as_of.to_string(),
        day: report.frame.as_of.day.to_string(),
        known_at: report.frame.known_at.to_string(),
        known_at_here: labels.time(report.frame.known_at),
        origin: &report.frame.trace.origin,
        conditions: printable(&report.frame.conditions.join("; ")),
        trace: words::trace(view, labels),
        again: words::again(view, labels, "html"),
        legend: legend(view, &links, labels),
        groups: sections,
        land: map::land(),
        course: Course::of(view, &links, labels),
        network: Network::of(view, labels),
        commitments: Commitments::of(view, labels, MOST.others),
        met: view.met(),
        changes: changes(view, &links, labels),
        choices: Choices::of(view, labels, MOST.projects),
        projects: report
            .projects
            .projects
            .iter()
            .take(MOST.projects)
            .map(|project| Row::of(project, &links, labels))
            .collect(),
        projects_note: words::cut(MOST.projects, all, labels),
        cards: Card::of_first(view, CARDS, labels),
        notes: words::notes(labels),
        lists: links.into_lists(),
    };
    Ok(phrased(&page.render()?, labels.language).into_bytes())
}

/// Returns the language of a page as HTML names it.
pub(super) fn language_tag(labels: &Labels) -> &'static str {
    match labels.language {
        Language::English => "en",
        Language::Chinese => "zh-Hans",
        Language::Japanese => "ja",
    }
}

/// As a Content-Security-Policy writes it.
pub(super) fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// The statuses that occur anywhere on the page.
fn legend(view: &MeetingView, links: &Links<'_>, labels: &Labels) -> Vec<Swatch> {
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
    let among = Choice::default();
    all.map(|status| Swatch::of(status, Some(&among), links, labels))
        .collect()
}

/// The country of a row.
fn host_of(key: &Key) -> Option<CountryCode> {
    key.as_deref().and_then(|code| code.parse().ok())
}

fn changes(view: &MeetingView, links: &Links<'_>, labels: &Labels) -> Vec<Table> {
    let tables = tables::changes(view, labels, MOST.others).into_iter();
    tables
        .map(|(key, count, sheet)| {
            let mut table = Table::of(&sheet, labels.with(key, &[("count", count.into())]), labels);
            table.note = words::cut(MOST.others, count, labels);
            table.leading_to_cards(links)
        })
        .collect()
}

fn section(
    view: &MeetingView,
    group: &Group,
    other: &MeetingGroup,
    links: &Links<'_>,
    labels: &Labels,
) -> Result<Section, Error> {
    let name = view.group_name(group, labels);
    let captioned = |key: &str| labels.with(key, &[("group", name.clone().into())]);
    let (implemented, of) = words::implemented(group, labels);
    let id = group.group.to_lowercase();
    let of_group = Choice::of_group(&group.group);
    let figure = |name: &str, bars, key: &str, statuses: &[Option<Status>]| {
        // What stood in a status at the end of a year is not what stands in it now.
        let among = (name != "years").then_some(&of_group);
        let legend = statuses
            .iter()
            .map(|status| Swatch::of(*status, among, links, labels));
        Figure {
            id: format!("{name}-{id}"),
            caption: captioned(key),
            bars,
            legend: legend.collect(),
        }
    };
    let now = tables::statuses_of(&group.total);
    let ever: Vec<_> = other.timeline.statuses().into_iter().map(Some).collect();
    let (named, rest) = words::named_standstill(other, labels, MOST.others);
    let years_table = Table::of(
        &tables::years(other, labels),
        captioned("report-years-of"),
        labels,
    );
    Ok(Section {
        held_on: group.forum.as_ref().map(|forum| forum.held_on.to_string()),
        of,
        implemented,
        implemented_link: links.to(&Choice {
            is_implemented: true,
            ..of_group.clone()
        }),
        figures: figures(view, group, other, links, labels),
        status_bar: figure(
            "status",
            charts::status_bar(group, links, labels),
            "report-statuses-of",
            &now,
        ),
        modes: figure(
            "modes",
            charts::modes(view, group, links, labels),
            "report-modes-of",
            &now,
        ),
        modes_table: modes_table(view, group, captioned("report-modes-of"), links, labels),
        map: Map::of(view, group, captioned("report-map-of"), links, labels),
        countries: countries_table(view, group, captioned("report-countries-of"), links, labels),
        countries_note: words::cut(MOST.countries, tables::stated(group), labels),
        years: (!years_table.rows.is_empty())
            .then(|| charts::years(other))
            .map(|bars| figure("years", bars, "report-years-of", &ever)),
        years_table,
        years_note: other
            .timeline
            .is_cut
            .then(|| labels.text("report-years-cut")),
        curves: charts::curves(other, labels).map(|drawing| Curves {
            id: format!("pace-{id}"),
            caption: captioned("report-pace-of"),
            drawing,
        }),
        flow: Flow::of(view, &name, other, labels),
        pace: Table::of(
            &tables::pace(other, labels),
            captioned("report-pace-of"),
            labels,
        ),
        pace_found: words::found_on_pace(group, other, labels),
        pace_notes: words::on_pace(other, labels),
        standstill_notes: words::on_standstill(view, other, labels),
        standstill: Table::of(
            &tables::standstill(&named, labels).without_blank_columns(),
            captioned("report-standstill-of"),
            labels,
        )
        .leading_to_cards(links),
        standstill_rest: rest,
        not_known: words::not_known(view, group, other, labels),
        name,
    })
}

fn modes_table(
    view: &MeetingView,
    group: &Group,
    caption: String,
    links: &Links<'_>,
    labels: &Labels,
) -> Table {
    let statuses = tables::statuses_of(&group.total);
    let table = Table::of(&tables::modes(view, group, labels), caption, labels);
    table.linked(links, |row, column| Choice {
        mode: group.by_row.get(row).map(|(key, _)| mode_of(key)),
        status: column.and_then(|column| statuses.get(column).copied()),
        ..Choice::of_group(&group.group)
    })
}

fn countries_table(
    view: &MeetingView,
    group: &Group,
    caption: String,
    links: &Links<'_>,
    labels: &Labels,
) -> Table {
    let countries = tables::countries(view, group, labels, MOST.countries);
    let (modes, hosts) = tables::keys_of_countries(group, MOST.countries);
    let table = Table::of(&countries, caption, labels);
    let linked = table.linked(links, |row, column| Choice {
        host: hosts.get(row).map(|key| host_of(key)),
        mode: column.and_then(|column| modes.get(column)).map(mode_of),
        ..Choice::of_group(&group.group)
    });
    linked.shaded(group.total.projects)
}

/// The figures beside the large number.
fn figures(
    view: &MeetingView,
    group: &Group,
    other: &MeetingGroup,
    links: &Links<'_>,
    labels: &Labels,
) -> Vec<(String, String, Option<String>)> {
    let identified = Choice {
        is_identified: true,
        ..Choice::of_group(&group.group)
    };
    let standstill = || Some("#standstill".to_owned());
    let links = [links.to(&identified), standstill(), standstill(), None];
    let stated = words::figures(view, group, other, labels);
    let mut figures: Vec<_> = stated
        .into_iter()
        .zip(links)
        .map(|((name, value), link)| (name, value, link))
        .collect();
    let committed = committed(view, group, labels).into_iter();
    figures.extend(committed.map(|(name, value)| (name, value, Some("#commitments".to_owned()))));
    figures
}
