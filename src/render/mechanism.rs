//! The timeline of the cooperation.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::MechanismReport;

impl View for MechanismReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        page.add(Block::Title(labels.text("mechanism-title")));
        page.add_clocks(self.horizon, self.known_at, labels);
        let fields = ["field-date", "field-kind", "field-mentions", "field-step"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([10, 13, 14]);
        for step in &self.steps {
            let facts = &step.event.facts;
            let title = labels.title(step.event.titles(), true);
            let text = step.event.text(labels.language);
            let place = text.map_or(&facts.place, |text| &text.place);
            let title = match place {
                Some(place) => labels.noted(&title, place),
                None => title,
            };
            sheet.rows.push(vec![
                Cell::from(facts.on_date.to_string()),
                Cell::from(labels.word(facts.kind)),
                Cell::from(labels.word(facts.mentions_third_country_cooperation)),
                Cell::from(title),
            ]);
        }
        if sheet.rows.is_empty() {
            page.add(Block::Paragraph(labels.text("mechanism-none")));
        } else {
            page.add(Block::Table(sheet));
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "code",
            "on_date",
            "title",
            "kind",
            "place",
            "participants",
            "outcome",
            "mentions_third_country_cooperation",
            "confidence",
            "note",
            "sources",
            "addresses",
        ]);
        for step in &self.steps {
            let facts = &step.event.facts;
            sheet.rows.push(vec![
                Cell::from(facts.code.as_str()),
                Cell::from(facts.on_date.to_string()),
                Cell::from(facts.title.as_str()),
                Cell::from(facts.kind.to_string()),
                Cell::or_not_stated(facts.place.as_ref()),
                Cell::or_not_stated(facts.participants.as_ref()),
                Cell::or_not_stated(facts.outcome.as_ref()),
                Cell::from(facts.mentions_third_country_cooperation.to_string()),
                Cell::from(facts.confidence.to_string()),
                Cell::or_not_stated(facts.note.as_ref()),
                Cell::list(&step.event.sources),
                Cell::list(&step.addresses),
            ]);
        }
        sheet
    }
}
