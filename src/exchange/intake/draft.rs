//! A first draft of a mapping, from the headings and the values of a table. What it proposes is to be read by a person.

use std::collections::HashMap;
use std::fmt::Write as _;

use csv::StringRecord;

use super::cell::{self, is_not_known};
use super::table::{Taker, letters};
use super::{Intake, IntakeOptions, References};
use crate::domain::{CurrencyCode, Decimal, PartialDate};
use crate::report::Said;

/// Different values that are counted in a column; where it has more, they are not listed.
const COUNTED: usize = 1000;

/// Values that are shown of a column.
const SHOWN: usize = 12;

/// What a column holds.
#[derive(Debug, Default)]
struct Column {
    filled: u64,
    values: HashMap<String, u64>,
    has_more: bool,
}

/// Counts the values of every column.
#[derive(Debug, Default)]
pub(super) struct Draft {
    names: Vec<String>,
    columns: Vec<Column>,
}

impl Taker for Draft {
    /// Several short texts, each once, none of them a number or a date.
    fn knows(&self, row: &StringRecord) -> bool {
        let mut texts: Vec<&str> = row
            .iter()
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .collect();
        let count = texts.len();
        let value = |text: &&str| {
            text.len() > 120
                || text.parse::<Decimal>().is_ok()
                || text.parse::<PartialDate>().is_ok()
        };
        let has_values = texts.iter().any(value);
        texts.sort_unstable();
        texts.dedup();
        count > 0 && texts.len() * 10 >= count * 9 && !has_values && count * 2 > row.len()
    }

    fn headings(&mut self, names: &[String]) -> Result<(), String> {
        self.names = names.to_vec();
        self.columns = names.iter().map(|_| Column::default()).collect();
        Ok(())
    }

    fn row(&mut self, _: u64, cells: &StringRecord, _: Option<Said>) -> Result<bool, String> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            let text = cell.trim();
            if text.is_empty() {
                continue;
            }
            column.filled += 1;
            if let Some(count) = column.values.get_mut(text) {
                *count += 1;
            } else if column.values.len() < COUNTED {
                column.values.insert(text.to_owned(), 1);
            } else {
                column.has_more = true;
            }
        }
        Ok(true)
    }

    fn no_headings(&self, _: Option<&StringRecord>) -> String {
        "no row among the first looks like headings; say which one it is with --header-row"
            .to_owned()
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007F")
}

impl Column {
    /// Whether nine in ten of its different values are of a kind.
    fn mostly(&self, is: impl Fn(&str) -> bool) -> bool {
        let stated = || self.values.keys().filter(|text| !is_not_known(text));
        let count = stated().count();
        count > 0 && stated().filter(|text| is(text)).count() * 10 >= count * 9
    }

    fn is_unlike(&self, rows: u64) -> bool {
        self.filled == rows && (self.has_more || self.values.len() as u64 == rows)
    }
}

impl Draft {
    /// The draft as TOML.
    pub(super) fn write(
        &self,
        file: &str,
        intake: &Intake,
        options: &IntakeOptions,
        references: &References,
    ) -> String {
        let rows = intake.rows_read;
        let mut text = format!(
            "about = {}\non_finding = \"drop_row\"\n",
            quoted(&format!(
                "Draft for {file}: read every line, and say what the columns mean"
            ))
        );
        if let Some(sheet) = &intake.sheet {
            let _ = writeln!(text, "sheet = {}", quoted(sheet));
        }
        if let Some(encoding) = intake.encoding {
            let _ = writeln!(text, "encoding = {}", quoted(encoding));
        }
        if let Some(delimiter) = intake.delimiter {
            let _ = writeln!(text, "delimiter = {}", quoted(&delimiter.to_string()));
        }
        let _ = writeln!(text, "header_row = {}", intake.header_row);
        if let Some(rows) = options.header_rows.filter(|rows| *rows > 1) {
            let _ = writeln!(text, "header_rows = {rows}");
        }
        self.propose(&mut text, rows, references);
        let _ = write!(
            text,
            "\n# The columns, with the values that stand in them most often. Rows: {rows}.\n"
        );
        for (index, (name, column)) in self.names.iter().zip(&self.columns).enumerate() {
            describe(&mut text, index, name, column, references);
        }
        text
    }

    fn find(&self, is: impl Fn(&str, &Column) -> bool) -> Option<&str> {
        let mut columns = self
            .names
            .iter()
            .zip(&self.columns)
            .filter(|(name, _)| !name.is_empty());
        columns
            .find(|(name, column)| is(&name.to_lowercase(), column))
            .map(|(name, _)| name.as_str())
    }

    /// The field for titles in this column: kana are Japanese, Han characters alone may be either language.
    fn title_field(&self, name: &str) -> &'static str {
        let mut columns = self.names.iter().zip(&self.columns);
        let Some((_, column)) = columns.find(|(heading, _)| *heading == name) else {
            return "title_original";
        };
        let has = |from: char, to: char| {
            let mut values = column.values.keys();
            values.any(|text| text.chars().any(|letter| (from..=to).contains(&letter)))
        };
        if has('\u{3041}', '\u{30fa}') {
            "title_ja"
        } else if has('\u{4e00}', '\u{9fff}') {
            "title_original"
        } else {
            "title_en"
        }
    }

    /// What the headings and values suggest for the key, the title and the hosts.
    fn propose(&self, text: &mut String, rows: u64, references: &References) {
        let named = |name: &str, words: &[&str]| words.iter().any(|word| name.contains(word));
        let key = self.find(|name, column| {
            column.is_unlike(rows) && named(name, &["id", "no", "code", "number", "编号", "番号"])
        });
        if let Some(key) = key {
            let _ = write!(
                text,
                "\n[key]\nscheme = \"name-of-the-list\"\ncolumns = [{}]\n",
                quoted(key)
            );
        }
        text.push_str("\n[fields]\n");
        let title = self.find(|name, column| {
            let is_title = named(
                name,
                &["title", "name", "project", "项目", "名称", "案件", "名"],
            );
            is_title
                && column.filled * 2 > rows
                && column.values.len() * 2
                    > column.filled.try_into().unwrap_or(COUNTED).min(COUNTED)
                && !column.mostly(|text| text.parse::<Decimal>().is_ok())
                && Some(name) != key.map(str::to_lowercase).as_deref()
        });
        if let Some(title) = title {
            let field = self.title_field(title);
            let _ = writeln!(text, "{field} = {}", quoted(title));
        }
        let host = self.find(|_, column| {
            let varies = column.values.len() > 1 || rows < 2;
            varies && column.mostly(|text| cell::country(references, text).is_ok())
        });
        if let Some(host) = host {
            let _ = writeln!(text, "hosts = {}", quoted(host));
        }
    }
}

/// What stands in a column, as comments.
fn describe(text: &mut String, index: usize, name: &str, column: &Column, references: &References) {
    let more = if column.has_more { "more than " } else { "" };
    let name = if name.is_empty() {
        format!("column {}", letters(index))
    } else {
        name.to_owned()
    };
    let _ = writeln!(
        text,
        "#\n# {}: {} filled, {more}{} different",
        quoted(&name),
        column.filled,
        column.values.len()
    );
    let kinds = [
        (
            column.mostly(|text| text.parse::<PartialDate>().is_ok()),
            "dates",
        ),
        (
            column.mostly(|text| text.parse::<Decimal>().is_ok()),
            "numbers",
        ),
        (
            column.mostly(|text| cell::country(references, text).is_ok()),
            "countries",
        ),
        (
            column.mostly(|text| {
                text.parse::<CurrencyCode>()
                    .is_ok_and(|code| references.currency(&code).is_some())
            }),
            "currencies",
        ),
    ];
    let kinds: Vec<&str> = kinds
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, kind)| *kind)
        .collect();
    if !kinds.is_empty() {
        let _ = writeln!(text, "#   could be {}", kinds.join(" or "));
    }
    let mut values: Vec<(&String, &u64)> = column.values.iter().collect();
    values.sort_by(|left, right| right.1.cmp(left.1).then(left.0.cmp(right.0)));
    for (value, count) in values.into_iter().take(SHOWN) {
        let short: String = value.chars().take(60).collect();
        let _ = writeln!(text, "#   {count:>6}  {}", quoted(&short));
    }
}
