//! Reading: one transaction, so that every query of a report sees the same state.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::Connection as _;
use diesel::prelude::*;

use super::backend::Db;
use super::record::*;
use super::schema::{country, party, party_name, project, source};
use super::search::Pending;
use super::{Error, Store};
use crate::domain::{CountryCode, CountryNames, Homes, Language, NoCountry, Side, fold, nearest};

/// Records in memory at a time.
const PAGE: i64 = 1000;

/// A read transaction.
pub(crate) struct Reader<'a> {
    pub(super) db: &'a mut Db,
    /// Words of the batch that is being written, which a search must know.
    pub(super) words: Option<&'a mut Pending>,
}

impl Store {
    /// Runs `work` in one read transaction.
    pub(crate) fn read<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        enum Failed<E> {
            Sql(diesel::result::Error),
            Work(E),
        }
        impl<E> From<diesel::result::Error> for Failed<E> {
            fn from(error: diesel::result::Error) -> Self {
                Self::Sql(error)
            }
        }
        let outcome = self
            .db
            .transaction(|db| work(&mut Reader { db, words: None }).map_err(Failed::Work));
        let done = outcome.map_err(|failed| match failed {
            Failed::Sql(error) => Error::from(error).into(),
            Failed::Work(error) => error,
        })?;
        self.opened.unchanged()?;
        Ok(done)
    }
}

impl Reader<'_> {
    /// All records of a kind, in the order of their codes.
    pub(crate) fn all<R: Record>(&mut self) -> Result<Vec<R>, Error> {
        Ok(R::load(Selection::ALL, self.db)?)
    }

    /// Shows all records of a kind to `work`, in the order of their codes, a page at a time.
    pub(crate) fn each<R: Record>(&mut self, mut work: impl FnMut(&R)) -> Result<(), Error> {
        let mut after = None::<String>;
        loop {
            let page = Selection::Page {
                after: after.as_deref(),
                limit: PAGE,
            };
            let records = R::load(page, self.db)?;
            records.iter().for_each(&mut work);
            match records.last() {
                Some(last) => after = Some(last.code().to_owned()),
                None => return Ok(()),
            }
        }
    }

    /// The record with this code.
    ///
    /// # Errors
    /// [`Error::NotFound`] with the nearest code, when there is none.
    pub(crate) fn one<R: Record>(&mut self, code: &str) -> Result<R, Error> {
        let found = R::load(Selection::One(code), self.db)?.pop();
        match found {
            Some(record) => Ok(record),
            None => {
                let codes = self.codes(R::KIND)?;
                let nearest = nearest(code, codes.iter().map(String::as_str)).map(str::to_owned);
                Err(Error::NotFound {
                    what: R::KIND.word(),
                    code: code.to_owned(),
                    nearest,
                })
            }
        }
    }

    /// The records with these codes, by code.
    pub(crate) fn some<R: Record>(
        &mut self,
        codes: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<BTreeMap<String, R>, Error> {
        let mut found = BTreeMap::new();
        for code in codes {
            for record in R::load(Selection::One(code.as_ref()), self.db)? {
                found.insert(record.code().to_owned(), record);
            }
        }
        Ok(found)
    }

    /// The refusal that there is no record with `code`, of `kind` or of any kind, with the nearest code.
    pub(crate) fn no_record(&mut self, kind: Option<Kind>, code: &str) -> Result<Error, Error> {
        let mut codes = Vec::new();
        for kind in kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]) {
            codes.extend(self.codes(kind)?);
        }
        let codes = codes.iter().map(String::as_str);
        Ok(Error::NotFound {
            what: kind.map_or("record", Kind::word),
            code: code.to_owned(),
            nearest: nearest(code, codes).map(str::to_owned),
        })
    }

    /// Codes to choose from, for kinds that people name on the command line.
    fn codes(&mut self, kind: Kind) -> Result<Vec<String>, Error> {
        Ok(match kind {
            Kind::Project => project::table
                .select(project::code)
                .order(project::code)
                .load(self.db)?,
            Kind::Party => party::table
                .select(party::code)
                .order(party::code)
                .load(self.db)?,
            Kind::Country => country::table
                .select(country::code)
                .order(country::code)
                .load(self.db)?,
            _ => Vec::new(),
        })
    }

    /// Codes that begin with `start`, at most `limit`, of the kinds that people name on the command line.
    pub(crate) fn codes_from(
        &mut self,
        kind: Kind,
        start: &str,
        limit: i64,
    ) -> Result<Vec<String>, Error> {
        // No code has this character, so that everything that begins with `start` lies before it.
        let end = format!("{start}\u{10ffff}");
        macro_rules! codes {
            ($table:ident) => {
                $table::table
                    .filter($table::code.between(start, &end))
                    .select($table::code)
                    .order($table::code)
                    .limit(limit)
                    .load(self.db)?
            };
        }
        Ok(match kind {
            Kind::Project => codes!(project),
            Kind::Party => codes!(party),
            Kind::Source => codes!(source),
            _ => Vec::new(),
        })
    }

    /// The country that `text` names: its code of two or three letters, or its name in any of the three languages.
    pub(crate) fn country(&mut self, text: &str) -> Result<Country, Error> {
        let mut countries = self.all::<Country>()?;
        let names = CountryNames::new(countries.iter().cloned().filter_map(Country::named));
        if let Some(code) = names.find(text) {
            let found = countries
                .iter()
                .position(|country| country.code == code.as_str());
            if let Some(found) = found {
                return Ok(countries.swap_remove(found));
            }
        }
        Err(match names.why_not(text) {
            NoCountry::Several(candidates) => Error::Ambiguous {
                what: "country",
                text: text.to_owned(),
                candidates,
            },
            NoCountry::Unknown(nearest) => Error::NotFound {
                what: "country",
                code: text.to_owned(),
                nearest,
            },
        })
    }

    /// The names of countries in one language, by code: of all, or of these.
    pub(crate) fn country_names(
        &mut self,
        language: Language,
        codes: Option<&[&str]>,
    ) -> Result<BTreeMap<String, String>, Error> {
        let mut all = country::table.into_boxed();
        if let Some(codes) = codes {
            all = all.filter(country::code.eq_any(codes.to_vec()));
        }
        let names: Vec<(String, String)> = match language {
            Language::English => all
                .select((country::code, country::name_en))
                .load(self.db)?,
            Language::Chinese => all
                .select((country::code, country::name_zh))
                .load(self.db)?,
            Language::Japanese => all
                .select((country::code, country::name_ja))
                .load(self.db)?,
        };
        Ok(names.into_iter().collect())
    }

    /// The first day of membership of the members of ASEAN, by country.
    pub(crate) fn asean(&mut self) -> Result<BTreeMap<String, NaiveDate>, Error> {
        let members = country::table.filter(country::asean_since.is_not_null());
        let members = members.select((country::code, country::asean_since.assume_not_null()));
        Ok(members
            .load::<(String, NaiveDate)>(self.db)?
            .into_iter()
            .collect())
    }

    /// Which home countries stand for a side in this registry.
    pub(crate) fn homes(&mut self) -> Result<Homes, Error> {
        let set = country::table.filter(country::side.is_not_null());
        let set = set.select((country::code, country::side.assume_not_null()));
        Ok(Homes::new(set.load::<(CountryCode, Side)>(self.db)?))
    }

    /// Codes of the parties that `text` names: the one with that code, else all with a name that contains it.
    pub(crate) fn parties_named(&mut self, text: &str) -> Result<Vec<String>, Error> {
        let wanted = fold(text);
        type Names = (
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        let names = (
            party::name_en,
            party::name_zh,
            party::name_ja,
            party::name_native,
        );
        let main = party::table.select((party::code, names)).order(party::code);
        let main: Vec<(String, Names)> = main.load(self.db)?;
        if main.iter().any(|(code, ..)| *code == text) {
            return Ok(vec![text.to_owned()]);
        }
        let other: Vec<(String, String)> = party_name::table
            .select((party_name::party, party_name::name))
            .load(self.db)?;
        let main = main.into_iter().flat_map(|(code, (en, zh, ja, native))| {
            [en, zh, ja, native]
                .into_iter()
                .flatten()
                .map(move |name| (code.clone(), name))
        });
        let names: Vec<(String, String)> = main.chain(other).collect();
        let matching = names
            .iter()
            .filter(|(_, name)| !wanted.trim().is_empty() && fold(name).contains(&wanted));
        let mut codes: Vec<String> = matching.map(|(code, _)| code.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.is_empty() {
            let nearest =
                nearest(text, names.iter().map(|(_, name)| name.as_str())).map(str::to_owned);
            return Err(Error::NotFound {
                what: "party",
                code: text.to_owned(),
                nearest,
            });
        }
        Ok(codes)
    }
}
