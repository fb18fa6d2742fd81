//! One project, whole.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::{Names, Side};
use crate::report::ProjectReport;
use crate::store::{Amount, Participation, Party};

impl View for ProjectReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let title = labels.name(self.project.titles());
        page.add(Block::Title(format!(
            "{}  {title}",
            self.project.facts.code
        )));
        page.add(Block::Fields(self.fields(labels)));
        self.parties(labels, &mut page);
        self.events(labels, &mut page);
        self.amounts(labels, &mut page);
        self.risks(labels, &mut page);
        self.list_sources(labels, &mut page);
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["section", "number", "field", "value"]);
        let report = serde_json::to_value(self).unwrap_or_default();
        for (section, value) in report.as_object().into_iter().flatten() {
            match value {
                serde_json::Value::Array(items) => {
                    for (place, item) in (1_usize..).zip(items) {
                        let number = item
                            .get("number")
                            .and_then(serde_json::Value::as_u64)
                            .and_then(|number| usize::try_from(number).ok());
                        flatten(section, Some(number.unwrap_or(place)), item, &mut sheet);
                    }
                }
                serde_json::Value::Object(parties) => {
                    for (place, party) in (1..).zip(parties.values()) {
                        flatten(section, Some(place), party, &mut sheet);
                    }
                }
                single => flatten(
                    "project",
                    None,
                    &serde_json::json!({ section.as_str(): single }),
                    &mut sheet,
                ),
            }
        }
        sheet
    }
}

/// One row for each field of `value`; a value without fields is a field of the name of its section.
fn flatten(section: &str, number: Option<usize>, value: &serde_json::Value, sheet: &mut Sheet) {
    let mut row = |field: &str, value: &serde_json::Value| {
        let value = match value {
            serde_json::Value::Null => Cell::NotStated,
            serde_json::Value::String(text) => Cell::from(text.as_str()),
            other => Cell::from(other.to_string()),
        };
        sheet.rows.push(vec![
            section.into(),
            number.map_or(Cell::Blank, Cell::Count),
            field.into(),
            value,
        ]);
    };
    match value.as_object() {
        Some(fields) => fields
            .iter()
            .filter(|(field, _)| *field != "number")
            .for_each(|(field, value)| row(field, value)),
        None => row(section, value),
    }
}

impl ProjectReport {
    fn fields(&self, labels: &Labels) -> Vec<(String, String)> {
        let facts = &self.project.facts;
        let not_stated = || labels.text("not-stated");
        let yes_no = |value: bool| labels.text(if value { "yes" } else { "no" });
        let mut hosts: Vec<&str> = self
            .project
            .hosts
            .iter()
            .map(|host| labels.country(host.as_str()))
            .collect();
        hosts.extend(facts.host_note.as_deref());
        let with_basis = |mode| {
            facts.mode_basis.map_or_else(
                || labels.word(mode),
                |basis| format!("{} ({})", labels.word(mode), labels.word(basis)),
            )
        };
        let since = self
            .status_on
            .map_or_else(String::new, |date| format!(", {date}"));
        let mut fields = vec![
            (
                "field-status",
                format!("{}{since}", labels.word_or_not_stated(self.status)),
            ),
            (
                "field-evidence",
                self.evidence_on
                    .map_or_else(not_stated, |date| date.to_string()),
            ),
            (
                "field-hosts",
                if hosts.is_empty() {
                    not_stated()
                } else {
                    hosts.join("; ")
                },
            ),
            ("field-mode", facts.mode.map_or_else(not_stated, with_basis)),
            ("field-sector", labels.word_or_not_stated(facts.sector)),
            (
                "field-instrument",
                labels.word_or_not_stated(facts.instrument),
            ),
            (
                "field-forum",
                facts
                    .forum
                    .clone()
                    .unwrap_or_else(|| labels.text("field-later-project")),
            ),
        ];
        let shown = labels.name(self.project.titles());
        let original = facts
            .title_original
            .as_ref()
            .filter(|title| *title != shown);
        fields.extend(original.map(|title| ("field-title_original", title.clone())));
        fields.extend(
            facts
                .list_number
                .map(|number| ("field-list_number", number.to_string())),
        );
        if facts.forum.is_some() {
            fields.push(("field-identified", yes_no(facts.identified)));
            fields.push((
                "field-membership",
                labels.word_or_not_stated(facts.membership),
            ));
        }
        fields.extend(
            facts
                .umbrella
                .map(|umbrella| ("field-umbrella", yes_no(umbrella))),
        );
        let objectives: Vec<String> = self
            .project
            .objectives
            .iter()
            .map(|objective| labels.word(*objective))
            .collect();
        fields.extend(
            (!objectives.is_empty()).then(|| ("field-objectives", labels.list(&objectives))),
        );
        let identifiers: Vec<String> = self
            .project
            .identifiers
            .iter()
            .map(|other| format!("{}: {}", other.scheme, other.identifier))
            .collect();
        fields.extend(
            (!identifiers.is_empty()).then(|| ("field-identifiers", labels.list(&identifiers))),
        );
        fields.push((
            "field-confidence",
            labels.word_or_not_stated(facts.confidence),
        ));
        fields.extend(facts.note.as_ref().map(|note| ("field-note", note.clone())));
        fields
            .into_iter()
            .map(|(field, value)| (labels.text(field), value))
            .collect()
    }

    fn parties(&self, labels: &Labels, page: &mut Page) {
        if self.project.participations.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-parties")));
        let fields = [
            "field-party",
            "field-country",
            "field-side",
            "field-role",
            "field-share",
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
        let names = party.map_or(Names::default(), Party::names);
        let name = Some(labels.name(names))
            .filter(|name| !name.is_empty())
            .unwrap_or(&participation.party);
        let country = party.and_then(|party| party.facts.country.as_ref());
        let side = Side::of(
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
            Cell::from(name),
            Cell::or_not_stated(country),
            Cell::or_not_stated(side.map(|side| labels.word(side))),
            Cell::from(labels.word(participation.role)),
            participation
                .share_percent
                .map_or(Cell::Blank, |share| Cell::Text(format!("{share}%"))),
            Cell::from(notes.join("; ")),
        ]
    }

    fn events(&self, labels: &Labels, page: &mut Page) {
        if self.project.events.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-events")));
        let fields = ["field-date", "field-kind", "field-event", "field-source"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        let mut events: Vec<_> = self.project.events.iter().collect();
        let day = |date: crate::domain::PartialDate| (date.last_day(), date.first_day());
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

    fn amounts(&self, labels: &Labels, page: &mut Page) {
        if self.project.amounts.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-amounts")));
        let fields = [
            "field-amount",
            "field-kind",
            "field-basis",
            "field-date",
            "field-note",
            "field-source",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        for amount in &self.project.amounts {
            let mut notes: Vec<String> = amount
                .estimated
                .then(|| labels.text("estimated"))
                .into_iter()
                .collect();
            notes.extend(amount.note.clone());
            sheet.rows.push(vec![
                Cell::from(self.money(amount)),
                Cell::from(labels.word(amount.kind)),
                Cell::from(labels.word(amount.basis)),
                Cell::or_not_stated(amount.on_date),
                Cell::from(notes.join("; ")),
                self.source_cell(amount.source.as_ref()),
            ]);
        }
        page.add(Block::Table(sheet));
    }

    /// `USD 1,700,000,000`: the currency first, digits in groups, decimals only where there are any.
    fn money(&self, amount: &Amount) -> String {
        let currency = self.currencies.get(amount.currency.as_str());
        let places = currency
            .and_then(|currency| currency.decimal_places)
            .and_then(|places| u32::try_from(places).ok())
            .unwrap_or(0);
        let unit = 10_i64.pow(places);
        let (whole, part) = (amount.minor_units / unit, amount.minor_units % unit);
        let digits = whole.to_string();
        let grouped = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(String::from_utf8_lossy)
            .collect::<Vec<_>>()
            .join(",");
        let part = if part == 0 {
            String::new()
        } else {
            format!(".{part:0places$}", places = places as usize)
        };
        format!("{}\u{a0}{grouped}{part}", amount.currency)
    }

    fn risks(&self, labels: &Labels, page: &mut Page) {
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

    fn list_sources(&self, labels: &Labels, page: &mut Page) {
        if self.sources.is_empty() {
            return;
        }
        page.add(Block::Heading(labels.text("section-sources")));
        let line = |numbered: &crate::report::ProjectSource| {
            let source = &numbered.source;
            let stated = [
                source.title.as_deref(),
                source.publisher.as_deref(),
                source.url.as_deref(),
            ];
            let named = stated.into_iter().flatten().collect::<Vec<_>>().join(", ");
            (
                format!("[{}]", numbered.number),
                format!("{named} ({})", labels.word(source.confidence)),
            )
        };
        page.add(Block::Fields(self.sources.iter().map(line).collect()));
    }
}
