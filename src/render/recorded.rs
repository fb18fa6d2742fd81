//! What was recorded.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::Recorded;

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
