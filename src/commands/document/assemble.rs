//! A project from its text: what is named is looked up, what is new gets a number. What cannot be found is kept by the desk, so that
//! everything is named at once.

use crate::commands::amount::minor_units;
use crate::commands::desk::Desk;
use crate::document::{
    AmountText, EventText, ParticipationText, PartyText, ProjectText, RiskText, SourceText,
};
use crate::domain::{
    Confidence, CountryCode, Invalid, PartialDate, SourceReference, TextBasis, project_fields,
};
use crate::error::Error;
use crate::store::{Amount, Event, Kind, Participation, Party, Project, ProjectFacts, Source};

/// What a title rests on, where the text left both as they were or says something new about it: the basis of another title is
/// none of this one.
fn still(
    basis: Option<TextBasis>,
    title: &Option<String>,
    known: (&Option<String>, Option<TextBasis>),
) -> Option<TextBasis> {
    basis.filter(|basis| title.is_some() && (title == known.0 || Some(*basis) != known.1))
}

/// The project that the text describes. `known` is the record that it is about.
pub(super) fn project(
    text: &ProjectText,
    known: &Project,
    desk: &mut Desk<'_, '_>,
) -> Result<Project, Error> {
    let text = text.clone();
    let before = &known.facts;
    let forum = match text.code {
        Some(_) => text.forum,
        None => before.forum.clone(),
    };
    let mut facts = ProjectFacts::new(before.code.clone(), before.id, forum);
    facts.list_number = text.list_number;
    facts.identified = text.identified;
    macro_rules! take {
        ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => { $(facts.$field = text.$field;)+ };
    }
    project_fields!(take);
    let zh = (&before.title_zh, before.title_zh_basis);
    let ja = (&before.title_ja, before.title_ja_basis);
    facts.title_zh_basis = still(facts.title_zh_basis, &facts.title_zh, zh);
    facts.title_ja_basis = still(facts.title_ja_basis, &facts.title_ja, ja);
    let mut project = Project::new(facts);
    project.objectives = text.objectives;
    project.identifiers = text.identifiers;
    project.origins.clone_from(&known.origins);
    let parts = Parts {
        parties: text.parties,
        sources: text.sources,
        hosts: text.hosts,
        citations: text.citations,
        participations: text.participations,
        events: text.events,
        amounts: text.amounts,
        risks: text.risks,
    };
    parts.put(&mut project, known, desk)?;
    Ok(project)
}

/// The lists of a project as they are typed, with the parties and sources that are recorded with it.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) parties: Vec<PartyText>,
    pub(crate) sources: Vec<SourceText>,
    pub(crate) hosts: Vec<String>,
    pub(crate) citations: Vec<SourceReference>,
    pub(crate) participations: Vec<ParticipationText>,
    pub(crate) events: Vec<EventText>,
    pub(crate) amounts: Vec<AmountText>,
    pub(crate) risks: Vec<RiskText>,
}

impl Parts {
    /// Adds the lists to the project; numbers follow on those of `known`.
    pub(crate) fn put(
        self,
        project: &mut Project,
        known: &Project,
        desk: &mut Desk<'_, '_>,
    ) -> Result<(), Error> {
        for party in self.parties {
            add_party(party, desk)?;
        }
        for source in self.sources {
            add_source(source, desk)?;
        }
        for host in &self.hosts {
            project.hosts.extend(country(host, desk)?);
        }
        for named in &self.citations {
            project.citations.extend(source(Some(named), desk)?);
        }
        let mut numbers = Numbers::after(known.participations.iter().map(|part| part.number));
        for part in self.participations {
            let number = numbers.of(part.number);
            let Some(party) = party(&part.party, desk)? else {
                continue;
            };
            project.participations.push(Participation {
                number,
                party,
                role: part.role,
                share_percent: part.share_percent,
                prospective: part.prospective,
                note: part.note,
            });
        }
        let mut numbers = Numbers::after(known.events.iter().map(|event| event.number));
        for text in self.events {
            let number = numbers.of(text.number);
            project.events.push(event(text, number, desk)?);
        }
        let mut numbers = Numbers::after(known.amounts.iter().map(|amount| amount.number));
        for text in self.amounts {
            let number = numbers.of(text.number);
            let amount = amount(text, number, desk)?;
            project.amounts.extend(amount);
        }
        let mut numbers = Numbers::after(known.risks.iter().map(|risk| risk.number));
        for risk in self.risks {
            let source = source(risk.source.as_ref(), desk)?;
            let number = numbers.of(risk.number);
            project.risks.push(risk.into_risk(number, source));
        }
        Ok(())
    }
}

/// The numbers of the parts of one sort.
struct Numbers(i32);

impl Numbers {
    fn after(known: impl Iterator<Item = i32>) -> Self {
        Self(known.max().unwrap_or(0))
    }

    /// The number that is stated, or the next one.
    fn of(&mut self, stated: Option<i32>) -> i32 {
        stated.unwrap_or_else(|| {
            self.0 = self.0.saturating_add(1);
            self.0
        })
    }
}

/// Records a new party.
fn add_party(text: PartyText, desk: &mut Desk<'_, '_>) -> Result<(), Error> {
    let names = [
        &text.name_en,
        &text.name_native,
        &text.name_zh,
        &text.name_ja,
    ];
    let names = names.into_iter().flatten().map(String::as_str);
    let code = desk.writer.next_party_code(names)?;
    let mut party = Party::new(desk.fresh_id(Kind::Party, &code), code, text.kind);
    if let Some(named) = &text.country {
        party.facts.country = country(named, desk)?;
    }
    party.facts.name_en = text.name_en;
    party.facts.name_zh = text.name_zh;
    party.facts.name_ja = text.name_ja;
    party.facts.name_native = text.name_native;
    party.facts.note = text.note;
    desk.save(party)
}

/// Records a new source.
fn add_source(text: SourceText, desk: &mut Desk<'_, '_>) -> Result<(), Error> {
    let code = desk.writer.next_source_code()?;
    let confidence = text.confidence.unwrap_or(Confidence::Low);
    let mut source = Source::new(desk.fresh_id(Kind::Source, &code), code, confidence);
    source.url = Some(text.url);
    source.title = text.title;
    source.publisher = text.publisher;
    source.publisher_kind = text.publisher_kind;
    source.language = text.language;
    source.read_on = match text.read_on {
        Some(PartialDate::Day(day)) => Some(day),
        Some(date) => {
            let invalid = Invalid::new("what-day", date.to_string(), "why-full-day");
            desk.tried::<()>(Err(invalid.into()))?;
            None
        }
        None => None,
    };
    source.note = text.note;
    desk.save(source)
}

fn event(text: EventText, number: i32, desk: &mut Desk<'_, '_>) -> Result<Event, Error> {
    Ok(Event {
        number,
        on_date: text.on_date,
        due_on: text.due_on,
        kind: text.kind,
        status: text.status,
        text: text.text,
        source: source(text.source.as_ref(), desk)?,
        confidence: text.confidence,
        evidence: text.evidence,
    })
}

/// The amount; none when something about it is wrong.
fn amount(text: AmountText, number: i32, desk: &mut Desk<'_, '_>) -> Result<Option<Amount>, Error> {
    let units = minor_units(desk, text.amount, &text.currency);
    let (units, source) = (desk.tried(units)?, source(text.source.as_ref(), desk)?);
    let party = match &text.party {
        Some(named) => party(named, desk)?,
        None => None,
    };
    Ok(units.map(|minor_units| Amount {
        number,
        kind: text.kind,
        basis: text.basis,
        minor_units,
        currency: text.currency,
        estimated: text.estimated,
        on_date: text.on_date,
        source,
        note: text.note,
        party,
    }))
}

/// The code of a country, when there is one of that name.
fn country(named: &str, desk: &mut Desk<'_, '_>) -> Result<Option<CountryCode>, Error> {
    let code = desk.country(named);
    desk.tried(code)
}

/// The code of a party, when one alone is meant.
fn party(named: &str, desk: &mut Desk<'_, '_>) -> Result<Option<String>, Error> {
    let found = desk.reader().party(named).map_err(Error::from);
    Ok(desk.tried(found)?.map(|party| party.facts.code))
}

/// The code of a source.
fn source(
    named: Option<&SourceReference>,
    desk: &mut Desk<'_, '_>,
) -> Result<Option<String>, Error> {
    let Some(named) = named else {
        return Ok(None);
    };
    let code = desk.source(named);
    desk.tried(code)
}
