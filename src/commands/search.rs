//! `tpmc search`

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use crate::commands::filter::FilterArgs;
use crate::context::Context;
use crate::domain::{Horizon, Term};
use crate::error::Error;
use crate::report::{PartyFound, ProjectFound, ProjectList, SearchReport, SourceFound};
use crate::store::{Country, Document, Filter, Hit, Kind, Party, Project, Reader, Source, Wanted};

/// Find projects, parties and sources by words, in every language and spelling
///
/// Looks into codes, titles, names of parties and of host countries, notes, events and sources. Simplified, traditional and
/// Japanese forms of a character are one, as are full and half width, hiragana and katakana, letters with and without accents.
/// Blanks separate words that must all be found; in Chinese and Japanese any part of a word is enough, one character
/// included, elsewhere its beginning. Matches in codes and titles come first.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc search 丸红 哈萨克斯坦")]
pub(crate) struct Search {
    /// What to look for
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// Show at most this many records of a kind
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Hits looked at in one go: few, because most searches end with the first.
const AT_ONCE: usize = 500;

struct Looking<'r, 'db> {
    reader: &'r mut Reader<'db>,
    context: &'r Context,
    terms: Vec<Term>,
    filter: Filter,
    horizon: Horizon,
    limit: usize,
    more: bool,
}

impl Search {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let query = self.text.join(" ");
        let terms = Term::all_of(&query)?;
        let (report, labels) = context.read(|reader| {
            let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
            let labels = context.labels(reader)?;
            let limit = self.limit;
            let mut looking = Looking {
                reader,
                context,
                terms,
                filter,
                horizon,
                limit,
                more: false,
            };
            let projects = looking.projects()?;
            let parties = looking.parties()?;
            let sources = looking.sources()?;
            let report = SearchReport {
                as_of: horizon.report_day(),
                known_at: context.known_at,
                query,
                filter: looking.filter,
                projects,
                parties,
                sources,
                more: looking.more,
            };
            Ok((report, labels))
        })?;
        context.show(&report, &labels)
    }
}

impl Looking<'_, '_> {
    fn projects(&mut self) -> Result<Vec<ProjectFound>, Error> {
        let hits = self.reader.search(Kind::Project, &self.terms)?;
        let countries: BTreeMap<String, Country> = self
            .reader
            .all::<Country>()?
            .into_iter()
            .map(|country| (country.code.clone(), country))
            .collect();
        let mut found = Vec::new();
        for hits in hits.chunks(AT_ONCE) {
            let filter = Filter {
                among: Some(hits.iter().map(|hit| hit.code.clone()).collect()),
                ..self.filter.clone()
            };
            let lines = self
                .reader
                .lines(&filter, self.horizon, Wanted::EVERYTHING, None)?;
            let list = ProjectList::of(
                lines,
                self.horizon,
                self.context.known_at,
                self.context.language,
            );
            let mut entries: BTreeMap<String, _> = list
                .projects
                .into_iter()
                .map(|entry| (entry.code.to_string(), entry))
                .collect();
            for hit in hits {
                let Some(entry) = entries.remove(&hit.code) else {
                    continue;
                };
                if found.len() == self.limit {
                    self.more = true;
                    return Ok(found);
                }
                let project: Project = self.reader.one(&hit.code)?;
                let parties = self
                    .reader
                    .some::<Party>(project.participations.iter().map(|part| &part.party))?;
                let parties: Vec<Document> = parties.into_values().map(Document::from).collect();
                let hosts = project
                    .hosts
                    .iter()
                    .filter_map(|host| countries.get(host.as_str()));
                let hosts: Vec<&Country> = hosts.collect();
                let document = Document::from(project);
                found.push(ProjectFound::of(
                    entry,
                    hit.score,
                    &document,
                    &parties,
                    hosts,
                    &self.terms,
                ));
            }
        }
        Ok(found)
    }

    fn parties(&mut self) -> Result<Vec<PartyFound>, Error> {
        let mut found = Vec::new();
        for (hit, projects) in self.leading(Kind::Party)? {
            let party: Party = self.reader.one(&hit.code)?;
            found.push(SearchReport::party(
                party,
                hit.score,
                projects,
                &self.terms,
                self.context.language,
            ));
        }
        Ok(found)
    }

    fn sources(&mut self) -> Result<Vec<SourceFound>, Error> {
        let mut found = Vec::new();
        for (hit, projects) in self.leading(Kind::Source)? {
            let source: Source = self.reader.one(&hit.code)?;
            found.push(SearchReport::source(
                source,
                hit.score,
                projects,
                &self.terms,
            ));
        }
        Ok(found)
    }

    /// The records of a kind that were found with their projects that the filter lets through. Under a filter, a record
    /// without any is left out.
    fn leading(&mut self, kind: Kind) -> Result<Vec<(Hit, Vec<String>)>, Error> {
        let hits = self.reader.search(kind, &self.terms)?;
        let mut found = Vec::new();
        for hits in hits.chunks(AT_ONCE) {
            let codes: Vec<String> = hits.iter().map(|hit| hit.code.clone()).collect();
            let mut projects = match kind {
                Kind::Party => self.reader.projects_of_parties(&codes)?,
                _ => self.reader.projects_of_sources(&codes)?,
            };
            for hit in hits {
                let mut projects = projects.remove(&hit.code).unwrap_or_default();
                if self.filter != Filter::default() {
                    projects = self.accepted(projects)?;
                    if projects.is_empty() {
                        continue;
                    }
                }
                if found.len() == self.limit {
                    self.more = true;
                    return Ok(found);
                }
                found.push((hit.clone(), projects));
            }
        }
        Ok(found)
    }

    fn accepted(&mut self, codes: Vec<String>) -> Result<Vec<String>, Error> {
        let mut accepted = BTreeSet::new();
        for codes in codes.chunks(AT_ONCE) {
            let filter = Filter {
                among: Some(codes.to_vec()),
                ..self.filter.clone()
            };
            let lines = self
                .reader
                .lines(&filter, self.horizon, Wanted::default(), None)?;
            accepted.extend(lines.into_iter().map(|line| line.facts.code.to_string()));
        }
        Ok(codes
            .into_iter()
            .filter(|code| accepted.contains(code))
            .collect())
    }
}
