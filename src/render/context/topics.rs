//! The topics of the paper's tables, for who asks for none.

use serde::Serialize;

use crate::domain::{Topic, Vocabulary};
use crate::render::{Block, Cell, Labels, Page, Sheet, View};

/// The topics, one a row.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Topics {
    topics: Vec<Topic>,
}

impl Topics {
    pub(crate) fn all() -> Self {
        Self {
            topics: Topic::ALL.to_vec(),
        }
    }
}

impl View for Topics {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let fields = ["field-topic", "field-title"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field)));
        let row = |topic: &Topic| vec![Cell::from(topic.word()), Cell::Text(labels.word(*topic))];
        sheet.rows.extend(self.topics.iter().map(row));
        let mut page = Page::default();
        page.add(Block::Title(labels.text("context-topics")));
        page.add(Block::Table(sheet));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["topic"]);
        let row = |topic: &Topic| vec![Cell::from(topic.word())];
        sheet.rows.extend(self.topics.iter().map(row));
        sheet
    }
}
