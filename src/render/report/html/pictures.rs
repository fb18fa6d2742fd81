//! The pictures that people expect, each with a table of the same figures: the course of the cooperation, who works with whom, and
//! who went from which status to which.

use std::collections::BTreeMap;

use super::super::chart::{Stack, rows};
use super::parts::{Figure, Swatch, Table};
use super::{Links, MeetingView};
use crate::domain::Status;
use crate::render::layout::width_of;
use crate::render::report::codes::in_short;
use crate::render::report::palette::class_of;
use crate::render::{Cell, Labels, Sheet, printable};
use crate::report::{MeetingGroup, Passage, Tie};
use crate::store::LineParty;

/// Ranges of codes in a cell.
const RANGES: usize = 12;

/// A picture, and the table of its figures.
pub(super) struct Course {
    pub(super) figure: Figure,
    pub(super) table: Table,
}

impl Course {
    /// Returns the meetings and the starts of projects by year; None when there are none.
    pub(super) fn of(view: &MeetingView, links: &Links<'_>, labels: &Labels) -> Option<Self> {
        let years = &view.report.course;
        let keys = [
            "dimension-year",
            "report-meetings",
            "report-started",
            "field-codes",
        ];
        let mut sheet = Sheet::new(keys.map(|key| labels.text(key)));
        for year in years {
            let met = year.meetings.iter().map(|met| {
                let title = labels.marked_title(&met.title, met.is_translated, true);
                format!("{} {title}", met.on_date)
            });
            let met: Vec<String> = met.collect();
            sheet.rows.push(vec![
                Cell::from(year.year.to_string()),
                Cell::from(met.join("; ")),
                Cell::Count(year.started.len()),
                Cell::from(in_short(&year.started, RANGES)),
            ]);
        }
        let stacks: Vec<Stack> = years
            .iter()
            .map(|year| Stack {
                label: year.year.to_string(),
                mark: "◆".repeat(year.meetings.len().min(9)),
                parts: vec![(Some(Status::Implementing), year.started.len())],
            })
            .collect();
        let caption = labels.text("report-course-of");
        let mut legend = Swatch::of(Some(Status::Implementing), None, links, labels);
        legend.label = labels.text("report-started");
        (!years.is_empty()).then(|| Self {
            figure: Figure {
                id: "timeline".to_owned(),
                caption: caption.clone(),
                bars: rows(&stacks),
                legend: vec![legend],
            },
            table: Table::of(&sheet, caption, labels),
        })
    }
}

/// Partners on two sides, and lines between those who work together.
pub(super) struct Network {
    pub(super) height: i32,
    pub(super) chinese: Vec<(String, i32)>,
    pub(super) japanese: Vec<(String, i32)>,
    pub(super) lines: Vec<Thread>,
    pub(super) table: Table,
}

/// A line from the left to the right.
pub(super) struct Thread {
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) width: usize,
}

impl Network {
    /// Pairs that are drawn, and pairs in the table.
    const DRAWN: usize = 24;
    const LISTED: usize = 60;
    const PITCH: i32 = 24;
    /// Columns of a name at most: so many fit on a phone.
    const NAME: usize = 24;

    /// Returns who works with whom; None when nobody does.
    pub(super) fn of(view: &MeetingView, labels: &Labels) -> Option<Self> {
        let ties = Tie::all(&view.report.projects.projects);
        let drawn = || ties.iter().take(Self::DRAWN);
        let name = |party: &LineParty| printable(labels.name(party.names()));
        let (mut left, mut right) = (Side::default(), Side::default());
        let lines = drawn().map(|tie| Thread {
            from: left.place(&tie.chinese.party, || name(tie.chinese)),
            to: right.place(&tie.japanese.party, || name(tie.japanese)),
            width: tie.codes.len().min(6),
        });
        let lines = lines.collect();
        let keys = [
            "report-chinese-partner",
            "report-japanese-partner",
            "field-projects",
            "field-codes",
        ];
        let mut sheet = Sheet::new(keys.map(|key| labels.text(key)));
        for tie in ties.iter().take(Self::LISTED) {
            let codes: Vec<_> = tie.codes.iter().map(|code| (*code).clone()).collect();
            sheet.rows.push(vec![
                Cell::from(name(tie.chinese)),
                Cell::from(name(tie.japanese)),
                Cell::Count(codes.len()),
                Cell::from(in_short(&codes, RANGES)),
            ]);
        }
        let mut table = Table::of(&sheet, labels.text("report-partners-of"), labels);
        table.note = super::words::cut(Self::LISTED, ties.len(), labels);
        let rows = left.names.len().max(right.names.len());
        (!ties.is_empty()).then(|| Self {
            height: Self::PITCH * i32::try_from(rows).unwrap_or_default(),
            chinese: left.names,
            japanese: right.names,
            lines,
            table,
        })
    }
}

/// The names on one side, each at its height.
#[derive(Default)]
struct Side {
    names: Vec<(String, i32)>,
    places: BTreeMap<String, i32>,
}

impl Side {
    /// Returns the height of a party, which is added when it is not there yet.
    fn place(&mut self, party: &str, name: impl FnOnce() -> String) -> i32 {
        let next = Network::PITCH * i32::try_from(self.names.len()).unwrap_or_default();
        let next = next + Network::PITCH / 2;
        *self.places.entry(party.to_owned()).or_insert_with(|| {
            self.names.push((shortened(&name(), Network::NAME), next));
            next
        })
    }
}

/// Returns a name that is not wider than so many columns.
fn shortened(name: &str, most: usize) -> String {
    if width_of(name) <= most {
        return name.to_owned();
    }
    let mut short = String::new();
    for letter in name.chars() {
        if width_of(&short) + 3 > most {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

/// Where the projects of a group stood on two days: two columns of statuses, and bands between them.
pub(super) struct Flow {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) height: i32,
    pub(super) before: Vec<Node>,
    pub(super) after: Vec<Node>,
    pub(super) bands: Vec<Band>,
    pub(super) table: Table,
}

/// A status on one of the days.
pub(super) struct Node {
    pub(super) class: &'static str,
    pub(super) y: i32,
    pub(super) height: i32,
    pub(super) label: String,
    status: Option<Status>,
    /// How far its bands are drawn.
    used: i32,
}

/// Those who went from one status to another, as corners in a field that is 100 wide.
pub(super) struct Band {
    pub(super) class: &'static str,
    pub(super) points: String,
}

impl Node {
    /// Returns the middle of the node.
    pub(super) fn middle(&self) -> i32 {
        self.y + self.height / 2
    }
}

impl Flow {
    /// The height of all projects together.
    const ALL: i32 = 180;

    /// Returns who of a group went where since the last meeting; None when no meeting is recorded.
    pub(super) fn of(
        view: &MeetingView,
        name: &str,
        other: &MeetingGroup,
        labels: &Labels,
    ) -> Option<Self> {
        let day = view.report.changes.as_ref()?.day_before()?.to_string();
        let passages = &other.passages;
        let all: usize = passages.iter().map(|one| one.codes.len()).sum();
        let height = |count: usize| {
            let share = i32::try_from(count * 180 / all.max(1)).unwrap_or(Self::ALL);
            share.max(2)
        };
        let nodes = |status_of: fn(&Passage) -> Option<Status>| {
            let mut counts = BTreeMap::<_, (usize, i32)>::new();
            for one in passages {
                let status = status_of(one);
                let (count, used) = counts.entry((status.is_none(), status)).or_default();
                *count += one.codes.len();
                *used += height(one.codes.len());
            }
            let mut y = 4;
            let node = |((_, status), (count, height)): ((bool, Option<Status>), (usize, i32))| {
                // A label is higher than a small number of projects.
                let space = height.max(18);
                let node = Node {
                    class: class_of(status),
                    y: y + (space - height) / 2,
                    height,
                    label: format!("{} {count}", status_word(status, labels)),
                    status,
                    used: 0,
                };
                y += space + 6;
                node
            };
            counts.into_iter().map(node).collect::<Vec<_>>()
        };
        let (mut before, mut after) = (nodes(|one| one.from), nodes(|one| one.to));
        let mut bands = Vec::new();
        for one in passages {
            let thick = height(one.codes.len());
            let start = take(&mut before, one.from, thick);
            let end = take(&mut after, one.to, thick);
            bands.push(Band {
                class: class_of(one.to),
                points: format!(
                    "0,{start} 100,{end} 100,{} 0,{}",
                    end + thick,
                    start + thick
                ),
            });
        }
        let foot = |nodes: &[Node]| nodes.last().map_or(0, |node| node.y + node.height.max(18));
        let values = [
            ("group", name.to_owned().into()),
            ("from", day.clone().into()),
            ("to", view.report.frame.as_of.day.to_string().into()),
        ];
        let caption = labels.with("report-flow-of", &values);
        (!passages.is_empty()).then(|| Self {
            id: format!("flow-{}", other.group.to_lowercase()),
            height: foot(&before).max(foot(&after)) + 4,
            table: flow_table(passages, &caption, labels),
            caption,
            before,
            after,
            bands,
        })
    }
}

/// Returns where the next band of a status begins, and takes its thickness.
fn take(nodes: &mut [Node], status: Option<Status>, thick: i32) -> i32 {
    let node = nodes.iter_mut().find(|node| node.status == status);
    node.map_or(0, |node| {
        node.used += thick;
        node.y + node.used - thick
    })
}

fn status_word(status: Option<Status>, labels: &Labels) -> String {
    status.map_or_else(|| labels.text("report-flow-none"), |word| labels.word(word))
}

fn flow_table(passages: &[Passage], caption: &str, labels: &Labels) -> Table {
    let keys = [
        "report-before",
        "report-now",
        "field-projects",
        "field-codes",
    ];
    let mut sheet = Sheet::new(keys.map(|key| labels.text(key)));
    for one in passages {
        sheet.rows.push(vec![
            Cell::from(status_word(one.from, labels)),
            Cell::from(status_word(one.to, labels)),
            Cell::Count(one.codes.len()),
            Cell::from(in_short(&one.codes, RANGES)),
        ]);
    }
    Table::of(&sheet, caption.to_owned(), labels)
}
