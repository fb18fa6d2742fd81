//! The card of a project: everything about it, with its sources as numbered references.

use std::collections::BTreeMap;

use super::MeetingView;
use super::parts::{Source, Table};
use crate::domain::Horizon;
use crate::render::{Block, Labels, printable};
use crate::report::{ProjectReport, Related};
use crate::store::{Project, Source as Record};

/// A project with its facts.
pub(super) struct Card {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) fields: Vec<(String, String)>,
    /// Partners, events, amounts and risks.
    pub(super) tables: Vec<Table>,
    /// The numbered sources.
    pub(super) sources: Vec<(usize, Source)>,
}

impl Card {
    /// Returns the cards of the first projects.
    pub(super) fn of_first(view: &MeetingView, most: usize, labels: &Labels) -> Vec<Self> {
        let sources = view.report.sources.iter();
        let sources: BTreeMap<&str, &Record> = sources
            .map(|source| (source.code.as_str(), source))
            .collect();
        let records = view.report.records.iter().take(most);
        records
            .map(|record| Self::of(view, record, &sources, labels))
            .collect()
    }

    fn of(
        view: &MeetingView,
        record: &Project,
        sources: &BTreeMap<&str, &Record>,
        labels: &Labels,
    ) -> Self {
        let report = &view.report;
        let codes = ProjectReport::source_codes(record);
        let named = codes.iter().filter_map(|code| {
            let source = sources.get(code.as_str())?;
            Some((code.clone(), (*source).clone()))
        });
        let parties = record
            .party_codes()
            .filter_map(|code| Some((code.to_owned(), report.parties.get(code)?.clone())));
        let forum = record.facts.forum.as_ref();
        let forums = &view.world.forums;
        let related = Related {
            parties: parties.collect(),
            sources: named.collect(),
            currencies: report.currencies.clone(),
            homes: report.homes.clone(),
            forum: forum.and_then(|code| forums.iter().find(|one| one.code == *code).cloned()),
        };
        let horizon: Horizon = view.report.projects.horizon;
        let project = ProjectReport::of(record.clone(), horizon, None, related);
        let (mut fields, mut tables, mut heading) = (Vec::new(), Vec::new(), String::new());
        for block in project.card(labels).blocks {
            match block {
                Block::Fields(stated) => fields.extend(stated),
                Block::Heading(text) => heading = text,
                Block::Table(sheet) => {
                    let mut table = Table::of(&sheet, heading.clone(), labels);
                    table.refer_to(record.facts.code.as_str());
                    tables.push(table);
                }
                _ => {}
            }
        }
        let title = labels.title(record.titles(), record.facts.identified);
        Self {
            code: record.facts.code.to_string(),
            title: printable(&title),
            fields: fields
                .iter()
                .map(|(name, value)| (printable(name), printable(value)))
                .collect(),
            tables,
            sources: project
                .sources
                .iter()
                .map(|one| (one.number, Source::of(&one.source, labels)))
                .collect(),
        }
    }
}
