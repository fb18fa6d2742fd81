//! What can be wrong with a project.

use std::collections::BTreeSet;
use std::fmt::Display;

use chrono::NaiveDate;

use super::Fault;
use crate::domain::*;
use crate::message::Message;
use crate::store::{Amount, Currency, Error, Event, Kind, Project, Reader};

/// What a project may refer to: the records of the registry, or those that an import is about to bring.
pub(crate) trait Referred {
    /// Whether there is a record of this kind with this code.
    fn has(&mut self, kind: Kind, code: &str) -> Result<bool, Error>;

    fn currency(&mut self, code: &str) -> Result<Option<Currency>, Error>;

    fn project_with_list_number(
        &mut self,
        forum: &str,
        number: i64,
    ) -> Result<Option<ProjectCode>, Error>;

    fn project_with_identifier(
        &mut self,
        scheme: &str,
        identifier: &str,
    ) -> Result<Option<ProjectCode>, Error>;
}

impl Referred for Reader<'_> {
    fn has(&mut self, kind: Kind, code: &str) -> Result<bool, Error> {
        Ok(self.document(kind, code)?.is_some())
    }

    fn currency(&mut self, code: &str) -> Result<Option<Currency>, Error> {
        self.find(code)
    }

    fn project_with_list_number(
        &mut self,
        forum: &str,
        number: i64,
    ) -> Result<Option<ProjectCode>, Error> {
        Reader::project_with_list_number(self, forum, number)
    }

    fn project_with_identifier(
        &mut self,
        scheme: &str,
        identifier: &str,
    ) -> Result<Option<ProjectCode>, Error> {
        Reader::project_with_identifier(self, scheme, identifier)
    }
}

/// Everything that is wrong with `project`.
pub(crate) fn project_faults(
    project: &Project,
    today: NaiveDate,
    known: &mut dyn Referred,
    faults: &mut Vec<Fault>,
) -> Result<(), Error> {
    of_facts(project, known, faults)?;
    of_lists(project, faults);
    of_links(project, known, faults)?;
    for participation in &project.participations {
        if let Some(why) = participation.share_percent.and_then(share_fault) {
            faults.push(Fault::new(
                format!("participations {} share_percent", participation.number),
                why,
            ));
        }
    }
    for event in &project.events {
        of_event(event, faults);
    }
    of_dates(project, today, faults);
    of_course(project, faults);
    for amount in &project.amounts {
        of_amount(amount, known, faults)?;
    }
    Ok(())
}

fn of_facts(
    project: &Project,
    known: &mut dyn Referred,
    faults: &mut Vec<Fault>,
) -> Result<(), Error> {
    let facts = &project.facts;
    if project.titles() == Names::default() {
        faults.push(Fault::new("title_en", "flaw-no_title"));
    }
    if facts.mode.is_none() && facts.mode_basis.is_some() {
        faults.push(Fault::new("mode_basis", "flaw-basis_without_mode"));
    }
    let prefix = facts.code.as_str().split('-').next().unwrap_or_default();
    let forum = facts.forum.as_deref();
    match forum {
        Some(forum) if forum != prefix => {
            let why = message!("flaw-code_of_other_forum", code = facts.code, forum);
            faults.push(Fault::new("forum", why));
        }
        None if prefix != "P" => {
            let why = message!("flaw-code_of_forum", code = facts.code, forum = prefix);
            faults.push(Fault::new("forum", why));
        }
        Some(forum) if !known.has(Kind::Forum, forum)? => {
            faults.push(Fault::new("forum", message!("flaw-no_forum", forum)));
        }
        _ => {}
    }
    if forum.is_none() {
        let only_of_a_forum = [
            ("list_number", facts.list_number.is_some()),
            ("membership", facts.membership.is_some()),
        ];
        for (field, _) in only_of_a_forum.iter().filter(|(_, stated)| *stated) {
            let label = Message::new(format!("field-{field}"));
            let why = message!("flaw-only_of_forum", field = label);
            faults.push(Fault::new(*field, why));
        }
        if !facts.identified {
            faults.push(Fault::new("identified", "flaw-not_identified"));
        }
    }
    if let (Some(forum), Some(number)) = (forum, facts.list_number) {
        if number < 1 {
            faults.push(Fault::new("list_number", "why-list-number"));
        }
        let holder = known.project_with_list_number(forum, number)?;
        if let Some(holder) = holder.filter(|holder| *holder != facts.code) {
            let why = message!("flaw-number_taken", code = holder);
            faults.push(Fault::new("list_number", why));
        }
    }
    Ok(())
}

/// Values that stand twice in one list.
fn of_lists(project: &Project, faults: &mut Vec<Fault>) {
    fn twice<T: Ord + Display>(
        field: &str,
        values: impl IntoIterator<Item = T>,
        faults: &mut Vec<Fault>,
    ) {
        let mut seen = BTreeSet::new();
        for value in values {
            if seen.contains(&value) {
                let why = message!("flaw-stands_twice", value = value.to_string(), field);
                faults.push(Fault::new(field, why));
            }
            seen.insert(value);
        }
    }
    twice("hosts", &project.hosts, faults);
    twice("objectives", &project.objectives, faults);
    twice("citations", &project.citations, faults);
    let identifiers = project.identifiers.iter();
    let identifiers = identifiers.map(|other| format!("{} {}", other.scheme, other.identifier));
    twice("identifiers", identifiers, faults);
    let numbers = project.participations.iter().map(|part| part.number);
    twice("participations number", numbers, faults);
    twice(
        "events number",
        project.events.iter().map(|event| event.number),
        faults,
    );
    twice(
        "amounts number",
        project.amounts.iter().map(|amount| amount.number),
        faults,
    );
    twice(
        "risks number",
        project.risks.iter().map(|risk| risk.number),
        faults,
    );
    let parts = project.participations.iter();
    let parts = parts.map(|part| format!("{} as {}", part.party, part.role));
    twice("participations", parts, faults);
}

/// Records that it refers to and that are not there.
fn of_links(
    project: &Project,
    known: &mut dyn Referred,
    faults: &mut Vec<Fault>,
) -> Result<(), Error> {
    for host in &project.hosts {
        if !known.has(Kind::Country, host.as_str())? {
            faults.push(Fault::new("hosts", message!("why-no-country", code = host)));
        }
    }
    for part in &project.participations {
        if !known.has(Kind::Party, &part.party)? {
            let field = format!("participations {} party", part.number);
            let why = message!("why-no-party", code = part.party);
            faults.push(Fault::new(field, why));
        }
    }
    for amount in &project.amounts {
        if let Some(party) = &amount.party
            && !known.has(Kind::Party, party)?
        {
            let field = format!("amounts {} party", amount.number);
            faults.push(Fault::new(field, message!("why-no-party", code = party)));
        }
    }
    let events = project.events.iter();
    let events = events.map(|event| (format!("events {} source", event.number), &event.source));
    let amounts = project.amounts.iter();
    let amounts =
        amounts.map(|amount| (format!("amounts {} source", amount.number), &amount.source));
    let risks = project.risks.iter();
    let risks = risks.map(|risk| (format!("risks {} source", risk.number), &risk.source));
    let cited = events.chain(amounts).chain(risks);
    let cited = cited.filter_map(|(field, source)| Some((field, source.as_ref()?)));
    let whole = project
        .citations
        .iter()
        .map(|code| ("citations".to_owned(), code));
    for (field, code) in cited.chain(whole) {
        if !known.has(Kind::Source, code)? {
            faults.push(Fault::new(field, message!("why-no-source", code)));
        }
    }
    for (place, other) in (1..).zip(&project.identifiers) {
        let owner = known.project_with_identifier(&other.scheme, &other.identifier)?;
        if let Some(owner) = owner.filter(|owner| *owner != project.facts.code) {
            let identifier = format!("{} {}", other.scheme, other.identifier);
            let why = message!("why-identifier-taken", identifier, owner);
            faults.push(Fault::new(format!("identifiers {place}"), why));
        }
    }
    Ok(())
}

fn of_event(event: &Event, faults: &mut Vec<Fault>) {
    let mut refuse = |field: &str, why: &'static str| {
        faults.push(Fault::new(format!("events {} {field}", event.number), why));
    };
    match (event.kind, event.status) {
        (EventKind::Status, None) => refuse("status", "why-event-without-status"),
        (EventKind::Status, Some(_)) | (_, None) => {}
        (_, Some(_)) => refuse("status", "why-status-of-other-event"),
    }
    if event.kind != EventKind::Milestone && event.due_on.is_some() {
        refuse("due_on", "why-due-of-other-event");
    }
    if event.on_date.is_none() && (event.kind != EventKind::Milestone || event.due_on.is_none()) {
        refuse("on_date", "why-event-without-date");
    }
    if event.kind != EventKind::Status && event.text.is_none() {
        refuse("text", "why-event-without-text");
    }
}

/// What is recorded has happened.
fn of_dates(project: &Project, today: NaiveDate, faults: &mut Vec<Fault>) {
    let events = project
        .events
        .iter()
        .map(|event| ("events", event.number, event.on_date));
    let amounts = project
        .amounts
        .iter()
        .map(|amount| ("amounts", amount.number, amount.on_date));
    let risks = project
        .risks
        .iter()
        .map(|risk| ("risks", risk.number, risk.on_date));
    for (list, number, date) in events.chain(amounts).chain(risks) {
        if let Some(date) = date.filter(|date| date.first_day() > today) {
            let why = message!("flaw-in_future", date);
            faults.push(Fault::new(format!("{list} {number} on_date"), why));
        }
    }
}

fn of_course(project: &Project, faults: &mut Vec<Fault>) {
    let steps = project.events.iter().filter_map(|event| {
        Some(Step {
            number: event.number,
            on_date: event.on_date?,
            status: event.status?,
        })
    });
    for oddity in oddities(steps) {
        faults.push(match oddity {
            Oddity::Twice { earlier, later } => Fault::new(
                format!("events {} status", later.number),
                message!(
                    "flaw-status_twice",
                    status = later.status,
                    date = later.on_date,
                    known = earlier.on_date
                ),
            ),
            Oddity::Back { earlier, later } => Fault {
                is_step_back: true,
                ..Fault::new(
                    format!("events {} status", later.number),
                    message!(
                        "why-step-back",
                        status = later.status,
                        date = later.on_date,
                        known_status = earlier.status,
                        known = earlier.on_date
                    ),
                )
            },
        });
    }
}

fn of_amount(
    amount: &Amount,
    known: &mut dyn Referred,
    faults: &mut Vec<Fault>,
) -> Result<(), Error> {
    let field = |field: &str| format!("amounts {} {field}", amount.number);
    let code = amount.currency.as_str();
    let Some(currency) = known.currency(code)? else {
        let why = message!("why-no-currency", code);
        faults.push(Fault::new(field("currency"), why));
        return Ok(());
    };
    let dated_since = |end: PartialDate| {
        amount
            .on_date
            .is_none_or(|date| date.first_day() > end.last_day())
    };
    if let Some(withdrawn) = currency.withdrawn.filter(|end| dated_since(*end)) {
        let why = message!("why-withdrawn", code, date = withdrawn);
        faults.push(Fault::new(field("currency"), why));
    }
    if amount.minor_units < 0 {
        faults.push(Fault::new(field("minor_units"), "why-negative"));
    }
    Ok(())
}
