//! What a plan adds up to: rows and money.

use super::super::money::units;
use super::{Block, Cell, Labels, Page, Sheet};
use crate::report::{ImportPlan, StepBack};

impl ImportPlan {
    /// Rows and money by what becomes of them, and the projects of which the list does not speak any more.
    pub(super) fn totals(&self, labels: &Labels, page: &mut Page) {
        let rows = self.outcome;
        let values = [
            ("read", self.rows_read.into()),
            ("added", rows.added.into()),
            ("changed", rows.changed.into()),
            ("same", rows.left_alone.into()),
            ("asked", rows.asked.into()),
            ("rejected", rows.rejected.into()),
            ("skipped", self.rows_skipped.into()),
        ];
        page.add(Block::Paragraph(labels.with("import-rows-add-up", &values)));
        if !self.money.is_empty() {
            page.add(Block::Table(self.money_read(labels)));
        }
        if self.missing > 0 {
            let shown = self.missing_projects.iter();
            let codes = shown.map(|missing| missing.code.clone());
            let shown: Vec<String> = codes.take(10).collect();
            let values = [
                ("count", self.missing.into()),
                ("codes", labels.list(&shown).into()),
            ];
            page.add(Block::Paragraph(labels.with("import-missing", &values)));
        }
    }

    fn money_read(&self, labels: &Labels) -> Sheet {
        let headings = [
            "field-currency",
            "import-money-read",
            "import-money-recorded",
            "import-money-not-recorded",
        ];
        let mut sheet = Sheet::new(headings.map(|key| labels.text(key))).numbers_from(1);
        for (currency, money) in &self.money.0 {
            let amounts = [money.read, money.recorded, money.not_recorded];
            let cells = amounts.map(|amount| Cell::Text(units(amount)));
            let row = std::iter::once(Cell::from(currency.as_str())).chain(cells);
            sheet.rows.push(row.collect());
        }
        sheet
    }
}

impl StepBack {
    /// What goes back behind what, in the language of the reader.
    pub(crate) fn sentence(&self, labels: &Labels) -> String {
        let values = [
            ("status", labels.word(self.status).into()),
            ("date", self.on_date.to_string().into()),
            ("behind", labels.word(self.behind).into()),
            ("behind_date", self.behind_on.to_string().into()),
        ];
        labels.with("import-backward", &values)
    }
}
