//! The brief: the report for a meeting on one page. What the agreements have come to, what moved, what stands still, what to ask
//! about and what is not known, each figure with its projects.

mod ask;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Changes, Commitments, Frame, Gathered, Group, Key, Meeting, MeetingGroup, MeetingReport, Money,
    Named, Period, ProjectEntry, ProjectName, Summary, World, is_third_country,
};
use crate::domain::{Dimension, PartialDate, ProjectCode, Status, Vocabulary as _};
use crate::store::Forum;
use ask::ask;

/// A meeting's report on one page.
#[derive(Debug, Serialize)]
pub(crate) struct Brief {
    #[serde(flatten)]
    pub(crate) frame: Frame,
    pub(crate) groups: Vec<BriefGroup>,
    /// The last meeting before that day; none when none is recorded.
    pub(crate) last_meeting: Option<Meeting>,
    /// What happened since then: moves first, then new projects, then other events, each the latest first.
    pub(crate) news: Vec<News>,
    pub(crate) ask: Vec<Question>,
    /// In which money the commitments are counted, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) money: Option<Money>,
}

/// What a forum's agreements, or the other projects, have come to.
#[derive(Debug, Serialize)]
pub(crate) struct BriefGroup {
    /// The forum's code, or `other`.
    pub(crate) group: String,
    #[serde(skip)]
    pub(crate) forum: Option<Forum>,
    pub(crate) all: Figure,
    pub(crate) implemented: Figure,
    pub(crate) implementation_rate: Option<f64>,
    pub(crate) by_status: Vec<Standing>,
    /// Hosts other than China and Japan, those with the most projects first.
    pub(crate) third_countries: Vec<String>,
    pub(crate) in_third_countries: Figure,
    pub(crate) in_china_or_japan: Figure,
    pub(crate) stalled: Option<Spell>,
    pub(crate) silent: Option<Spell>,
    pub(crate) not_known: Vec<NotKnown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commitments: Option<Commitments>,
}

/// Projects, counted and named.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Figure {
    pub(crate) projects: usize,
    pub(crate) codes: Vec<ProjectCode>,
}

/// The projects in one status.
#[derive(Debug, Serialize)]
pub(crate) struct Standing {
    pub(crate) status: Option<Status>,
    #[serde(flatten)]
    pub(crate) figure: Figure,
}

/// Projects of which something has been so for long, and since when: the earliest and the latest date among them.
#[derive(Debug, Serialize)]
pub(crate) struct Spell {
    #[serde(flatten)]
    pub(crate) figure: Figure,
    pub(crate) first: Option<PartialDate>,
    pub(crate) last: Option<PartialDate>,
}

/// Projects of which something is not known.
#[derive(Debug, Serialize)]
pub(crate) struct NotKnown {
    pub(crate) what: &'static str,
    #[serde(flatten)]
    pub(crate) figure: Figure,
}

/// Something that happened to a project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct News {
    #[serde(flatten)]
    pub(crate) project: ProjectName,
    pub(crate) on_date: Option<PartialDate>,
    #[serde(flatten)]
    pub(crate) what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum What {
    /// It went through these statuses.
    Moved { path: Vec<Status> },
    /// It got its first status.
    New { status: Option<Status> },
    Event {
        kind: crate::domain::EventKind,
        text: Option<String>,
    },
}

/// A project to ask about, and why.
#[derive(Debug, Serialize)]
pub(crate) struct Question {
    #[serde(flatten)]
    pub(crate) project: ProjectEntry,
    pub(crate) reason: Reason,
    /// Since when it is so: the due date, the last evidence, or the date of the status.
    pub(crate) since: Option<PartialDate>,
}

/// Why a project is worth asking about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reason {
    /// A milestone is overdue.
    Overdue,
    /// Committed or under way, and nothing is heard of it.
    NoNews,
    /// Identified, proposed or signed, and no move since.
    Stalled,
    Suspended,
}

impl What {
    /// Returns its word.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Moved { .. } => "moved",
            Self::New { .. } => "new",
            Self::Event { .. } => "event",
        }
    }
}

impl Reason {
    /// Returns its word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::NoNews => "no_news",
            Self::Stalled => "stalled",
            Self::Suspended => "suspended",
        }
    }
}

impl Brief {
    /// Returns the brief on what was gathered for a meeting.
    pub(crate) fn of(gathered: Gathered, world: &World) -> Self {
        let by = (Dimension::Status, Dimension::Country);
        let (filter, horizon) = (gathered.filter.clone(), gathered.horizon);
        let standings = Summary::of(&gathered.lines, world, filter, by, horizon, None);
        let report = MeetingReport::of(gathered, world);
        let (projects, money) = (report.projects.projects, report.summary.money);
        let groups = standings.groups.into_iter().filter_map(|group| {
            let other = report.groups.iter().find(|one| one.group == group.group)?;
            Some(BriefGroup::of(group, other, &projects, money.as_ref()))
        });
        let groups = groups.collect();
        Self {
            frame: report.frame,
            groups,
            last_meeting: report.changes.as_ref().and_then(met),
            news: report.changes.as_ref().map(news).unwrap_or_default(),
            ask: ask(&report.groups, projects),
            money,
        }
    }
}

/// Returns the meeting after which the changes begin.
fn met(changes: &Changes) -> Option<Meeting> {
    match &changes.period {
        Period::Effective { after_meeting, .. } => after_meeting.clone(),
        Period::Recorded { .. } => None,
    }
}

impl BriefGroup {
    fn of(
        group: Group,
        other: &MeetingGroup,
        projects: &[ProjectEntry],
        money: Option<&Money>,
    ) -> Self {
        let members = || {
            let forum = group.forum.as_ref().map(|forum| forum.code.as_str());
            let is_member = move |one: &&ProjectEntry| one.forum.as_deref() == forum;
            projects.iter().filter(is_member)
        };
        let open = |what, is_open: fn(&ProjectEntry) -> bool| NotKnown {
            what,
            figure: Figure::of(members().filter(|one| is_open(one)).map(|one| &one.code)),
        };
        let not_known = [
            open("identified", |one| !one.identified),
            open("mode", |one| one.mode.is_none()),
            open("country", |one| one.hosts.is_empty()),
            open("sector", |one| one.sector.is_none()),
            open("status", |one| one.status.is_none()),
        ];
        let hosts = || group.by_column.iter().map(|(key, _)| key);
        let stated = hosts().filter(|key| key.is_some());
        let (third, home): (Vec<&Key>, Vec<&Key>) = stated.partition(|key| is_third_country(key));
        let is_implemented = |key: &Key| status_of(key).is_some_and(Status::is_implemented);
        let implemented = group.by_row.iter().filter(|(key, _)| is_implemented(key));
        Self {
            all: Figure::of(members().map(|one| &one.code)),
            implemented: Figure::of(implemented.flat_map(|(_, count)| &count.codes)),
            implementation_rate: group.total.implementation_rate(),
            by_status: group
                .by_row
                .iter()
                .map(|(key, count)| Standing {
                    status: status_of(key),
                    figure: Figure::of(&count.codes),
                })
                .collect(),
            third_countries: third.iter().filter_map(|key| (*key).clone()).collect(),
            in_third_countries: Figure::of(group.codes(None, &third)),
            in_china_or_japan: Figure::of(group.codes(None, &home)),
            stalled: Spell::of(&other.progress.stalled),
            silent: Spell::of(&other.progress.silent),
            not_known: not_known
                .into_iter()
                .filter(|one| one.figure.projects > 0)
                .collect(),
            commitments: money.map(|money| money.sum(&group.total.codes)),
            group: group.group,
            forum: group.forum,
        }
    }
}

fn status_of(key: &Key) -> Option<Status> {
    let word = key.as_deref()?;
    Status::ALL
        .iter()
        .copied()
        .find(|status| status.word() == word)
}

impl Figure {
    /// Returns the projects with these codes, each once and in order.
    pub(crate) fn of<'a>(codes: impl IntoIterator<Item = &'a ProjectCode>) -> Self {
        let codes: BTreeSet<_> = codes
            .into_iter()
            .map(|code| (code.as_str().len(), code))
            .collect();
        Self {
            projects: codes.len(),
            codes: codes.into_iter().map(|(_, code)| code.clone()).collect(),
        }
    }
}

impl Spell {
    fn of(named: &[Named]) -> Option<Self> {
        let since = || named.iter().filter_map(|one| one.since);
        (!named.is_empty()).then(|| Self {
            figure: Figure::of(named.iter().map(|one| &one.code)),
            first: since().min_by_key(|date| date.last_day()),
            last: since().max_by_key(|date| date.last_day()),
        })
    }
}

/// Returns everything that happened in one list: moves first, then new projects, then other events, each the latest first.
pub(crate) fn news(changes: &Changes) -> Vec<News> {
    let moved = changes.moved.iter().map(|one| News {
        project: one.project.clone(),
        on_date: one.status_on,
        what: What::Moved {
            path: one.path.clone(),
        },
    });
    let new = changes.new.iter().map(|one| News {
        project: one.project.clone(),
        on_date: one.status_on,
        what: What::New { status: one.status },
    });
    let events = changes.events.iter().flat_map(|one| {
        one.events.iter().map(|event| News {
            project: one.project.clone(),
            on_date: event.on_date,
            what: What::Event {
                kind: event.kind,
                text: event.text.clone(),
            },
        })
    });
    let mut news: Vec<News> = moved.chain(new).chain(events).collect();
    let kind = |what: &What| match what {
        What::Moved { .. } => 0,
        What::New { .. } => 1,
        What::Event { .. } => 2,
    };
    let day = |one: &News| one.on_date.map(PartialDate::last_day);
    news.sort_by_key(|one| (kind(&one.what), Reverse(day(one)), one.project.code.clone()));
    news
}

#[cfg(test)]
mod tests;
