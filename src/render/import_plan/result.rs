//! What became of a plan, and the mappings that are kept.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::ImportResult;

impl ImportResult {
    fn lines(&self) -> [(&'static str, u64); 9] {
        [
            ("backward", self.backward),
            ("added", self.added),
            ("changed", self.changed),
            ("unchanged", self.unchanged),
            ("rejected", self.rejected),
            ("open", self.open),
            ("new_parties", self.new_parties),
            ("new_sources", self.new_sources),
            ("remembered", self.remembered),
        ]
    }
}

impl View for ImportResult {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let lines = self.lines().into_iter().filter(|(_, count)| *count > 0);
        let fields: Vec<(String, String)> = lines
            .map(|(what, count)| {
                (
                    labels.text(&format!("import-done-{what}")),
                    count.to_string(),
                )
            })
            .collect();
        if fields.is_empty() {
            page.add(Block::Paragraph(labels.text("import-nothing")));
        } else {
            page.add(Block::Fields(fields));
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["what", "count"]);
        for (what, count) in self.lines() {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            sheet.rows.push(vec![Cell::from(what), Cell::Count(count)]);
        }
        sheet
    }
}
