//! The search index: kept with the tables in the one write path, asked by `tpmc search`. SQLite's FTS5 is used here and nowhere else.
//!
//! SQLite's own tokenizers lose short words of Chinese and Japanese: a run of characters becomes one token, and with
//! `trigram` a term of two characters is dropped without a word. So the program cuts the words itself (`domain::words`).

mod check;
mod fields;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::Error;
use super::backend::Db;
use super::read::Reader;
use super::record::{Document, Kind};
use super::rows::{Rows, row};
use super::schema::{amount, citation, event, participation, project_host};
use crate::domain::{SearchField, Term, each_word};
pub(super) use check::check;
pub(crate) use fields::searchable;

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

/// The longest word of which FTS5 keeps every byte (FTS5_MAX_TOKEN_SIZE).
const LONGEST: usize = 32_768;

/// As much of a word as FTS5 would keep, cut between two characters.
fn within_reach(word: &str) -> &str {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    word.get(..end).unwrap_or(word)
}

/// Where in a text the index has the words of a record, separated by blanks: names first, and then everything else.
#[derive(Debug, Clone)]
pub(super) struct Words([Range<usize>; 2]);

impl Words {
    /// Appends the words of a record to `text`. None where it is of a kind that is not searched.
    pub(super) fn append(document: &Document, text: &mut String) -> Option<Self> {
        let fields = searchable(document);
        let mut part = |is_heading: bool| {
            let start = text.len();
            let of_part = fields
                .iter()
                .filter(|(field, _)| field.is_heading() == is_heading);
            for (_, said) in of_part {
                each_word(said, |word, _| {
                    text.push_str(within_reach(word));
                    text.push(' ');
                });
                // No phrase reaches from one text into the next.
                text.push_str(BORDER);
            }
            start..text.len()
        };
        (!fields.is_empty()).then(|| Self([true, false].map(&mut part)))
    }

    /// Themselves, out of the text that they were appended to.
    pub(super) fn within<'a>(&self, text: &'a str) -> [&'a str; 2] {
        self.0
            .each_ref()
            .map(|place| text.get(place.clone()).unwrap_or_default())
    }
}

/// What is not done to the index yet. FTS5 writes what it holds to the file before most other statements, so that one record after
/// another costs far more than many at once.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// The numbers of the entries of records that are to be taken out.
    gone: Vec<i64>,
    /// The number of the last entry of each record of which the words are to be put in, in their order.
    entries: Vec<i64>,
    rows: Rows,
}

/// So few records are looked for in the index first, should another program have left them there.
const FEW: usize = 100;
/// Records that are kept back at most, and bytes of their words.
const KEPT_BACK: usize = 4_000;
const MUCH: usize = 8 << 20;

impl Pending {
    /// Takes the words of a record that is in the tables now. `rowid` is the number of its last entry in the journal.
    pub(super) fn take(
        &mut self,
        kind: Kind,
        code: &str,
        [heading, body]: [&str; 2],
        rowid: i64,
        db: &mut Db,
    ) -> Result<(), Error> {
        let row = row!(
            &mut self.rows,
            search_index(rowid, kind, code, heading, body)
        );
        row.map_err(|error| Error::Journal(error.to_string()))?;
        self.entries.push(rowid);
        if self.entries.len() < KEPT_BACK && self.rows.length() < MUCH {
            Ok(())
        } else {
            Ok(self.write(db)?)
        }
    }

    /// Takes a record out whose rows go. `entry` is the number of its last entry in the journal so far.
    pub(super) fn forget(&mut self, kind: Kind, entry: i64, db: &mut Db) -> QueryResult<()> {
        if !KINDS.contains(&kind) {
            return Ok(());
        }
        if self.gone.len() >= KEPT_BACK || self.entries.binary_search(&entry).is_ok() {
            self.write(db)?;
        }
        self.gone.push(entry);
        Ok(())
    }

    /// Does it.
    pub(super) fn write(&mut self, db: &mut Db) -> QueryResult<()> {
        for entry in self.gone.drain(..) {
            forget_entry(entry, db)?;
        }
        if self.entries.len() < FEW {
            for entry in &self.entries {
                forget_entry(*entry, db)?;
            }
        }
        self.rows.insert_singly(db)?;
        self.rows.clear();
        self.entries.clear();
        Ok(())
    }
}

/// A word that no text has: it has a letter in upper case outside ASCII, which folding never leaves.
const BORDER: &str = "Ω ";

fn forget_entry(entry: i64, db: &mut Db) -> QueryResult<()> {
    diesel::delete(search_index::table.find(entry))
        .execute(db)
        .map(drop)
}

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

    /// Codes of parties with a name that has one of `terms`, the best first, at most `limit`.
    pub(crate) fn parties_with_any(
        &mut self,
        terms: &[Term],
        limit: i64,
    ) -> Result<Vec<String>, Error> {
        let phrases: Vec<String> = terms.iter().map(phrase).collect();
        if phrases.is_empty() {
            return Ok(Vec::new());
        }
        self.write_words()?;
        let wanted = format!("heading : ({})", phrases.join(" OR "));
        let best = format!("{HITS} AND kind = 'party' ORDER BY search_index.rank LIMIT ?");
        let rows = diesel::sql_query(best)
            .bind::<Text, _>(wanted)
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
    format!("\"{}\"{ending}", term.words.join(" "))
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
