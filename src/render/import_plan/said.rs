//! How a file was read, and what is wrong with its cells, in sentences.

use fluent_bundle::FluentValue;

use super::{Cell, Labels, Sheet};
use crate::domain::Status;
use crate::report::{ImportFinding, ImportPlan, ImportReading};

impl ImportReading {
    pub(super) fn sentence(&self, labels: &Labels) -> String {
        let sign = |sign: char| match sign {
            '\t' => labels.text("import-read-tab"),
            sign => sign.to_string(),
        };
        let mut parts = vec![self.read_as.to_uppercase()];
        parts.extend(self.encoding.clone());
        parts.extend(self.delimiter.map(|delimiter| {
            labels.with("import-read-delimiter", &[("sign", sign(delimiter).into())])
        }));
        parts.extend(
            self.quote.map(|quote| {
                labels.with("import-read-quote", &[("sign", quote.to_string().into())])
            }),
        );
        parts.extend(
            self.sheet
                .as_deref()
                .map(|sheet| labels.with("import-read-sheet", &[("sheet", sheet.into())])),
        );
        if self.header_row > 0 {
            let row = [("row", self.header_row.into())];
            parts.push(labels.with("import-read-headings", &row));
        }
        labels.with("import-read-as", &[("what", labels.list(&parts).into())])
    }
}

impl ImportPlan {
    /// Whether there are more findings than those of the projects that are shown.
    pub(super) fn hides_findings(&self) -> bool {
        let items = self.parts.iter().flat_map(|part| &part.items);
        let shown: usize = items.map(|item| item.findings.len()).sum();
        let all = self.findings.iter().map(|findings| findings.count);
        all.sum::<u64>() > shown as u64
    }

    /// How often what is wrong in which column, with the first cell of each.
    pub(super) fn findings(&self, labels: &Labels) -> Sheet {
        let headings = [
            "import-column",
            "import-example",
            "import-wrong",
            "import-times",
            "import-first-row",
        ];
        let mut sheet = Sheet::new(headings.map(|heading| labels.text(heading)))
            .numbers_from(3)
            .narrow([14, 16]);
        for findings in &self.findings {
            let first = &findings.first;
            let count = |number: u64| Cell::Count(usize::try_from(number).unwrap_or(usize::MAX));
            sheet.rows.push(vec![
                first.column.as_deref().map_or(Cell::Blank, Cell::from),
                if first.value.is_empty() {
                    Cell::Blank
                } else {
                    Cell::from(first.value.as_str())
                },
                Cell::from(first.what(labels)),
                count(findings.count),
                count(first.row),
            ]);
        }
        sheet
    }
}

impl ImportFinding {
    /// What is wrong, in the language of the reader.
    pub(crate) fn what(&self, labels: &Labels) -> String {
        let values = self.said.with.iter().map(|(name, value)| {
            let shown = match name.as_str() {
                "status" | "covering" => {
                    value.parse().map(|status: Status| labels.word(status)).ok()
                }
                "by" => Some(labels.text(&format!("import-by-{value}"))),
                _ => None,
            };
            (name.as_str(), shown.unwrap_or_else(|| value.clone()).into())
        });
        let values: Vec<(&str, FluentValue<'_>)> = values.collect();
        labels.with(&format!("flaw-{}", self.said.what.word()), &values)
    }

    /// What is wrong, and in which cell.
    pub(crate) fn sentence(&self, labels: &Labels) -> String {
        let what = self.what(labels);
        let Some(column) = self.column.as_deref() else {
            return what;
        };
        let mut values = vec![("column", column.into()), ("what", what.into())];
        if self.value.is_empty() {
            return labels.with("import-in-column", &values);
        }
        values.push(("value", self.value.as_str().into()));
        labels.with("import-in-cell", &values)
    }

    /// The same in canonical words.
    pub(super) fn words(&self) -> String {
        let place = self
            .column
            .iter()
            .map(|column| format!("{column}={:?}", self.value));
        let said = std::iter::once(self.said.to_string());
        place.chain(said).collect::<Vec<_>>().join(" ")
    }
}
