//! A table taken in under a mapping: its columns found, its rows grouped.

use std::collections::{HashMap, HashSet};

use csv::StringRecord;

use super::row::Row;
use super::{Mapping, Repeated, Rows};
use crate::domain::nearest;
use crate::exchange::intake::cell::finding;
use crate::exchange::intake::table::{Naming, Taker, columns, letters, quoted, repeated};
use crate::exchange::intake::{Effect, Incoming, References};
use crate::message::{Message, Value};
use crate::report::{Flaw, MoneyTotals, Said};

/// A row of every key.
type RowOfKey = HashMap<String, u64>;

/// A project of which there are more rows to come.
struct Group {
    incoming: Incoming,
    /// The cells of its rows, put together.
    rows: HashSet<String>,
}

/// Takes in rows under a mapping.
pub(in crate::exchange::intake) struct Mapped<'a> {
    mapping: &'a Mapping,
    references: &'a References,
    each: &'a mut dyn FnMut(Incoming) -> bool,
    columns: HashMap<String, usize>,
    /// Rows left aside.
    pub(in crate::exchange::intake) skipped: u64,
    seen: RowOfKey,
    /// Known before the rows are taken, where they are grouped.
    last: Option<RowOfKey>,
    /// True while only the keys are looked at.
    only_keys: bool,
    open: HashMap<String, Group>,
    /// The columns that are written once for a group of rows, each with what was last written in it.
    above: Vec<(usize, String)>,
}

impl<'a> Mapped<'a> {
    pub(in crate::exchange::intake) fn new(
        mapping: &'a Mapping,
        references: &'a References,
        each: &'a mut dyn FnMut(Incoming) -> bool,
    ) -> Self {
        let grouped = mapping.rows == Rows::Grouped;
        Self {
            mapping,
            references,
            each,
            columns: HashMap::new(),
            skipped: 0,
            seen: HashMap::new(),
            last: grouped.then(HashMap::new),
            only_keys: grouped,
            open: HashMap::new(),
            above: Vec::new(),
        }
    }

    /// Whether the table must be read once more: grouped rows are taken when it is known where each group ends.
    pub(in crate::exchange::intake) fn wants_more(&mut self) -> bool {
        if self.only_keys {
            self.skipped = 0;
        }
        std::mem::take(&mut self.only_keys)
    }

    fn is_skipped(&self, row: &Row<'_>) -> bool {
        self.mapping.skip.iter().any(|skip| {
            let text = row.cell(&skip.column);
            let listed = |words: &[String]| words.iter().any(|word| word.trim() == text);
            listed(&skip.is) || (!skip.is_not.is_empty() && !listed(&skip.is_not))
        })
    }

    /// The row with its empty cells filled from above, in the columns that are written once for a group of rows.
    fn fill_down(&mut self, cells: &StringRecord) -> Option<StringRecord> {
        let mut filled: Option<Vec<String>> = None;
        for (place, above) in &mut self.above {
            let cell = cells.get(*place).unwrap_or_default();
            if !cell.trim().is_empty() {
                cell.clone_into(above);
            } else if !above.is_empty() {
                let row = filled.get_or_insert_with(|| cells.iter().map(str::to_owned).collect());
                row.resize(row.len().max(*place + 1), String::new());
                if let Some(cell) = row.get_mut(*place) {
                    cell.clone_from(above);
                }
            }
        }
        filled.map(StringRecord::from)
    }

    /// A row of a group: the project is complete with the last one.
    fn group(&mut self, number: u64, mut incoming: Incoming) -> bool {
        let Some(key) = incoming.key.as_ref().map(|key| key.identifier.clone()) else {
            return (self.each)(incoming);
        };
        let cells = incoming.original.first().map(together).unwrap_or_default();
        let group = match self.open.remove(&key) {
            Some(mut group) => {
                if !group.rows.insert(cells) {
                    self.repeated(number, &mut incoming);
                }
                group.incoming.merge(incoming);
                group
            }
            None => Group {
                incoming,
                rows: HashSet::from([cells]),
            },
        };
        let last = self.last.as_ref().and_then(|last| last.get(&key));
        if last.is_some_and(|last| *last > number) {
            self.open.insert(key, group);
            return true;
        }
        (self.each)(group.incoming)
    }

    /// A row that has the same cells as an earlier one of its group.
    fn repeated(&self, number: u64, incoming: &mut Incoming) {
        let flaw = match self.mapping.repeated {
            Repeated::Once => {
                incoming.set_amounts_aside();
                Flaw::RowRepeated
            }
            Repeated::Count => Flaw::RowCounted,
        };
        let said = finding(number, "", "", flaw, Effect::DropValue);
        incoming.findings.push(said);
    }
}

/// The cells of a row in one text.
fn together(cells: &StringRecord) -> String {
    let cells: Vec<&str> = cells.iter().collect();
    cells.join("\u{1f}")
}

impl Taker for Mapped<'_> {
    fn score(&self, row: &StringRecord) -> usize {
        let wanted = self.mapping.columns();
        let found = found(&wanted, row);
        if found * 2 > wanted.len() { found } else { 0 }
    }

    fn headings(&mut self, names: &[String], hidden: &[String]) -> Result<(), Message> {
        let repeated = repeated(names);
        let mut places = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            let letter = format!("column {}", letters(index));
            if !name.is_empty() && repeated.iter().all(|(other, _)| other != name) {
                places.insert(name.clone(), index);
            } else {
                places.insert(letter, index);
            }
        }
        let (mut wrong, mut lacking) = (Vec::new(), Vec::new());
        for wanted in self.mapping.columns() {
            if places.contains_key(wanted) {
                continue;
            }
            match repeated.iter().find(|(name, _)| name == wanted) {
                Some((_, places)) => wrong.push(message!(
                    "why-mapping-two-columns",
                    columns = columns(places),
                    name = wanted,
                    first = letters(places.first().copied().unwrap_or_default())
                )),
                None if hidden.iter().any(|name| name.trim() == wanted) => {
                    wrong.push(message!("why-mapping-hidden-column", name = wanted));
                }
                None => lacking.push(lacked(wanted, names.iter().map(String::as_str))),
            }
        }
        if !lacking.is_empty() {
            wrong.push(message!("why-mapping-lacks", columns = lacking));
        }
        let filled_down = self.mapping.fill_down.iter();
        self.above = filled_down
            .filter_map(|name| Some((*places.get(name)?, String::new())))
            .collect();
        self.columns = places;
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(message!("foreign", text = Value::clauses(&wrong)))
        }
    }

    fn naming(&self) -> Naming {
        let place = |column: &String| self.columns.get(column).copied();
        let titles = self.mapping.fields.iter();
        let titles = titles.filter(|(name, _)| name.starts_with("title_"));
        let key = self.mapping.key.iter();
        Naming {
            titles: titles
                .flat_map(|(_, rule)| rule.columns.iter().filter_map(place))
                .collect(),
            keys: key
                .flat_map(|key| key.columns.iter().filter_map(place))
                .collect(),
            ours: Vec::new(),
        }
    }

    fn row(
        &mut self,
        number: u64,
        cells: &StringRecord,
        fault: Option<Said>,
    ) -> Result<bool, Message> {
        let filled = self.fill_down(cells);
        let cells = filled.as_ref().unwrap_or(cells);
        let row = Row {
            number,
            cells,
            columns: &self.columns,
            mapping: self.mapping,
            references: self.references,
            findings: Vec::new(),
            notes: Vec::new(),
            money: MoneyTotals::default(),
            unstated: Vec::new(),
        };
        if fault.is_none() && self.is_skipped(&row) {
            self.skipped += 1;
            return Ok(true);
        }
        let mut incoming = match fault {
            None => row.incoming(),
            Some(fault) => Incoming {
                rows: vec![number],
                original: vec![cells.clone()],
                findings: vec![finding(number, "", "", fault, Effect::DropRow)],
                ..Incoming::default()
            },
        };
        let key = incoming.key.as_ref().map(|key| key.identifier.clone());
        if self.only_keys {
            if let (Some(key), Some(last)) = (key, &mut self.last) {
                last.insert(key, number);
            }
            return Ok(true);
        }
        if self.last.is_some() {
            return Ok(self.group(number, incoming));
        }
        if let Some(earlier) = key.and_then(|key| self.seen.insert(key, number)) {
            let key = incoming
                .key
                .take()
                .map(|key| key.identifier)
                .unwrap_or_default();
            let said = Flaw::KeyRepeated.with("row", earlier);
            let column = self
                .mapping
                .key
                .as_ref()
                .map(|key| key.columns.join(", "))
                .unwrap_or_default();
            incoming
                .findings
                .push(finding(number, &column, &key, said, Effect::DropRow));
        }
        Ok((self.each)(incoming))
    }

    fn passed_over(&mut self, cells: &StringRecord) {
        self.fill_down(cells);
    }

    fn no_headings(&self, rows: &[(u64, StringRecord)]) -> Message {
        let wanted = self.mapping.columns();
        let nearest = rows
            .iter()
            .rev()
            .max_by_key(|(_, row)| (found(&wanted, row), row.len().min(2)));
        let Some((number, row)) = nearest else {
            return "why-list-no-rows".into();
        };
        let lacking = wanted
            .iter()
            .filter(|name| row.iter().all(|cell| cell.trim() != **name));
        let lacking: Vec<Message> = lacking.map(|name| lacked(name, row)).collect();
        message!(
            "why-mapping-no-headings",
            row = number,
            cells = quoted(row),
            lacking
        )
    }
}

/// How many of the wanted headings stand in the row.
fn found(wanted: &[&str], row: &StringRecord) -> usize {
    let is_there = |name: &&&str| row.iter().any(|cell| cell.trim() == **name);
    wanted.iter().filter(is_there).count()
}

/// A column that is not there, and the one that may be meant.
fn lacked<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Message {
    match nearest(wanted, names) {
        Some(near) => message!("why-mapping-column-near", name = wanted, near),
        None => message!("quoted", text = wanted),
    }
}
