//! The search index: kept with the tables in the one write path, asked by `tpmc search`. SQLite's FTS5 is used here and nowhere else.
//!
//! SQLite's own tokenizers lose short words of Chinese and Japanese: a run of characters becomes one token, and with
//! `trigram` a term of two characters is dropped without a word. So the program cuts the words itself (`domain::words`).

mod blocks;
mod check;
mod fields;
mod pending;
mod words;

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::Error;
use super::backend::Db;
use super::read::Reader;
use super::record::Kind;
use super::schema::{amount, citation, event, participation, project_host};
use crate::domain::{SearchField, Term};
pub(super) use check::check;
pub(crate) use fields::searchable;
pub(super) use pending::Pending;
pub(super) use words::words_of;

diesel::table! {
    /// FTS5's own table, as far as it is written to.
    search_index (rowid) {
        rowid -> BigInt,
        kind -> Text,
        code -> Text,
        heading -> Text,
        body -> Text,
    }
}

/// Codes of one query.
const AT_ONCE: usize = 10_000;

/// The kinds of records that are searched.
const KINDS: [Kind; 4] = [Kind::Project, Kind::Party, Kind::Source, Kind::Country];

/// When FTS5 merges what it wrote piece by piece: what searches read of, and what it writes again and again.
#[derive(Debug, Clone, Copy)]
pub(super) enum Merging {
    /// From 4 pieces of a size on, as FTS5 does when nobody says.
    Early = 4,
    /// From 16 on, the most that it lets pile up. It writes half as much, and a search takes a little longer.
    Late = 16,
}

/// Lets the index merge from now on so early, or so late.
pub(super) fn merge(when: Merging, db: &mut Db) -> QueryResult<()> {
    let pieces = when as i32;
    let sql =
        format!("INSERT INTO search_index (search_index, rank) VALUES ('automerge', {pieces})");
    diesel::sql_query(sql).execute(db).map(drop)
}

/// Empties the index, before every document is put into it again.
pub(super) fn clear(db: &mut Db) -> QueryResult<()> {
    diesel::sql_query("INSERT INTO search_index (search_index) VALUES ('delete-all')")
        .execute(db)
        .map(drop)
}

/// A record that all terms lead to, and how much they say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) code: String,
    pub(crate) score: u32,
}

/// What the index has under one term, by kind: code → weight.
#[derive(Default)]
struct Found(HashMap<Kind, HashMap<String, u32>>);

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = Text)]
    code: String,
}

const HITS: &str = "SELECT kind, code FROM search_index WHERE search_index MATCH ?";

impl Reader<'_> {
    /// The records of `kind` that every term leads to, the best first. A project is led to by its own words, by the names of
    /// its parties and by those of its host countries, one term this way and another that; other records by their own words.
    pub(crate) fn search(&mut self, kind: Kind, terms: &[Term]) -> Result<Vec<Hit>, Error> {
        let mut all: Option<HashMap<String, u32>> = None;
        for term in terms {
            let mut found = self.hits(term)?;
            if kind == Kind::Project {
                self.lead_to_projects(&mut found)?;
            }
            let mut of_term = found.0.remove(&kind).unwrap_or_default();
            all = Some(match all {
                None => of_term,
                Some(known) => known
                    .into_iter()
                    .filter_map(|(code, score)| Some((score + of_term.remove(&code)?, code)))
                    .map(|(score, code)| (code, score))
                    .collect(),
            });
        }
        let hits = all.unwrap_or_default().into_iter();
        let mut hits: Vec<Hit> = hits.map(|(code, score)| Hit { code, score }).collect();
        hits.sort_unstable_by(|left, right| {
            let key = |hit: &Hit| (std::cmp::Reverse(hit.score), hit.code.len());
            key(left)
                .cmp(&key(right))
                .then_with(|| left.code.cmp(&right.code))
        });
        Ok(hits)
    }

    fn hits(&mut self, term: &Term) -> Result<Found, Error> {
        self.write_words()?;
        let phrase = phrase(term);
        let mut found = Found::default();
        for (column, weight) in [
            ("", SearchField::Note.weight()),
            ("heading : ", SearchField::Title.weight()),
        ] {
            let wanted = format!("{column}{phrase}");
            for row in diesel::sql_query(HITS)
                .bind::<Text, _>(wanted)
                .load::<Row>(self.db)?
            {
                found
                    .0
                    .entry(row.kind)
                    .or_default()
                    .insert(row.code, weight);
            }
        }
        Ok(found)
    }

    /// Puts what the batch has recorded so far into the index.
    fn write_words(&mut self) -> Result<(), Error> {
        if let Some(words) = &mut self.words {
            words.write(self.db)?;
        }
        Ok(())
    }

    /// Adds the projects of the parties and of the countries that were found.
    fn lead_to_projects(&mut self, found: &mut Found) -> Result<(), Error> {
        let parties: Vec<String> = found
            .0
            .remove(&Kind::Party)
            .unwrap_or_default()
            .into_keys()
            .collect();
        let countries: Vec<String> = found
            .0
            .remove(&Kind::Country)
            .unwrap_or_default()
            .into_keys()
            .collect();
        let mut codes = Vec::<String>::new();
        for parties in parties.chunks(AT_ONCE) {
            let of_parties = participation::table.filter(participation::party.eq_any(parties));
            codes.extend(
                of_parties
                    .select(participation::project)
                    .load::<String>(self.db)?,
            );
        }
        let hosted = project_host::table.filter(project_host::country.eq_any(countries));
        codes.extend(
            hosted
                .select(project_host::project)
                .load::<String>(self.db)?,
        );
        let projects = found.0.entry(Kind::Project).or_default();
        for code in codes {
            let weight = projects.entry(code).or_default();
            *weight = SearchField::Party.weight().max(*weight);
        }
        Ok(())
    }

    /// Codes of the projects in which each of `parties` takes part, prospective parts included.
    pub(crate) fn projects_of_parties(
        &mut self,
        parties: &[String],
    ) -> Result<BTreeMap<String, Vec<String>>, Error> {
        let rows = participation::table
            .filter(participation::party.eq_any(parties))
            .select((participation::party, participation::project));
        Ok(grouped(rows.load(self.db)?))
    }

    /// Codes of the projects that each of `sources` is cited by: as a whole, by an event or by an amount.
    pub(crate) fn projects_of_sources(
        &mut self,
        sources: &[String],
    ) -> Result<BTreeMap<String, Vec<String>>, Error> {
        let mut rows: Vec<(String, String)> = citation::table
            .filter(citation::source.eq_any(sources))
            .select((citation::source, citation::project))
            .load(self.db)?;
        let of_events = event::table
            .filter(event::source.eq_any(sources))
            .select((event::source.assume_not_null(), event::project));
        rows.extend(of_events.load::<(String, String)>(self.db)?);
        let of_amounts = amount::table
            .filter(amount::source.eq_any(sources))
            .select((amount::source.assume_not_null(), amount::project));
        rows.extend(of_amounts.load::<(String, String)>(self.db)?);
        Ok(grouped(rows))
    }

    /// Codes of records of a kind with names that have one of `terms`, or all of them; the best first, at most `limit`.
    pub(crate) fn named(
        &mut self,
        kind: Kind,
        terms: &[Term],
        all: bool,
        limit: i64,
    ) -> Result<Vec<String>, Error> {
        let phrases: Vec<String> = terms.iter().map(phrase).collect();
        if phrases.is_empty() {
            return Ok(Vec::new());
        }
        self.write_words()?;
        let wanted = format!(
            "heading : ({})",
            phrases.join(if all { " AND " } else { " OR " })
        );
        let best = format!("{HITS} AND kind = ? ORDER BY search_index.rank LIMIT ?");
        let rows = diesel::sql_query(best)
            .bind::<Text, _>(wanted)
            .bind::<Text, _>(kind)
            .bind::<BigInt, _>(limit);
        Ok(rows
            .load::<Row>(self.db)?
            .into_iter()
            .map(|row| row.code)
            .collect())
    }
}

/// A term in the language of FTS5. Words have letters and digits only, so nothing in them can be an operator.
fn phrase(term: &Term) -> String {
    let ending = if term.may_go_on { "*" } else { "" };
    let phrases = term
        .spellings()
        .map(|words| format!("\"{}\"{ending}", words.join(" ")));
    format!("({})", phrases.collect::<Vec<_>>().join(" OR "))
}

fn grouped(rows: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut groups = BTreeMap::<String, Vec<String>>::new();
    for (owner, project) in rows {
        groups.entry(owner).or_default().push(project);
    }
    for projects in groups.values_mut() {
        projects.sort_unstable_by(|left, right| (left.len(), left).cmp(&(right.len(), right)));
        projects.dedup();
    }
    groups
}
