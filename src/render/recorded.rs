//! What was recorded, and what would be.

use super::listing::cell;
use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::{Differences, Recorded};

impl View for Recorded {
    fn page(&self, _labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        page.add(Block::Lines(vec![self.code.clone()]));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["code"]);
        sheet.rows.push(vec![Cell::from(self.code.as_str())]);
        sheet
    }
}

impl View for Differences {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        if self.0.is_empty() {
            page.add(Block::Paragraph(labels.text("difference-none")));
            return page;
        }
        let headings = ["field-record", "field-field", "field-before", "field-after"];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading)));
        for one in &self.0 {
            sheet.rows.push(vec![
                Cell::from(one.code.as_str()),
                Cell::from(one.field.as_str()),
                cell(&one.before),
                cell(&one.after),
            ]);
        }
        page.add(Block::Table(sheet));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new(["kind", "code", "field", "before", "after"]);
        for one in &self.0 {
            sheet.rows.push(vec![
                Cell::from(one.kind.as_str()),
                Cell::from(one.code.as_str()),
                Cell::from(one.field.as_str()),
                cell(&one.before),
                cell(&one.after),
            ]);
        }
        sheet
    }
}
