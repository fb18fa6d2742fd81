//! Writing the text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::quote::{quoted, quoted_list};
use super::remark::Remarks;
use crate::domain::*;
use crate::store::{Amount, Event, Participation, Project, Risk};

/// A project to be written, with what is said beside its codes.
pub(crate) struct Writing<'a> {
    pub(crate) project: &'a Project,
    /// Number of the journal entry that it was read from.
    pub(crate) entry: i64,
    /// Names of its parties by code.
    pub(crate) parties: BTreeMap<String, String>,
    /// Amounts in units of their currencies, in the order of the project's amounts.
    pub(crate) units: Vec<Decimal>,
    pub(crate) remarks: Remarks<'a>,
}

impl Writing<'_> {
    /// The text.
    pub(crate) fn text(&self) -> String {
        let mut text = self.remarks.opening("toml-edit");
        self.facts(&mut text);
        for part in &self.project.participations {
            self.participation(part, &mut text);
        }
        for event in &self.project.events {
            self.event(event, &mut text);
        }
        for (amount, units) in self.project.amounts.iter().zip(&self.units) {
            self.amount(amount, *units, &mut text);
        }
        for risk in &self.project.risks {
            self.risk(risk, &mut text);
        }
        text
    }

    fn facts(&self, text: &mut String) {
        let (project, facts, remarks) = (self.project, &self.project.facts, self.remarks);
        let mut line = |name: &str, value: Option<String>, remark: &str| {
            self::line(text, name, value, remark);
        };
        let of = |value: &Option<String>| value.as_deref().map(quoted);
        line(
            "code",
            Some(quoted(facts.code.as_str())),
            &remarks.say("toml-code"),
        );
        line(
            "entry",
            Some(self.entry.to_string()),
            &remarks.say("toml-entry"),
        );
        if facts.forum.is_some() {
            line("forum", of(&facts.forum), "");
            line(
                "list_number",
                facts.list_number.map(|number| number.to_string()),
                &remarks.say("toml-list-number"),
            );
        }
        line("identified", Some(facts.identified.to_string()), "");
        macro_rules! lines {
            ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
                $(line(stringify!($field), facts.$field.as_ref().map(written), &remarks.field::<$type>(stringify!($field)));)+
            };
        }
        project_fields!(lines);
        line(
            "hosts",
            Some(quoted_list(project.hosts.iter().map(CountryCode::as_str))),
            &remarks.say("toml-hosts"),
        );
        let objectives = project.objectives.iter().map(|objective| objective.word());
        line(
            "objectives",
            Some(quoted_list(objectives)),
            &remarks.words_of::<Objective>(),
        );
        let identifiers = project.identifiers.iter().map(|other| {
            format!(
                "{{ scheme = {}, identifier = {} }}",
                quoted(&other.scheme),
                quoted(&other.identifier)
            )
        });
        let identifiers: Vec<String> = identifiers.collect();
        line(
            "identifiers",
            Some(format!("[{}]", identifiers.join(", "))),
            "",
        );
        line(
            "citations",
            Some(quoted_list(&project.citations)),
            &remarks.say("toml-citations"),
        );
    }

    fn participation(&self, part: &Participation, text: &mut String) {
        let name = self.parties.get(&part.party).map_or("", String::as_str);
        let share = part.share_percent.map(|share| quoted(&share.to_string()));
        let fields = [
            ("number", Some(part.number.to_string())),
            (
                "party",
                Some(format!("{}  # {}", quoted(&part.party), in_a_remark(name))),
            ),
            ("role", Some(word(part.role))),
            ("share_percent", share),
            ("prospective", part.prospective.then(|| "true".to_owned())),
            ("note", part.note.as_deref().map(quoted)),
        ];
        self.table("participations", &fields, text);
    }

    fn event(&self, event: &Event, text: &mut String) {
        let fields = [
            ("number", Some(event.number.to_string())),
            ("kind", Some(word(event.kind))),
            ("status", event.status.map(word)),
            ("on_date", event.on_date.map(date)),
            ("due_on", event.due_on.map(date)),
            ("text", event.text.as_deref().map(quoted)),
            ("source", event.source.as_deref().map(quoted)),
            ("confidence", event.confidence.map(word)),
            ("evidence", event.evidence.map(word)),
        ];
        self.table("events", &fields, text);
    }

    fn amount(&self, amount: &Amount, units: Decimal, text: &mut String) {
        let fields = [
            ("number", Some(amount.number.to_string())),
            ("kind", Some(word(amount.kind))),
            ("basis", Some(word(amount.basis))),
            ("amount", Some(quoted(&units.to_string()))),
            ("currency", Some(quoted(amount.currency.as_str()))),
            ("estimated", Some(amount.estimated.to_string())),
            ("on_date", amount.on_date.map(date)),
            ("source", amount.source.as_deref().map(quoted)),
            ("note", amount.note.as_deref().map(quoted)),
            ("party", amount.party.as_deref().map(quoted)),
        ];
        self.table("amounts", &fields, text);
    }

    fn risk(&self, risk: &Risk, text: &mut String) {
        let fields = [
            ("number", Some(risk.number.to_string())),
            ("category", Some(word(risk.category))),
            ("level", Some(word(risk.level))),
            ("state", Some(word(risk.state))),
            ("on_date", risk.on_date.map(date)),
            ("text", Some(quoted(&risk.text))),
            ("source", risk.source.as_deref().map(quoted)),
        ];
        self.table("risks", &fields, text);
    }

    /// A part of a list: its fields, and a remark that names those that are not stated.
    fn table(&self, name: &str, fields: &[(&str, Option<String>)], text: &mut String) {
        let _ = writeln!(text, "\n[[{name}]]");
        for (field, value) in fields
            .iter()
            .filter_map(|(field, value)| Some((field, value.as_ref()?)))
        {
            let _ = writeln!(text, "{field} = {value}");
        }
        let missing: Vec<&str> = fields
            .iter()
            .filter(|(_, value)| value.is_none())
            .map(|(field, _)| *field)
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            let said = message!("toml-not-stated", fields = missing);
            let _ = writeln!(text, "# {}", self.remarks.0.say(&said));
        }
    }
}

/// A field of the project. What is not stated is a remark that becomes a field by taking the # away.
pub(super) fn line(text: &mut String, name: &str, value: Option<String>, remark: &str) {
    let remark = match remark {
        "" => String::new(),
        remark => format!("  # {remark}"),
    };
    let _ = match value {
        Some(value) => writeln!(text, "{name} = {value}{remark}"),
        None => writeln!(text, "# {name} = \"\"{remark}"),
    };
}

fn word<V: Vocabulary>(word: V) -> String {
    quoted(word.word())
}

/// A plain field as the text writes it.
fn written<T: FieldValue + ToString>(value: &T) -> String {
    match T::KIND {
        FieldKind::Flag => value.to_string(),
        FieldKind::Text | FieldKind::Word(..) => quoted(&value.to_string()),
    }
}

fn date(date: PartialDate) -> String {
    quoted(&date.to_string())
}

/// A name in a remark: on one line, and nothing in it that an editor would obey.
fn in_a_remark(name: &str) -> String {
    quoted(&name.replace('\n', " "))
        .trim_matches('"')
        .to_owned()
}

/// A text with findings about it on top, for the next round of editing.
pub(crate) struct FindingsOnTop<'a> {
    pub(crate) text: &'a str,
    pub(crate) findings: &'a [String],
}

/// How a line with a finding begins.
const FINDING: &str = "#! ";

impl FindingsOnTop<'_> {
    /// The text, with the findings of an earlier round taken off.
    pub(crate) fn text(&self) -> String {
        let lines = self.findings.iter().flat_map(|finding| finding.lines());
        let mut text: String = lines.map(|line| format!("{FINDING}{line}\n")).collect();
        let own = self.text.lines().filter(|line| !line.starts_with(FINDING));
        for line in own {
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_stand_on_top_once() {
        let (old, new) = (["old".to_owned()], ["new\nline".to_owned()]);
        let once = FindingsOnTop {
            text: "a = 1\n",
            findings: &old,
        }
        .text();
        assert_eq!(once, "#! old\na = 1\n");
        assert_eq!(
            FindingsOnTop {
                text: &once,
                findings: &new
            }
            .text(),
            "#! new\n#! line\na = 1\n"
        );
    }
}
