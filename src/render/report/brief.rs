//! The brief of a meeting, told in short statements that every format shows: text for a mail, a page of one sheet, a document.

mod data;
mod html;
mod said;

use serde::Serialize;

use super::codes::{in_short, ranges_of};
use super::words;
use crate::render::summary::money as summary_money;
use crate::render::{Block, Error, Labels, Page, Sheet, View, docx};
use crate::report::{Brief, BriefGroup, CodedFigure, Gathered, Money, Spell, World};
use said::{Said, asked, group_name, happened, headline, span};

/// What happened since the last meeting, as far as a sheet has room; what is left out is named by its codes.
const NEWS: usize = 7;
/// So many ranges of codes fit on a sheet. Where there are more, each figure has a few, and the other formats have them all.
const RANGES: usize = 200;
const FEW: usize = 5;
/// Hosts that are named.
const HOSTS: usize = 4;

/// A brief that can be shown.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct BriefView {
    brief: Brief,
    /// Ranges of codes that each figure may have.
    #[serde(skip)]
    most: usize,
    /// Whether it stands for the whole report, and says how to get that.
    #[serde(skip)]
    is_report: bool,
}

/// What is said under one heading.
struct Section {
    heading: String,
    said: Vec<Said>,
    /// What stands there when nothing is said.
    otherwise: String,
}

impl BriefView {
    /// Puts the brief together.
    pub(crate) fn of(gathered: Gathered, world: &World) -> Self {
        let brief = Brief::of(gathered, world);
        let ranges: usize = figures(&brief).map(|figure| ranges_of(&figure.codes)).sum();
        let most = if ranges <= RANGES { RANGES } else { FEW };
        Self {
            brief,
            most,
            is_report: false,
        }
    }

    /// Returns the same as the text of the whole report.
    pub(crate) fn into_report(self) -> Self {
        Self {
            is_report: true,
            ..self
        }
    }

    /// The brief as a page of HTML that prints on one sheet of A4.
    pub(crate) fn html(&self, labels: &Labels) -> Result<Vec<u8>, Error> {
        html::write(self, labels)
    }

    /// The brief as a document for a word processor.
    pub(crate) fn docx(&self, labels: &Labels) -> Result<Vec<u8>, Error> {
        docx::write(&self.page(labels, usize::MAX), labels)
    }

    fn title(&self, labels: &Labels) -> String {
        let date = [("date", self.brief.frame.as_of.to_string().into())];
        labels.with("brief-title", &date)
    }

    /// The conditions of the filter.
    fn only(&self, labels: &Labels) -> Option<String> {
        let conditions = self.brief.frame.conditions.join("; ");
        let only = || labels.with("summary-filter", &[("conditions", conditions.into())]);
        (!self.brief.frame.conditions.is_empty()).then(only)
    }

    /// Why there is nothing to tell.
    fn nothing(&self, labels: &Labels) -> Option<String> {
        let key = match self.brief.frame.conditions.is_empty() {
            true => "summary-no-projects",
            false => "list-empty",
        };
        self.brief.groups.is_empty().then(|| labels.text(key))
    }

    fn sections(&self, labels: &Labels) -> Vec<Section> {
        let brief = &self.brief;
        let section = |heading: String, said, otherwise: &str| Section {
            heading,
            said,
            otherwise: labels.text(otherwise),
        };
        let (since, otherwise) = match &brief.last_meeting {
            Some(met) => {
                let values = [
                    (
                        "meeting",
                        labels
                            .marked_title(&met.title, met.is_translated, true)
                            .into(),
                    ),
                    ("date", met.on_date.to_string().into()),
                ];
                (
                    labels.with("brief-since", &values),
                    "report-nothing-happened",
                )
            }
            None => (labels.text("brief-since-no-meeting"), "brief-no-meeting"),
        };
        let sections = [
            section(since, self.news(labels), otherwise),
            section(
                labels.text("brief-standstill"),
                self.standstill(labels),
                "brief-no-standstill",
            ),
            section(
                labels.text("brief-ask"),
                brief.ask.iter().map(|one| asked(one, labels)).collect(),
                "brief-no-ask",
            ),
            section(
                labels.text("report-unknown"),
                self.not_known(labels),
                "report-unknown-nothing",
            ),
        ];
        let money = brief.money.as_ref().map(|money| {
            let heading = words::commitments(money, labels);
            section(heading, self.commitments(money, labels), "list-empty")
        });
        money.into_iter().chain(sections).collect()
    }

    /// What has been committed in money, of each group.
    fn commitments(&self, money: &Money, labels: &Labels) -> Vec<Said> {
        let of_group = |group: &BriefGroup| {
            let sum = group.commitments.as_ref()?;
            let said = summary_money::headline(sum, group.all.projects, money, labels);
            Some((self.short_name(group, labels), said))
        };
        self.brief.groups.iter().filter_map(of_group).collect()
    }

    fn news(&self, labels: &Labels) -> Vec<Said> {
        let (shown, rest) = self.brief.news.split_at(NEWS.min(self.brief.news.len()));
        let mut said: Vec<Said> = shown.iter().map(|one| happened(one, labels)).collect();
        if !rest.is_empty() {
            let mut codes: Vec<_> = rest.iter().map(|one| one.project.code.clone()).collect();
            codes.sort_unstable();
            codes.dedup();
            let count = [("count", rest.len().into())];
            said.push((
                labels.with("brief-more", &count),
                in_short(&codes, self.most),
            ));
        }
        said
    }

    fn standstill(&self, labels: &Labels) -> Vec<Said> {
        let limits = self.brief.frame.limits;
        let spell = |key: &str, months: u32, spell: &Spell| {
            let values = [
                ("count", spell.figure.projects.into()),
                ("since", span(spell, labels).into()),
                ("months", months.into()),
                ("codes", in_short(&spell.figure.codes, self.most).into()),
            ];
            labels.with(key, &values)
        };
        let of_group = |group: &BriefGroup| {
            let name = self.short_name(group, labels);
            let stalled = group.stalled.as_ref();
            let stalled = stalled.map(|one| spell("brief-stalled", limits.stalled_months, one));
            let silent = group.silent.as_ref();
            let silent = silent.map(|one| spell("brief-silent", limits.silent_months, one));
            let said = stalled.into_iter().chain(silent);
            said.map(|text| (name.clone(), text)).collect::<Vec<_>>()
        };
        self.brief.groups.iter().flat_map(of_group).collect()
    }

    fn not_known(&self, labels: &Labels) -> Vec<Said> {
        let of_group = |group: &BriefGroup| {
            let said = group.not_known.iter().map(|one| {
                let values = [
                    ("count", one.figure.projects.into()),
                    ("projects", group.all.projects.into()),
                    ("date", self.brief.frame.as_of.to_string().into()),
                ];
                let text = labels.with(&format!("summary-unknown-{}", one.what), &values);
                labels.noted(&text, &in_short(&one.figure.codes, self.most))
            });
            let said: Vec<String> = said.collect();
            (!said.is_empty()).then(|| (self.short_name(group, labels), labels.list(&said)))
        };
        self.brief.groups.iter().filter_map(of_group).collect()
    }

    /// The projects of a group by status.
    fn standings(&self, group: &BriefGroup, labels: &Labels) -> Vec<Said> {
        let standings = group.by_status.iter();
        let standings =
            standings.map(|one| self.figure(labels.word_or_not_stated(one.status), &one.figure));
        standings.collect()
    }

    /// Where the projects of a group take place; of what has no host the part on what is not known tells.
    fn hosts(&self, group: &BriefGroup, labels: &Labels) -> Vec<Said> {
        let countries = &group.third_countries;
        let named = countries.iter().take(HOSTS);
        let mut names: Vec<String> = named.map(|code| labels.country(code).to_owned()).collect();
        if countries.len() > HOSTS {
            let more = countries.len() - HOSTS;
            names.push(labels.with("other-hosts", &[("count", more.into())]));
        }
        let mut third = self.figure(labels.text("brief-third"), &group.in_third_countries);
        if !names.is_empty() {
            third.1 = labels.noted(&third.1, &labels.list(&names));
        }
        let home = self.figure(labels.text("brief-home"), &group.in_china_or_japan);
        vec![third, home]
    }

    fn figure(&self, what: String, figure: &CodedFigure) -> Said {
        let codes = match figure.projects {
            0 => "–".to_owned(),
            _ => in_short(&figure.codes, self.most),
        };
        (format!("{what} {}", words::grouped(figure.projects)), codes)
    }

    /// Returns the code of the forum, or "other projects".
    fn short_name(&self, group: &BriefGroup, labels: &Labels) -> String {
        match &group.forum {
            Some(forum) => forum.code.clone(),
            None => labels.text("summary-group-other"),
        }
    }

    /// How to read the brief, and where it was taken from.
    fn notes(&self, labels: &Labels) -> Vec<String> {
        let trace = &self.brief.frame.trace;
        let values = [
            ("origin", trace.origin.as_str().into()),
            ("entries", trace.entries.to_string().into()),
            ("root", trace.root.as_str().into()),
            ("command", self.again(labels).into()),
        ];
        let mut groups = self.brief.groups.iter();
        let has_other = groups.any(|group| group.forum.is_none());
        let groups = has_other.then(|| labels.text("summary-note-groups"));
        let how = [
            labels.text("brief-note"),
            labels.with("brief-trace", &values),
        ];
        let marks = labels.note_on_marks();
        groups.into_iter().chain(marks).chain(how).collect()
    }

    fn again(&self, labels: &Labels) -> String {
        let name = if self.is_report { "report" } else { "brief" };
        words::command(name, &self.brief.frame, labels)
    }
}

impl View for BriefView {
    fn page(&self, labels: &Labels, _: usize) -> Page {
        let mut page = Page::default();
        page.add(Block::Title(self.title(labels)));
        for line in self.only(labels).into_iter().chain(self.nothing(labels)) {
            page.add(Block::Paragraph(line));
        }
        for group in &self.brief.groups {
            page.add(Block::Heading(group_name(group, labels)));
            page.add(Block::Paragraph(headline(group, labels)));
            let hosts = self.hosts(group, labels);
            let standings = self.standings(group, labels).into_iter();
            page.add(Block::Fields(standings.chain(hosts).collect()));
        }
        for section in self.sections(labels) {
            page.add(Block::Heading(section.heading));
            page.add(match section.said.is_empty() {
                true => Block::Paragraph(section.otherwise),
                false => Block::Fields(section.said),
            });
        }
        page.add(Block::Lines(self.notes(labels)));
        if self.is_report {
            page.add(Block::Paragraph(labels.text("report-whole")));
        }
        page
    }

    fn data(&self) -> Sheet {
        data::sheet(&self.brief)
    }
}

/// All figures of a brief.
fn figures(brief: &Brief) -> impl Iterator<Item = &CodedFigure> {
    brief.groups.iter().flat_map(|group| {
        let standings = group.by_status.iter().map(|one| &one.figure);
        let hosts = [&group.in_third_countries, &group.in_china_or_japan];
        let spells = [&group.stalled, &group.silent];
        let spells = spells.into_iter().flatten().map(|spell| &spell.figure);
        let not_known = group.not_known.iter().map(|one| &one.figure);
        standings.chain(hosts).chain(spells).chain(not_known)
    })
}
