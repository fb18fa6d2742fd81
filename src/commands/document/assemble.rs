//! A project from its text: what is named is looked up, what is new gets a number.

use crate::commands::desk::Desk;
use crate::document::{AmountText, EventText, ProjectText};
use crate::domain::{Decimal, Invalid, SourceReference};
use crate::error::Error;
use crate::store::{Amount, Currency, Event, Participation, Project, ProjectFacts};

/// The project that the text describes. `known` is the record that it is about.
pub(super) fn project(
    text: ProjectText,
    known: &Project,
    desk: &mut Desk<'_, '_>,
) -> Result<Project, Error> {
    let facts = ProjectFacts {
        code: text.code,
        id: known.facts.id,
        list_number: text.list_number,
        forum: text.forum,
        identified: text.identified,
        umbrella: text.umbrella,
        instrument: text.instrument,
        title_en: text.title_en,
        title_zh: text.title_zh,
        title_ja: text.title_ja,
        title_original: text.title_original,
        mode: text.mode,
        mode_basis: text.mode_basis,
        sector: text.sector,
        host_note: text.host_note,
        membership: text.membership,
        confidence: text.confidence,
        note: text.note,
    };
    let mut project = Project::new(facts);
    for host in &text.hosts {
        project
            .hosts
            .push(desk.reader().country(host)?.code.parse()?);
    }
    project.objectives = text.objectives;
    project.identifiers = text.identifiers;
    for source in &text.citations {
        project.citations.push(desk.source(source)?);
    }
    let mut numbers = Numbers::after(known.participations.iter().map(|part| part.number));
    for part in text.participations {
        let party = desk.reader().party(&part.party)?.facts.code;
        project.participations.push(Participation {
            number: numbers.of(part.number),
            party,
            role: part.role,
            share_percent: part.share_percent,
            prospective: part.prospective,
            note: part.note,
        });
    }
    let mut numbers = Numbers::after(known.events.iter().map(|event| event.number));
    for event in text.events {
        project.events.push(self::event(event, &mut numbers, desk)?);
    }
    let mut numbers = Numbers::after(known.amounts.iter().map(|amount| amount.number));
    for amount in text.amounts {
        project
            .amounts
            .push(self::amount(amount, &mut numbers, desk)?);
    }
    let mut numbers = Numbers::after(known.risks.iter().map(|risk| risk.number));
    for risk in text.risks {
        let source = source(risk.source.as_ref(), desk)?;
        let number = numbers.of(risk.number);
        project.risks.push(risk.into_risk(number, source));
    }
    Ok(project)
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

fn event(text: EventText, numbers: &mut Numbers, desk: &mut Desk<'_, '_>) -> Result<Event, Error> {
    Ok(Event {
        number: numbers.of(text.number),
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

fn amount(
    text: AmountText,
    numbers: &mut Numbers,
    desk: &mut Desk<'_, '_>,
) -> Result<Amount, Error> {
    let number = numbers.of(text.number);
    let stated: Decimal = text.amount.ok_or_else(|| {
        Invalid::new(
            "an amount",
            format!("amounts {number}"),
            "it says no amount",
        )
    })?;
    let currency: Currency = desk.reader().one(text.currency.as_str())?;
    Ok(Amount {
        number,
        kind: text.kind,
        basis: text.basis,
        minor_units: stated.to_minor_units(crate::commands::amount::places(&currency)?)?,
        currency: text.currency,
        estimated: text.estimated,
        on_date: text.on_date,
        source: source(text.source.as_ref(), desk)?,
        note: text.note,
    })
}

fn source(
    named: Option<&SourceReference>,
    desk: &mut Desk<'_, '_>,
) -> Result<Option<String>, Error> {
    named.map(|named| desk.source(named)).transpose()
}
