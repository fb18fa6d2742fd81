//! New parties and sources of a plan: made when the first project that names them is recorded, so that what was rejected brings
//! nobody with it.

use std::collections::HashMap;

use super::source_key::SourceKey;
use super::world::World;
use crate::context::Context;
use crate::domain::{
    CompanyName, Confidence, CountryCode, NameKind, PartyKind, is_kana, is_written_without_blanks,
};
use crate::error::Error;
use crate::exchange::{NewParty, NewSource, PartyDecision, Proposed};
use crate::store::{Kind, OtherName, Party, PartyFacts, Source, Writer};

/// A record of the plan: still to be made, or its code.
enum Coming<T> {
    Waiting(Box<T>),
    /// A reviewer knows it under another name.
    Known(Box<T>, Box<str>),
    Made(Box<str>),
}

/// Those that a plan names by keys.
pub(super) struct Making<'a> {
    context: &'a Context,
    file: &'a str,
    /// Whether addresses must be looked up again, because the registry moved.
    look_again: bool,
    parties: HashMap<Box<str>, Coming<NewParty>>,
    sources: Sources,
    pub(super) parties_made: u64,
    pub(super) sources_made: u64,
}

impl<'a> Making<'a> {
    pub(super) fn new(context: &'a Context, file: &'a str, look_again: bool) -> Self {
        Self {
            context,
            file,
            look_again,
            parties: HashMap::new(),
            sources: Sources::default(),
            parties_made: 0,
            sources_made: 0,
        }
    }

    pub(super) fn party(&mut self, party: NewParty) {
        let key = party.key.as_str().into();
        let coming = match &party.decision {
            PartyDecision::Same(code) => {
                let code = code.as_str().into();
                Coming::Known(Box::new(party), code)
            }
            PartyDecision::Add => Coming::Waiting(Box::new(party)),
        };
        self.parties.insert(key, coming);
    }

    pub(super) fn source(&mut self, source: NewSource) {
        self.sources
            .waiting
            .insert(source.key.as_str().into(), source);
    }

    /// What is proposed, with codes in the place of keys.
    pub(super) fn resolved(
        &mut self,
        mut proposed: Proposed,
        world: &mut World,
        writer: &mut Writer<'_>,
    ) -> Result<Proposed, Error> {
        for part in &mut proposed.participations {
            self.put_party(&mut part.party, world, writer)?;
        }
        for amount in &mut proposed.amounts {
            if let Some(party) = &mut amount.party {
                self.put_party(party, world, writer)?;
            }
        }
        let events = proposed.events.iter_mut().map(|event| &mut event.source);
        let amounts = proposed.amounts.iter_mut().map(|amount| &mut amount.source);
        let risks = proposed.risks.iter_mut().map(|risk| &mut risk.source);
        let parts = events.chain(amounts).chain(risks).flatten();
        for code in parts.chain(&mut proposed.citations) {
            self.put_source(code, world, writer)?;
        }
        Ok(proposed)
    }

    fn put_party(
        &mut self,
        code: &mut String,
        world: &mut World,
        writer: &mut Writer<'_>,
    ) -> Result<(), Error> {
        let Some(coming) = self.parties.get_mut(code.as_str()) else {
            return Ok(());
        };
        if let Coming::Known(new, known) = coming {
            let party: Party = writer.reader().one(known)?;
            let code = party.facts.code.clone().into();
            writer.save(also_named(party, &new.name))?;
            *coming = Coming::Made(code);
        }
        if let Coming::Waiting(new) = coming {
            let wanted = new.code.clone();
            let is_free = match &wanted {
                Some(wanted) => writer.reader().find::<Party>(wanted)?.is_none(),
                None => false,
            };
            let party_code = match wanted.filter(|_| is_free) {
                Some(code) => code,
                None => writer.next_party_code([new.name.as_str()])?,
            };
            let id = self.context.fresh_id(Kind::Party, &party_code);
            let mut facts = PartyFacts {
                code: party_code.clone(),
                id,
                name_en: None,
                name_zh: None,
                name_ja: None,
                name_native: None,
                country: new.country.clone(),
                side: None,
                kind: new.kind.unwrap_or(PartyKind::Other),
                note: new.kind.is_none().then(|| {
                    format!(
                        "Named in the import of {}, which does not say what kind of party it is.",
                        self.file
                    )
                }),
                general_knowledge: None,
            };
            let country = new.country.as_ref();
            *name_of(&mut facts, &new.name, country) = Some(new.name.clone());
            writer.save(Party {
                facts,
                other_names: Vec::new(),
                identifiers: Vec::new(),
            })?;
            world.seen(Kind::Party, &party_code);
            self.parties_made += 1;
            *coming = Coming::Made(party_code.into());
        }
        if let Coming::Made(made) = coming {
            *code = made.to_string();
        }
        Ok(())
    }

    fn put_source(
        &mut self,
        code: &mut String,
        world: &mut World,
        writer: &mut Writer<'_>,
    ) -> Result<(), Error> {
        let Some(new) = self.sources.waiting.remove(code.as_str()) else {
            if let Some(made) = self.sources.made(code) {
                *code = made;
            }
            return Ok(());
        };
        let known = match new.url.as_deref().filter(|_| self.look_again) {
            Some(url) => writer.reader().source_at(url)?,
            None => None,
        };
        let made = match known {
            Some(known) => known.code,
            None => self.make_source(new, writer)?,
        };
        world.seen(Kind::Source, &made);
        self.sources.note(code, &made);
        *code = made;
        Ok(())
    }

    fn make_source(&mut self, new: NewSource, writer: &mut Writer<'_>) -> Result<String, Error> {
        let code = match new.code {
            Some(wanted) if writer.reader().find::<Source>(&wanted)?.is_none() => wanted,
            _ => writer.next_source_code()?,
        };
        let id = self.context.fresh_id(Kind::Source, &code);
        let confidence = new.confidence.unwrap_or(Confidence::Low);
        writer.save(Source {
            url: new.url,
            title: new.title,
            publisher: new.publisher,
            ..Source::new(id, code.clone(), confidence)
        })?;
        self.sources_made += 1;
        Ok(code)
    }
}

/// The new sources of a plan: there may be one for every row, so that what is kept of one that is made must be small.
#[derive(Default)]
struct Sources {
    waiting: HashMap<Box<str>, NewSource>,
    /// The number of the key → that of the code.
    numbers: HashMap<u32, u32>,
    /// The same where the one or the other is not of the usual form.
    others: HashMap<Box<str>, Box<str>>,
}

impl Sources {
    /// Notes that the source of this key has that code now.
    fn note(&mut self, key: &str, code: &str) {
        match (SourceKey::of(key), SourceKey::of(code)) {
            (SourceKey::New(key), SourceKey::Numbered(code)) => {
                self.numbers.insert(key, code);
            }
            _ => {
                self.others.insert(key.into(), code.into());
            }
        }
    }

    /// The code of the source of this key, when it is made.
    fn made(&self, key: &str) -> Option<String> {
        if let Some(code) = self.others.get(key) {
            return Some(code.to_string());
        }
        let SourceKey::New(key) = SourceKey::of(key) else {
            return None;
        };
        let code = self.numbers.get(&key).copied();
        code.map(|code| SourceKey::Numbered(code).text())
    }
}

/// The party with one more name, so that it is known by it the next time.
fn also_named(mut party: Party, name: &str) -> Party {
    let new = CompanyName::of(name);
    if !party.identity().names.contains(&new) {
        party.other_names.push(OtherName {
            name: name.to_owned(),
            language: "und".to_owned(),
            kind: NameKind::Alias,
            basis: None,
        });
    }
    party
}

/// Where a name belongs by its script and the home country.
fn name_of<'a>(
    facts: &'a mut PartyFacts,
    name: &str,
    country: Option<&CountryCode>,
) -> &'a mut Option<String> {
    let has = |of: fn(char) -> bool| name.chars().any(of);
    let is_han = has(is_written_without_blanks);
    let is_latin = name
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .all(|letter| letter.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&letter));
    match country.map(CountryCode::as_str) {
        _ if is_latin => &mut facts.name_en,
        _ if has(is_kana) => &mut facts.name_ja,
        Some("JP") if is_han => &mut facts.name_ja,
        Some("CN" | "HK" | "MO" | "TW" | "SG") if is_han => &mut facts.name_zh,
        _ => &mut facts.name_native,
    }
}
