//! A first draft of a mapping, from the headings and the values of a table. What it proposes is to be read by a person.

mod heading_words;

use std::collections::HashMap;
use std::fmt::Write as _;

use csv::StringRecord;
use heading_words::{is_known_heading, may_be_headings};

use super::cell::is_not_known;
use super::table::{Naming, Taker, columns, letters, repeated};
use super::{Hidden, Intake, IntakeOptions, Leave, References};
use crate::domain::{CurrencyCode, Decimal, PartialDate};
use crate::message::{Message, Phrases};
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
    /// What a mapping calls the columns.
    names: Vec<String>,
    columns: Vec<Column>,
    /// Whether a heading is one that is known.
    is_sure: bool,
    /// Headings that stand several times, with their columns.
    repeated: Vec<(String, Vec<usize>)>,
}

impl Taker for Draft {
    fn score(&self, row: &StringRecord) -> usize {
        row.iter().filter(|cell| is_known_heading(cell)).count()
    }

    /// The rows that may be headings, by their known words. Where none has any, the first of them counts.
    fn scores(&self, rows: &[StringRecord]) -> Vec<usize> {
        let filled = |row: &StringRecord| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let widest = rows.iter().map(filled).max().unwrap_or_default();
        let may_be = |row: &&StringRecord| may_be_headings(row, widest);
        let score = |row: &StringRecord| if may_be(&row) { self.score(row) } else { 0 };
        let mut scores: Vec<usize> = rows.iter().map(score).collect();
        if scores.iter().all(|score| *score == 0)
            && let Some(first) = rows.iter().position(|row| may_be(&row))
            && let Some(score) = scores.get_mut(first)
        {
            *score = 1;
        }
        scores
    }

    fn headings(&mut self, names: &[String], _: &[String]) -> Result<(), Message> {
        self.is_sure = names.iter().any(|name| is_known_heading(name));
        self.repeated = repeated(names);
        self.names = names
            .iter()
            .enumerate()
            .map(|(place, name)| {
                let stands_twice = self.repeated.iter().any(|(other, _)| other == name);
                if name.is_empty() || stands_twice {
                    format!("column {}", letters(place))
                } else {
                    name.clone()
                }
            })
            .collect();
        self.columns = names.iter().map(|_| Column::default()).collect();
        Ok(())
    }

    fn naming(&self) -> Naming {
        Naming::default()
    }

    fn row(&mut self, _: u64, cells: &StringRecord, _: Option<Said>) -> Result<bool, Message> {
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

    fn no_headings(&self, _: &[(u64, StringRecord)]) -> Message {
        "why-list-no-headings".into()
    }
}

/// A text as TOML writes it.
pub(in crate::exchange) fn quoted(text: &str) -> String {
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

impl Column {
    /// How many values it has.
    fn described(&self, name: &str) -> Message {
        let (name, filled, different) = (quoted(name), self.filled, self.values.len());
        if self.has_more {
            message!("draft-column-of-many", name, filled, different)
        } else {
            message!("draft-column", name, filled, different)
        }
    }

    /// What the values could be.
    fn kinds(&self, references: &References) -> Option<Message> {
        let is_currency = |text: &str| {
            text.parse::<CurrencyCode>()
                .is_ok_and(|code| references.currency(&code).is_some())
        };
        let kinds = [
            (
                self.mostly(|text| text.parse::<PartialDate>().is_ok()),
                "draft-dates",
            ),
            (
                self.mostly(|text| text.parse::<Decimal>().is_ok()),
                "draft-numbers",
            ),
            (
                self.mostly(|text| references.country(text).is_some()),
                "draft-countries",
            ),
            (self.mostly(is_currency), "draft-currencies"),
        ];
        let kinds = kinds.into_iter().filter(|(is, _)| *is);
        let kinds: Vec<Message> = kinds.map(|(_, kind)| kind.into()).collect();
        (!kinds.is_empty()).then(|| message!("draft-kinds", kinds))
    }

    /// Lists the values that stand in it most often.
    fn list(&self, text: &mut String) {
        let mut values: Vec<(&String, &u64)> = self.values.iter().collect();
        values.sort_by(|left, right| right.1.cmp(left.1).then(left.0.cmp(right.0)));
        for (value, count) in values.into_iter().take(SHOWN) {
            let short: String = value.chars().take(60).collect();
            let _ = writeln!(text, "#   {count:>6}  {}", quoted(&short));
        }
    }
}

impl Draft {
    /// The draft as TOML.
    pub(super) fn write(
        &self,
        file: &str,
        intake: &Intake,
        options: &IntakeOptions,
        (references, phrases): (&References, &Phrases),
    ) -> String {
        let remark = |text: &mut String, said: &Message| {
            let _ = writeln!(text, "# {}", phrases.say(said));
        };
        let rows = intake.rows_read.saturating_sub(intake.rows_skipped);
        let mut text = format!(
            "about = {}\non_finding = \"drop_row\"\n",
            quoted(&phrases.say(&message!("draft-about", file)))
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
        if intake.header_row > 0 {
            let _ = writeln!(text, "header_row = {}", intake.header_row); // JSON has none
        }
        if let Some(rows) = options.header_rows.filter(|rows| *rows > 1) {
            let _ = writeln!(text, "header_rows = {rows}");
        }
        let taken = |how: Option<Leave>| (how == Some(Leave::Take)).then_some("take");
        let hidden = options.hidden.and_then(|hidden| match hidden {
            Hidden::Skip => None,
            Hidden::Columns => Some("columns"),
            Hidden::Take => Some("take"),
        });
        for (key, how) in [
            ("hidden", hidden),
            ("struck", taken(options.struck)),
            ("totals", taken(options.totals)),
        ] {
            if let Some(how) = how {
                let _ = writeln!(text, "{key} = {}", quoted(how));
            }
        }
        for doubt in self.doubts(intake) {
            remark(&mut text, &doubt);
        }
        self.propose(&mut text, rows, references);
        text.push('\n');
        remark(&mut text, &message!("draft-columns", rows));
        for (name, column) in self.names.iter().zip(&self.columns) {
            text.push_str("#\n");
            remark(&mut text, &column.described(name));
            if let Some(kinds) = column.kinds(references) {
                remark(&mut text, &kinds);
            }
            column.list(&mut text);
        }
        text
    }

    /// What is to be looked at before the rest: headings that are not sure, and what was left out.
    fn doubts(&self, intake: &Intake) -> Vec<Message> {
        let mut doubts = Vec::new();
        let row = intake.header_row;
        if !self.is_sure && row > 0 {
            doubts.push(message!("draft-headings", row));
        }
        for (name, places) in &self.repeated {
            let columns = columns(places);
            doubts.push(message!("draft-repeated", columns, name = quoted(name)));
        }
        doubts.extend(intake.left_out());
        doubts
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
            varies && column.mostly(|text| references.country(text).is_some())
        });
        if let Some(host) = host {
            let _ = writeln!(text, "hosts = {}", quoted(host));
        }
    }
}
