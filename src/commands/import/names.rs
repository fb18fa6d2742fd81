//! The parties and the sources that a file names: which of the registry's they are, and which are new.

use std::collections::{HashMap, HashSet};

use super::known::fingerprint;
use super::similar::Similar;
use super::source_key::SourceKey;
use crate::domain::{CompanyName, CountryCode};
use crate::exchange::{NewParty, NewSource, PartyDecision, PartyMention, SourceMention};
use crate::report::{Flaw, Said};
use crate::store::{Error, Party, Reader, Source};

/// Parties by code and by name. A new one is known from its first row on.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    all: Vec<(String, Option<CountryCode>)>,
    codes: HashMap<String, usize>,
    wholes: HashMap<String, Vec<usize>>,
    cores: HashMap<String, Vec<usize>>,
    /// The names of the parties that the registry has.
    similar: Similar,
    /// The party of each name: the country given with the name, the place of the party, and how many parties there were
    /// then, since one more may have a name that fits, too.
    resolved: HashMap<String, (Option<CountryCode>, usize, usize)>,
    new: usize,
}

/// How the keys of new parties begin.
const NEW: &str = "+p";

/// Names whose party is kept.
const RESOLVED: usize = 100_000;

impl Parties {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut parties = Self::default();
        reader.each::<Party>(|party| {
            let names = party.identity().names;
            parties.similar.add(parties.all.len(), &names);
            parties.add(
                party.facts.code.clone(),
                party.facts.country.clone(),
                &names,
            );
        })?;
        Ok(parties)
    }

    fn add(&mut self, code: String, country: Option<CountryCode>, names: &[CompanyName]) {
        let place = self.all.len();
        self.codes.insert(code.clone(), place);
        self.all.push((code, country));
        let put = |index: &mut HashMap<String, Vec<usize>>, name: &str| {
            let places = index.entry(name.to_owned()).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        };
        for name in names.iter().filter(|name| !name.core.is_empty()) {
            put(&mut self.wholes, &name.whole);
            put(&mut self.cores, &name.core);
        }
    }

    /// The party that is meant: its code, or the key of a new one, which is handed to `found` the first time. Where several of the
    /// file may be meant, it is one more, and that is a doubt.
    ///
    /// # Errors
    /// In words, when several parties may be meant, or none can be made of what the file says.
    pub(crate) fn resolve(
        &mut self,
        mention: &PartyMention,
        found: &mut Vec<NewParty>,
        doubts: &mut Vec<Said>,
    ) -> Result<String, Said> {
        if let Some(code) = &mention.code {
            if self.codes.contains_key(code) {
                return Ok(code.clone());
            }
            if mention.name.is_none() {
                return Err(Flaw::UnknownParty.with("code", code));
            }
        }
        let Some(text) = mention.name.as_deref() else {
            return Err(Flaw::NoNameOfParty.into());
        };
        if mention.code.is_none()
            && let Some((country, place, among)) = self.resolved.get(text)
            && *among == self.all.len()
            && *country == mention.country
            && let Some((code, _)) = self.all.get(*place)
        {
            return Ok(code.clone());
        }
        let name = CompanyName::of(text);
        if name.core.is_empty() {
            return Err(Flaw::NoName.into());
        }
        // The whole name speaks louder than the one without its legal form.
        for (index, key) in [(&self.wholes, &name.whole), (&self.cores, &name.core)] {
            let places = index.get(key).map_or(&[][..], Vec::as_slice);
            let mut fitting: Vec<(usize, &(String, Option<CountryCode>))> = places
                .iter()
                .filter_map(|place| Some((*place, self.all.get(*place)?)))
                .filter(|(_, (_, country))| agree(country.as_ref(), mention.country.as_ref()))
                // Two codes of one file are two parties, whatever their names.
                .filter(|(_, (key, _))| mention.code.is_none() || !key.starts_with(NEW))
                .collect();
            let same_country: Vec<_> = fitting
                .iter()
                .copied()
                .filter(|(_, (_, country))| *country == mention.country)
                .collect();
            let are_new = fitting.iter().all(|(_, (key, _))| key.starts_with(NEW));
            if fitting.len() > 1 && are_new && mention.country.is_none() {
                let codes: Vec<&str> = fitting.iter().map(|(_, (key, _))| key.as_str()).collect();
                doubts.push(Flaw::SeveralNewParties.with("codes", codes.join(", ")));
                if let [(_, (key, _))] = same_country.as_slice() {
                    return Ok(key.clone());
                }
                break; // it is one more
            }
            if same_country.len() == 1 {
                fitting = same_country;
            }
            match fitting.as_slice() {
                [] => {}
                [(place, (code, _))] => {
                    let found = (mention.country.clone(), *place, self.all.len());
                    if let Some(known) = self.resolved.get_mut(text) {
                        *known = found;
                    } else if self.resolved.len() < RESOLVED {
                        self.resolved.insert(text.to_owned(), found);
                    }
                    return Ok(code.clone());
                }
                several => {
                    let codes: Vec<&str> =
                        several.iter().map(|(_, (code, _))| code.as_str()).collect();
                    return Err(Flaw::SeveralParties.with("codes", codes.join(", ")));
                }
            }
        }
        if let Some((sign, _)) = &mention.perhaps_several {
            return Err(Flaw::Doubtful.with("sign", sign).with("name", text));
        }
        Ok(self.new_party(mention, text, name, found))
    }

    /// Takes in a party that nobody knows, and returns its key.
    fn new_party(
        &mut self,
        mention: &PartyMention,
        text: &str,
        name: CompanyName,
        found: &mut Vec<NewParty>,
    ) -> String {
        self.new += 1;
        let key = format!("{NEW}{}", self.new);
        let alike = self.similar.to(&name).into_iter();
        let alike = alike.filter_map(|place| self.all.get(place));
        let similar = alike.map(|(code, _)| code.clone()).collect();
        self.add(key.clone(), mention.country.clone(), &[name]);
        if let Some(code) = &mention.code {
            self.codes.insert(code.clone(), self.all.len() - 1);
        }
        found.push(NewParty {
            key: key.clone(),
            code: mention.code.clone(),
            decision: PartyDecision::Add,
            name: text.to_owned(),
            country: mention.country.clone(),
            kind: mention.kind,
            similar,
        });
        key
    }
}

fn agree(one: Option<&CountryCode>, other: Option<&CountryCode>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

/// Sources by code, address and title.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Codes, and the codes of the file under which a new one stands.
    codes: HashSet<u128>,
    /// Fingerprints of addresses and of titles without an address.
    known: HashMap<u128, SourceKey>,
    new: u32,
}

/// Which of the ways to name a source a fingerprint is of.
const ADDRESS: u8 = 0;
const TITLE: u8 = 1;
const CODE: u8 = 2;

impl Sources {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut sources = Self::default();
        reader.each::<Source>(|source| {
            sources.codes.insert(fingerprint(source.code.as_str()));
            let key = SourceKey::of(&source.code);
            if let Some(url) = &source.url {
                sources
                    .known
                    .insert(fingerprint(&(ADDRESS, url.as_str())), key);
            } else if let Some(title) = &source.title {
                sources
                    .known
                    .insert(fingerprint(&(TITLE, title.as_str())), key);
            }
        })?;
        Ok(sources)
    }

    /// The source that is meant: its code, or the key of a new one, which is handed to `found` the first time.
    pub(crate) fn resolve(
        &mut self,
        mention: SourceMention,
        found: &mut Vec<NewSource>,
    ) -> Result<String, Said> {
        if let Some(code) = mention
            .code
            .as_deref()
            .filter(|code| self.codes.contains(&fingerprint(*code)))
        {
            return Ok(code.to_owned());
        }
        let named = match (&mention.url, &mention.title, &mention.code) {
            (Some(url), ..) => fingerprint(&(ADDRESS, url.as_str())),
            (None, Some(title), _) => fingerprint(&(TITLE, title.as_str())),
            (None, None, Some(code)) => {
                return Err(Flaw::UnknownSource.with("code", code));
            }
            (None, None, None) => return Err(Flaw::NothingOfSource.into()),
        };
        // Two codes of one file are two sources, whatever their titles.
        let other = |known: &&SourceKey| {
            !(matches!(known, SourceKey::New(_)) && mention.code.is_some() && mention.url.is_none())
        };
        if let Some(known) = self.known.get(&named).filter(other) {
            return Ok(known.text());
        }
        self.new += 1;
        let key = SourceKey::New(self.new);
        let text = key.text();
        if let Some(code) = &mention.code {
            self.known
                .insert(fingerprint(&(CODE, code.as_str())), key.clone());
        }
        self.known.insert(named, key);
        found.push(NewSource {
            key: text.clone(),
            code: mention.code,
            url: mention.url,
            title: mention.title,
            publisher: mention.publisher,
            confidence: mention.confidence,
        });
        Ok(text)
    }
}
