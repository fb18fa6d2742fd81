//! How a file was read, and what is wrong with its cells, in sentences.

use super::Labels;
use crate::message::Explain as _;
use crate::report::{ImportFinding, ImportReading};

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
        let key = if self.sheet_is_hidden {
            "import-read-hidden-sheet"
        } else {
            "import-read-sheet"
        };
        let sheet = self.sheet.as_deref();
        parts.extend(sheet.map(|sheet| labels.with(key, &[("sheet", sheet.into())])));
        if self.header_row > 0 {
            let row = [("row", self.header_row.into())];
            parts.push(labels.with("import-read-headings", &row));
        }
        labels.with("import-read-as", &[("what", labels.list(&parts).into())])
    }

    /// What was left out, a line each, and what the format does not tell.
    pub(super) fn left_out(&self, labels: &Labels) -> Vec<String> {
        let left = &self.left_out;
        let rows = [
            ("import-left-hidden-rows", &left.hidden_rows),
            ("import-left-struck-rows", &left.struck_rows),
            ("import-left-totals", &left.totals),
            ("import-left-headings", &left.repeated_headings),
        ];
        let rows = rows.into_iter().filter(|(_, rows)| !rows.is_empty());
        let mut lines: Vec<String> = rows
            .map(|(key, rows)| {
                let mut named: Vec<String> = rows.first.iter().map(ToString::to_string).collect();
                if rows.count > named.len() as u64 {
                    named.push("…".to_owned());
                }
                let rows = [
                    ("count", rows.count.into()),
                    ("rows", labels.list(&named).into()),
                ];
                labels.with(key, &rows)
            })
            .collect();
        if left.struck_cells > 0 {
            let count = [("count", left.struck_cells.into())];
            lines.push(labels.with("import-left-struck-cells", &count));
        }
        for (key, names) in [
            ("import-left-hidden-columns", &left.hidden_columns),
            ("import-left-hidden-sheets", &left.hidden_sheets),
        ] {
            if !names.is_empty() {
                lines.push(labels.with(key, &[("what", labels.list(names).into())]));
            }
        }
        if self.visibility_unknown {
            lines.push(labels.text("import-visibility-unknown"));
        }
        lines
    }
}

impl ImportFinding {
    /// What is wrong, in the language of the reader.
    pub(crate) fn what(&self, labels: &Labels) -> String {
        labels.say(&self.said.message())
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
