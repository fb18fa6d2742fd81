//! One project, whole: its fields here, its tables in `sections`.

mod sections;

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::ProjectReport;

impl View for ProjectReport {
    fn page(&self, labels: &Labels, width: usize) -> Page {
        let mut page = Page::default();
        let facts = &self.project.facts;
        let title = labels.title(self.project.titles(), facts.identified);
        page.add(Block::Title(format!(
            "{}  {title}",
            self.project.facts.code
        )));
        page.add_clocks(self.horizon, self.known_at, labels);
        page.blocks.extend(self.card(labels).blocks);
        self.list_sources(labels, &mut page);
        if let Some(history) = &self.history {
            page.add(Block::Heading(labels.text("section-history")));
            page.blocks.extend(history.page(labels, width).blocks);
        }
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
    /// Returns the facts without title and sources, for pages that have those in a form of their own.
    pub(super) fn card(&self, labels: &Labels) -> Page {
        let mut page = Page::default();
        page.add(Block::Fields(self.fields(labels)));
        self.parties(labels, &mut page);
        self.events(labels, &mut page);
        self.amounts(labels, &mut page);
        self.risks(labels, &mut page);
        page
    }

    fn fields(&self, labels: &Labels) -> Vec<(String, String)> {
        let facts = &self.project.facts;
        let mut fields = vec![
            ("field-status", self.status_since(labels)),
            ("field-evidence", or_not_stated(self.evidence_on, labels)),
            ("field-hosts", self.hosts(labels)),
            ("field-mode", self.mode(labels)),
            ("field-sector", labels.word_or_not_stated(facts.sector)),
            (
                "field-instrument",
                labels.word_or_not_stated(facts.instrument),
            ),
        ];
        fields.extend(self.membership(labels));
        let shown = labels.name(self.project.titles());
        let original = facts.title_original.clone().filter(|title| title != shown);
        let umbrella = facts.umbrella.map(|umbrella| yes_no(umbrella, labels));
        let objectives = self
            .project
            .objectives
            .iter()
            .map(|word| labels.word(*word));
        let identifiers = self.project.identifiers.iter();
        let identifiers = identifiers.map(|other| format!("{} {}", other.scheme, other.identifier));
        let origins = self.project.origins.iter();
        let origins = origins.map(|list| format!("{} {}", list.scheme, list.identifier));
        let stated = [
            ("field-title_original", original),
            ("field-umbrella", umbrella),
            ("field-desk", facts.desk.map(|desk| labels.word(desk))),
            ("field-objectives", some_list(objectives.collect(), labels)),
            (
                "field-identifiers",
                some_list(identifiers.collect(), labels),
            ),
            ("field-origins", some_list(origins.collect(), labels)),
        ];
        fields.extend(
            stated
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        fields.push((
            "field-confidence",
            labels.word_or_not_stated(facts.confidence),
        ));
        fields.extend(facts.note.clone().map(|note| ("field-note", note)));
        let named = fields.into_iter();
        named
            .map(|(name, value)| (labels.text(name), value))
            .collect()
    }

    fn status_since(&self, labels: &Labels) -> String {
        let status = labels.word_or_not_stated(self.status);
        match self.status_on {
            Some(date) => labels.list(&[status, date.to_string()]),
            None => status,
        }
    }

    fn hosts(&self, labels: &Labels) -> String {
        let hosts = self.project.hosts.iter();
        let mut hosts: Vec<String> = hosts
            .map(|host| labels.country(host.as_str()).to_owned())
            .collect();
        hosts.extend(self.project.facts.host_note.clone());
        if hosts.is_empty() {
            labels.text("not-stated")
        } else {
            hosts.join("; ")
        }
    }

    fn mode(&self, labels: &Labels) -> String {
        let facts = &self.project.facts;
        match (facts.mode, facts.mode_basis) {
            (Some(mode), Some(basis)) => labels.noted(&labels.word(mode), &labels.word(basis)),
            (mode, _) => labels.word_or_not_stated(mode),
        }
    }

    /// What ties the project to a forum, or that nothing does.
    fn membership(&self, labels: &Labels) -> Vec<(&'static str, String)> {
        let facts = &self.project.facts;
        let Some(code) = &facts.forum else {
            return vec![("field-forum", labels.text("field-later-project"))];
        };
        let name = self.forum.as_ref().map(|forum| labels.name(forum.names()));
        let forum = name.map_or_else(
            || code.clone(),
            |name| labels.list(&[code.clone(), name.to_owned()]),
        );
        vec![
            ("field-forum", forum),
            (
                "field-list_number",
                or_not_stated(facts.list_number, labels),
            ),
            ("field-identified", yes_no(facts.identified, labels)),
            (
                "field-membership",
                labels.word_or_not_stated(facts.membership),
            ),
        ]
    }
}

fn or_not_stated(value: Option<impl ToString>, labels: &Labels) -> String {
    value.map_or_else(|| labels.text("not-stated"), |value| value.to_string())
}

fn yes_no(value: bool, labels: &Labels) -> String {
    labels.text(if value { "yes" } else { "no" })
}

fn some_list(items: Vec<String>, labels: &Labels) -> Option<String> {
    (!items.is_empty()).then(|| labels.list(&items))
}
