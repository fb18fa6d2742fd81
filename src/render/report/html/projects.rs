//! The table of all projects: its rows, and what it can be filtered by.

use std::collections::BTreeSet;

use super::links::{Links, UNSTATED};
use super::{MeetingView, tables};
use crate::domain::{CountryCode, Language, Mode, Status, Vocabulary as _};
use crate::render::report::palette::class_of;
use crate::render::{Labels, printable};
use crate::report::ProjectEntry;

/// A project as a row.
pub(super) struct Row {
    pub(super) code: String,
    /// The card of the project.
    pub(super) link: Option<String>,
    pub(super) title: String,
    /// Where the title is in another language than the page.
    pub(super) title_language: Option<&'static str>,
    pub(super) is_identified: bool,
    pub(super) partners: String,
    pub(super) group: String,
    pub(super) mode: &'static str,
    pub(super) mode_label: Option<String>,
    pub(super) hosts: Option<String>,
    /// The codes of the hosts, with blanks between them.
    pub(super) host_codes: String,
    pub(super) is_implemented: bool,
    pub(super) status: &'static str,
    pub(super) status_label: String,
    pub(super) since: Option<String>,
    pub(super) evidence: Option<String>,
}

impl Row {
    pub(super) fn of(project: &ProjectEntry, links: &Links<'_>, labels: &Labels) -> Self {
        let codes: Vec<&str> = project.hosts.iter().map(CountryCode::as_str).collect();
        let hosts: Vec<String> = project
            .hosts
            .iter()
            .map(|host| labels.country(host.as_str()).to_owned())
            .collect();
        Self {
            code: project.code.to_string(),
            link: links.card(project.code.as_str()),
            title: printable(&labels.marked_title(
                &project.title,
                project.is_translated,
                project.identified,
            )),
            title_language: title_language(project, labels.language).filter(|_| project.identified),
            is_identified: project.identified,
            partners: printable(&tables::partners(project, labels)),
            group: project.forum.clone().unwrap_or_else(|| "other".to_owned()),
            mode: project.mode.map_or(UNSTATED, Mode::word),
            mode_label: project.mode.map(|mode| labels.word(mode)),
            hosts: (!hosts.is_empty()).then(|| labels.list(&hosts)),
            host_codes: match codes.is_empty() {
                true => UNSTATED.to_owned(),
                false => codes.join(" "),
            },
            is_implemented: project.status.is_some_and(Status::is_implemented),
            status: class_of(project.status),
            status_label: labels.word_or_not_stated(project.status),
            since: project.status_on.map(|date| date.to_string()),
            evidence: project.evidence_on.map(|date| date.to_string()),
        }
    }
}

/// The language of a title that is shown for want of one in the language of the page.
fn title_language(project: &ProjectEntry, page: Language) -> Option<&'static str> {
    let is = |title: &Option<String>| title.as_deref() == Some(project.title.as_str());
    let own = match page {
        Language::English => &project.title_en,
        Language::Chinese => &project.title_zh,
        Language::Japanese => &project.title_ja,
    };
    let others = [
        (&project.title_en, "en"),
        (&project.title_zh, "zh-Hans"),
        (&project.title_ja, "ja"),
    ];
    let found = others
        .into_iter()
        .find(|(title, _)| is(title))
        .map(|(_, language)| language);
    found.filter(|_| !is(own))
}

/// The values that the table can be narrowed down to: value and label.
pub(super) struct Choices {
    pub(super) groups: Vec<(String, String)>,
    pub(super) modes: Vec<(&'static str, String)>,
    /// By name, "not stated" last.
    pub(super) hosts: Vec<(String, String)>,
    pub(super) statuses: Vec<(&'static str, String)>,
}

impl Choices {
    pub(super) fn of(view: &MeetingView, labels: &Labels, most: usize) -> Self {
        let shown = || view.report.projects.projects.iter().take(most);
        let modes = Mode::ALL.iter().copied().map(Some).chain([None]);
        let statuses = Status::ALL.iter().copied().map(Some).chain([None]);
        let groups = view.report.summary.groups.iter();
        let hosts: BTreeSet<&str> = shown()
            .flat_map(|project| &project.hosts)
            .map(CountryCode::as_str)
            .collect();
        let mut hosts: Vec<(String, String)> = hosts
            .into_iter()
            .map(|code| (code.to_owned(), labels.country(code).to_owned()))
            .collect();
        hosts.sort_by(|(_, one), (_, other)| one.cmp(other));
        if shown().any(|project| project.hosts.is_empty()) {
            hosts.push((UNSTATED.to_owned(), labels.text("not-stated")));
        }
        Self {
            hosts,
            groups: groups
                .map(|group| (group.group.clone(), view.group_name(group, labels)))
                .collect(),
            modes: modes
                .filter(|mode| shown().any(|project| project.mode == *mode))
                .map(|mode| {
                    (
                        mode.map_or(UNSTATED, Mode::word),
                        labels.word_or_not_stated(mode),
                    )
                })
                .collect(),
            statuses: statuses
                .filter(|status| shown().any(|project| project.status == *status))
                .map(|status| (class_of(status), labels.word_or_not_stated(status)))
                .collect(),
        }
    }
}
