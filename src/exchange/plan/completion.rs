//! Lines of TOML that complete a mapping: what its columns hold and no rule of it lists.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::exchange::intake::quoted;
use crate::report::{Flaw, ImportFindings};

/// A place in a mapping where words of a column are listed.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// What stands above the lines, as a comment.
    about: String,
    /// How the lines begin and end.
    around: Option<(String, &'static str)>,
    /// Whether a comma follows every line: within braces.
    commas: bool,
}

/// Returns the lines that complete the mapping `text` with the values of `findings`, for a person to fill in. An empty word stands
/// for what says nothing.
pub(crate) fn completion(text: &str, findings: &[ImportFindings]) -> Vec<String> {
    let Ok(mapping) = toml::from_str::<Table>(text) else {
        return Vec::new();
    };
    let mut places = BTreeMap::<Place, Vec<String>>::new();
    for finding in findings {
        let Some((key, answer)) = entry(finding) else {
            continue;
        };
        let column = finding.first.column.as_deref().unwrap_or_default();
        let Some(place) = place(&mapping, text, column, finding.first.said.what, finding) else {
            continue;
        };
        let comma = if place.commas { "," } else { "" };
        let (count, rows) = (finding.count, finding.rows.shortened(4));
        let line = format!("{key} = {answer}{comma}  # {count}: {rows}");
        places.entry(place).or_default().push(line);
    }
    let mut lines = Vec::new();
    for (place, entries) in places {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("# {}", place.about));
        let (begin, end) = place.around.unzip();
        let indent = if begin.is_some() { "  " } else { "" };
        lines.extend(begin);
        lines.extend(entries.into_iter().map(|line| format!("{indent}{line}")));
        lines.extend(end.map(str::to_owned));
    }
    lines
}

/// The value and what is proposed for it, where a mapping can say what it means.
fn entry(finding: &ImportFindings) -> Option<(String, String)> {
    let (value, said) = (finding.first.value.as_str(), &finding.first.said);
    let is_whole = !value.is_empty() && !value.ends_with('…');
    match said.what {
        Flaw::Doubtful => {
            let name = said.with.get("name")?;
            Some((quoted(name), quoted(name)))
        }
        Flaw::PerhapsNamibia => {
            let short = if value.len() > 4 { "NA" } else { value };
            Some((quoted(short), "\"\"".to_owned()))
        }
        Flaw::NotListed
        | Flaw::NoWord
        | Flaw::NoWordNear
        | Flaw::NoCountry
        | Flaw::NoCurrency
        | Flaw::NoFlag
            if is_whole =>
        {
            Some((quoted(value), "\"\"".to_owned()))
        }
        _ => None,
    }
}

/// Where the mapping would list a value of `column`.
fn place(
    mapping: &Table,
    text: &str,
    column: &str,
    flaw: Flaw,
    finding: &ImportFindings,
) -> Option<Place> {
    let fields = mapping.get("fields").and_then(Value::as_table);
    let fields = fields.into_iter().flatten();
    let fields = fields.map(|(name, rule)| ("[fields]".to_owned(), "fields", name, rule));
    let parts = ["events", "amounts", "identifiers"].into_iter();
    let parts = parts.flat_map(|list| {
        tables(mapping, list).flat_map(move |table| {
            let rules = table.iter();
            rules.map(move |(name, rule)| (format!("[[{list}]]"), list, name, rule))
        })
    });
    let mut rules = fields.chain(parts);
    let named = rules.find(|(_, _, _, rule)| reads(rule, column));
    if let Some((under, path, name, rule)) = named {
        return Some(of_rule(
            &under,
            &format!("{path}.{name}"),
            name,
            rule,
            column,
            text,
        ));
    }
    let party = tables(mapping, "parties").find(|party| {
        let own = party.get("column").and_then(Value::as_str);
        own == Some(column) || party.values().any(|rule| reads(rule, column))
    })?;
    let name = match flaw {
        Flaw::Doubtful => return Some(of_names(party.get("names"), text)),
        Flaw::NoCountry | Flaw::PerhapsNamibia => "country",
        _ if words_are_of_roles(finding) => "role",
        _ => "kind",
    };
    let none = Value::Table(Table::new());
    let rule = party.get(name).unwrap_or(&none);
    let path = format!("parties.{name}");
    Some(of_rule("[[parties]]", &path, name, rule, column, text))
}

/// The tables of a list of the mapping.
fn tables<'a>(mapping: &'a Table, list: &str) -> impl Iterator<Item = &'a Table> {
    let list = mapping.get(list).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_table)
}

/// Whether a rule reads `column`.
fn reads(rule: &Value, column: &str) -> bool {
    match rule {
        Value::String(short) => short == column,
        Value::Table(rule) => {
            let one = rule.get("column").and_then(Value::as_str) == Some(column);
            let several = rule.get("columns").and_then(Value::as_array);
            one || several
                .into_iter()
                .flatten()
                .any(|other| other.as_str() == Some(column))
        }
        _ => false,
    }
}

/// Whether the words that a finding lists are those of roles: a value that `values` does not list says nothing of them.
fn words_are_of_roles(finding: &ImportFindings) -> bool {
    let words = finding.first.said.with.get("words");
    words.is_none_or(|words| words.contains("financier"))
}

/// The place within a rule, as the rule is written.
fn of_rule(under: &str, path: &str, name: &str, rule: &Value, column: &str, text: &str) -> Place {
    let values = rule.as_table().and_then(|rule| rule.get("values"));
    match (rule, values) {
        (_, Some(Value::String(shared))) => listed(&format!("[values.{shared}]"), false),
        (_, Some(_)) if has_header(text, &format!("{path}.values")) => {
            listed(&format!("[{path}.values]"), false)
        }
        (_, Some(_)) => listed(&format!("{under} {name}: values = {{ … }}"), true),
        (Value::String(_), None) => Place {
            about: format!("{under} {name} = … →"),
            around: Some((
                format!("{name} = {{ column = {}, values = {{", quoted(column)),
                "} }",
            )),
            commas: true,
        },
        (_, None) if has_header(text, path) => Place {
            about: format!("[{path}]"),
            around: Some(("values = {".to_owned(), "}")),
            commas: true,
        },
        (_, None) => Place {
            about: format!("{under} {name}"),
            around: Some(("values = {".to_owned(), "}")),
            commas: true,
        },
    }
}

/// The place of names that are several parties, or one.
fn of_names(names: Option<&Value>, text: &str) -> Place {
    match names {
        Some(_) if has_header(text, "parties.names") => listed("[parties.names]", false),
        Some(_) => listed("[[parties]] names = { … }", true),
        None => Place {
            about: "[[parties]] names = { … = [\"A\", \"B\"] }".to_owned(),
            around: Some(("names = {".to_owned(), "}")),
            commas: true,
        },
    }
}

fn listed(place: &str, commas: bool) -> Place {
    Place {
        about: place.to_owned(),
        around: None,
        commas,
    }
}

/// Whether the mapping writes a table under a heading of its own.
fn has_header(text: &str, path: &str) -> bool {
    let heading = format!("[{path}]");
    text.lines().any(|line| line.trim().starts_with(&heading))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RowSet;
    use crate::report::{ImportFinding, Said};

    fn finding(column: &str, value: &str, said: impl Into<Said>) -> ImportFindings {
        ImportFindings {
            count: 2,
            rows: "3-4".parse::<RowSet>().expect("rows"),
            first: ImportFinding {
                row: 3,
                column: Some(column.to_owned()),
                value: value.to_owned(),
                said: said.into(),
            },
        }
    }

    #[test]
    fn values_are_offered_where_the_mapping_lists_them() {
        let mapping = "[fields]\nmode = \"Type\"\nsector = { column = \"Field\", values = { \"Power\" = \"energy\" } }\nhosts = { column = \"Where\" }\n[[events]]\non = \"Day\"\n[events.status]\ncolumn = \"Stage\"\n[events.status.values]\n\"Done\" = \"completed\"\n[[parties]]\ncolumn = \"Who\"\nrole = { constant = \"owner\" }\n";
        let lines = completion(
            mapping,
            &[
                finding("Type", "EPC", Flaw::NoWord),
                finding("Type", "PPP", Flaw::NoWord),
                finding("Field", "Gas", Flaw::NotListed),
                finding("Where", "Atlantis", Flaw::NoCountry),
                finding("Stage", "Drop\"ped", Flaw::NotListed),
                finding(
                    "Who",
                    "A / B",
                    Flaw::Doubtful.with("name", "A / B").with("sign", "/"),
                ),
                finding("Day", "soon", Flaw::NoDate),
            ],
        );
        let text = lines.join("\n");
        assert_eq!(
            text,
            "# [[parties]] names = { … = [\"A\", \"B\"] }\nnames = {\n  \"A / B\" = \"A / B\",  # 2: 3-4\n}\n\n\
             # [events.status.values]\n\"Drop\\\"ped\" = \"\"  # 2: 3-4\n\n\
             # [fields] hosts\nvalues = {\n  \"Atlantis\" = \"\",  # 2: 3-4\n}\n\n\
             # [fields] mode = … →\nmode = { column = \"Type\", values = {\n  \"EPC\" = \"\",  # 2: 3-4\n  \"PPP\" = \"\",  # 2: 3-4\n} }\n\n\
             # [fields] sector: values = { … }\n\"Gas\" = \"\",  # 2: 3-4"
        );
    }
}
