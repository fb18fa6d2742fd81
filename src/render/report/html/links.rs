//! Links from the figures of the page to the projects behind them. The address of a list is its filter: a script narrows the table of
//! all projects down by it, and without a script it leads to the codes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{CountryCode, Mode, ProjectCode, Status, Vocabulary as _};
use crate::render::Labels;
use crate::render::report::palette::class_of;
use crate::report::{Key, ProjectEntry};

/// How "not stated" is written in an address and in the rows of the table.
pub(super) const UNSTATED: &str = "unstated";
/// Codes of a list at most; of more projects than the table of all has, fewer.
const MOST: usize = 200;
const FEW: usize = 20;
const MANY_PROJECTS: usize = 2_000;

/// What the projects behind a figure have in common. None is any.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Choice {
    pub(super) group: Option<String>,
    pub(super) mode: Option<Option<Mode>>,
    pub(super) host: Option<Option<CountryCode>>,
    pub(super) status: Option<Option<Status>>,
    pub(super) is_implemented: bool,
    pub(super) is_identified: bool,
}

/// The lists that figures lead to.
pub(super) struct Links<'a> {
    projects: &'a [ProjectEntry],
    /// The projects of each host, and those without one: a page has many figures of hosts, and each would read all projects.
    by_host: BTreeMap<Option<&'a CountryCode>, Vec<&'a ProjectEntry>>,
    labels: &'a Labels,
    lists: RefCell<BTreeMap<String, List>>,
    /// The projects that have a card.
    cards: BTreeSet<&'a ProjectCode>,
}

/// The projects behind one or more figures.
pub(super) struct List {
    pub(super) id: String,
    pub(super) label: String,
    /// Codes, and whether there is a card to lead to.
    pub(super) codes: Vec<(String, bool)>,
    pub(super) more: usize,
}

/// Returns the mode of a row.
pub(super) fn mode_of(key: &Key) -> Option<Mode> {
    let word = key.as_deref()?;
    Mode::ALL.iter().copied().find(|mode| mode.word() == word)
}

impl Choice {
    /// Returns the choice of all projects of a group.
    pub(super) fn of_group(group: &str) -> Self {
        Self {
            group: Some(group.to_owned()),
            ..Self::default()
        }
    }

    fn accepts(&self, project: &ProjectEntry) -> bool {
        let is_group = |wanted: &String| wanted == project.forum.as_deref().unwrap_or("other");
        let hosts = &project.hosts;
        let is_host = |host: &Option<CountryCode>| match host {
            Some(host) => hosts.contains(host),
            None => hosts.is_empty(),
        };
        let is_implemented = || project.status.is_some_and(Status::is_implemented);
        // Texts are compared last: this is asked of each project for each figure.
        self.mode.is_none_or(|mode| mode == project.mode)
            && self.status.is_none_or(|status| status == project.status)
            && (!self.is_implemented || is_implemented())
            && (!self.is_identified || project.identified)
            && self.host.as_ref().is_none_or(is_host)
            && self.group.as_ref().is_none_or(is_group)
    }

    /// The filter as it stands in an address.
    fn id(&self) -> String {
        let host = |host: &Option<CountryCode>| {
            host.as_ref()
                .map_or(UNSTATED, CountryCode::as_str)
                .to_owned()
        };
        let implemented = self.is_implemented.then(|| "implemented".to_owned());
        let status = self.status.map(|status| class_of(status).to_owned());
        let parts = [
            ("group", self.group.clone()),
            (
                "mode",
                self.mode
                    .map(|mode| mode.map_or(UNSTATED, Mode::word).to_owned()),
            ),
            ("host", self.host.as_ref().map(host)),
            ("status", implemented.or(status)),
            ("identified", self.is_identified.then(|| "1".to_owned())),
        ];
        let parts = parts.into_iter();
        let parts = parts.filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        parts.collect::<Vec<_>>().join("&")
    }

    fn label(&self, labels: &Labels) -> String {
        let group = |group: &String| match group.as_str() {
            "other" => labels.text("summary-group-other"),
            forum => forum.to_owned(),
        };
        let host = |host: &Option<CountryCode>| {
            let name = host.as_ref().map(|host| labels.country(host.as_str()));
            name.map_or_else(|| labels.text("not-stated"), str::to_owned)
        };
        let implemented = self.is_implemented.then_some("report-implemented-column");
        let identified = self.is_identified.then_some("report-identified");
        let parts = [
            self.group.as_ref().map(group),
            self.mode.map(|mode| labels.word_or_not_stated(mode)),
            self.host.as_ref().map(host),
            self.status.map(|status| labels.word_or_not_stated(status)),
            implemented.or(identified).map(|key| labels.text(key)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

impl<'a> Links<'a> {
    /// Returns links to `projects`, of which the first `cards` have a card.
    pub(super) fn new(projects: &'a [ProjectEntry], cards: usize, labels: &'a Labels) -> Self {
        let with_card = projects.iter().take(cards);
        let mut by_host = BTreeMap::<_, Vec<_>>::new();
        for project in projects {
            let hosts: BTreeSet<_> = project.hosts.iter().map(Some).collect();
            let none = hosts.is_empty().then_some(None);
            for host in hosts.into_iter().chain(none) {
                by_host.entry(host).or_default().push(project);
            }
        }
        Self {
            projects,
            by_host,
            labels,
            lists: RefCell::default(),
            cards: with_card.map(|project| &project.code).collect(),
        }
    }

    /// Returns the address of the projects that `choice` accepts; None when there are none.
    pub(super) fn to(&self, choice: &Choice) -> Option<String> {
        let id = choice.id();
        let mut lists = self.lists.borrow_mut();
        if !lists.contains_key(&id) {
            let most = if self.projects.len() > MANY_PROJECTS {
                FEW
            } else {
                MOST
            };
            let mut codes = Vec::new();
            let mut more = 0;
            let mut add = |one: &ProjectEntry| match choice.accepts(one) {
                true if codes.len() < most => {
                    codes.push((one.code.to_string(), self.cards.contains(&one.code)));
                }
                true => more += 1,
                false => {}
            };
            match &choice.host {
                Some(host) => {
                    let of_host = self.by_host.get(&host.as_ref());
                    of_host.into_iter().flatten().for_each(|one| add(one));
                }
                None => self.projects.iter().for_each(&mut add),
            }
            let list = List {
                id: id.clone(),
                label: choice.label(self.labels),
                codes,
                more,
            };
            if list.codes.is_empty() {
                return None;
            }
            lists.insert(id.clone(), list);
        }
        Some(format!("#{id}"))
    }

    /// Returns the address of the card of a project, if it has one.
    pub(super) fn card(&self, code: &str) -> Option<String> {
        let has_card = self.cards.iter().any(|known| known.as_str() == code);
        has_card.then(|| format!("#{code}"))
    }

    /// Returns the lists that were led to.
    pub(super) fn into_lists(self) -> Vec<List> {
        self.lists.into_inner().into_values().collect()
    }
}
