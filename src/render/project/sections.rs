//! The parts of a project that are many: parties, events, amounts, risks and sources.

use std::borrow::Cow;

use crate::domain::{Names, PartialDate};
use crate::render::money::money;
use crate::render::{Block, Cell, Labels, Page, Sheet};
use crate::report::{ProjectReport, ProjectSource};
use crate::store::{Amount, Participation, Party};

impl ProjectReport {
    pub(super) fn parties(&self, labels: &Labels, page: &mut Page) {
        if self.project.participations.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-parties")));
        let fields = [
            "field-party",
            "field-country",
            "field-side",
            "field-role",
            "field-share-held",
            "field-note",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        for participation in &self.project.participations {
            sheet.rows.push(self.participation(participation, labels));
        }
        page.add(Block::Table(sheet));
    }

    fn participation(&self, participation: &Participation, labels: &Labels) -> Vec<Cell> {
        let party = self.parties.get(&participation.party);
        let name = self.party_name(&participation.party, labels);
        let country = party.and_then(|party| party.facts.country.as_ref());
        let side = self.homes.side(
            party.and_then(|party| party.facts.side),
            country,
            &self.project.hosts,
        );
        let mut notes: Vec<String> = participation
            .prospective
            .then(|| labels.text("prospective"))
            .into_iter()
            .collect();
        notes.extend(participation.note.clone());
        vec![
            Cell::from(name).linked(format!("party/{}", participation.party)),
            Cell::or_not_stated(country),
            Cell::or_not_stated(side.map(|side| labels.word(side))),
            Cell::from(labels.word(participation.role)),
            participation
                .share_percent
                .map_or(Cell::Blank, |share| Cell::Text(format!("{share}%"))),
            Cell::from(notes.join("; ")),
        ]
    }

    /// The name of a party for a reader, or its code.
    fn party_name<'a>(&'a self, code: &'a str, labels: &Labels) -> &'a str {
        let names = self
            .parties
            .get(code)
            .map_or(Names::default(), Party::names);
        Some(labels.name(names))
            .filter(|name| !name.is_empty())
            .unwrap_or(code)
    }

    pub(super) fn events(&self, labels: &Labels, page: &mut Page) {
        if self.project.events.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-events")));
        let fields = ["field-date", "field-kind", "field-event", "field-source"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        let mut events: Vec<_> = self.project.events.iter().collect();
        let day = |date: PartialDate| (date.last_day(), date.first_day());
        events.sort_by_key(|event| {
            (
                event.on_date.is_none(),
                event.on_date.or(event.due_on).map(day),
                event.number,
            )
        });
        for event in events {
            let due = event
                .due_on
                .map(|due| format!("{} {due}", labels.text("field-due")));
            let date = event.on_date.map(|date| date.to_string());
            let kind = event
                .status
                .map_or_else(|| labels.word(event.kind), |status| labels.word(status));
            sheet.rows.push(vec![
                Cell::from(
                    [date, due]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join("; "),
                ),
                Cell::from(kind),
                Cell::from(event.text.as_deref().unwrap_or_default()),
                self.source_cell(event.source.as_ref()),
            ]);
        }
        page.add(Block::Table(sheet));
    }

    fn source_cell(&self, code: Option<&String>) -> Cell {
        self.source_number(code)
            .map_or(Cell::Blank, |number| Cell::Text(format!("[{number}]")))
    }

    pub(super) fn amounts(&self, labels: &Labels, page: &mut Page) {
        if self.project.amounts.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-amounts")));
        let has_party = self
            .project
            .amounts
            .iter()
            .any(|amount| amount.party.is_some());
        let fields = [
            "field-amount",
            "field-kind",
            "field-basis",
            "field-date",
            "field-note",
            "field-source",
        ];
        let fields = fields.into_iter().chain(has_party.then_some("field-party"));
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        for amount in &self.project.amounts {
            let mut notes: Vec<String> = amount
                .estimated
                .then(|| labels.text("estimated"))
                .into_iter()
                .collect();
            notes.extend(amount.note.clone());
            let mut row = vec![
                Cell::from(self.money(amount)),
                Cell::from(labels.word(amount.kind)),
                Cell::from(labels.word(amount.basis)),
                Cell::or_not_stated(amount.on_date),
                Cell::from(notes.join("; ")),
                self.source_cell(amount.source.as_ref()),
            ];
            let party = amount.party.as_ref();
            let name = party.map(|code| self.party_name(code, labels));
            row.extend(has_party.then(|| name.map_or(Cell::Blank, Cell::from)));
            sheet.rows.push(row);
        }
        page.add(Block::Table(sheet));
    }

    fn money(&self, amount: &Amount) -> String {
        let currency = self.currencies.get(amount.currency.as_str());
        let places = currency
            .and_then(|currency| currency.decimal_places)
            .and_then(|places| u32::try_from(places).ok())
            .unwrap_or(0);
        money(amount.currency.as_str(), amount.minor_units, places)
    }

    pub(super) fn risks(&self, labels: &Labels, page: &mut Page) {
        if self.project.risks.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-risks")));
        let fields = [
            "field-risk",
            "field-kind",
            "field-level",
            "field-state",
            "field-date",
            "field-source",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        for risk in &self.project.risks {
            sheet.rows.push(vec![
                Cell::from(risk.text.as_str()),
                Cell::from(labels.word(risk.category)),
                Cell::from(labels.word(risk.level)),
                Cell::from(labels.word(risk.state)),
                Cell::or_not_stated(risk.on_date),
                self.source_cell(risk.source.as_ref()),
            ]);
        }
        page.add(Block::Table(sheet));
    }

    pub(super) fn list_sources(&self, labels: &Labels, page: &mut Page) {
        if self.sources.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-sources")));
        let line = |numbered: &ProjectSource| {
            let source = &numbered.source;
            let stated =
                [&source.title, &source.publisher].map(|text| text.as_deref().map(Cow::Borrowed));
            let stated = stated.into_iter().chain([source.shown_address()]);
            let named = stated.flatten().collect::<Vec<_>>().join(", ");
            (
                format!("[{}] {}", numbered.number, source.code),
                labels.noted(&named, &labels.word(source.confidence)),
            )
        };
        page.add(Block::Fields(self.sources.iter().map(line).collect()));
    }
}
