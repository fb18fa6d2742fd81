//! Findings of the checks: what the rules say about the records, as of a day.

mod amounts;
mod events;
mod links;
mod others;
mod parties;
mod rules;
mod world;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Moment, ReportDay, Severity};
use crate::store::{Party, Project, Source, Waiver};
pub(crate) use rules::{RULES, Rule, Test};
pub(crate) use world::World;

/// What a message is filled in with.
pub(crate) type Values = Vec<(&'static str, String)>;

/// All findings, the gravest first, those of one rule together.
#[derive(Debug, Serialize)]
pub(crate) struct CheckReport {
    #[serde(flatten)]
    pub(crate) as_of: ReportDay,
    pub(crate) known_at: Option<Moment>,
    /// Rules that were applied.
    pub(crate) rules: usize,
    /// Findings that stand, by severity.
    pub(crate) standing: BTreeMap<&'static str, usize>,
    pub(crate) waived: usize,
    pub(crate) findings: Vec<Finding>,
}

/// One finding about one record.
#[derive(Debug, Serialize)]
pub(crate) struct Finding {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    pub(crate) kind: &'static str,
    pub(crate) record: String,
    /// In the language of the result.
    pub(crate) message: String,
    pub(crate) hint: String,
    pub(crate) values: BTreeMap<&'static str, String>,
    /// Who accepts it, and until when.
    pub(crate) waiver: Option<Waiver>,
}

/// What is looked at: rules, and from which severity on.
#[derive(Debug, Clone)]
pub(crate) struct Choice<'a> {
    pub(crate) rules: &'a [String],
    pub(crate) least: Severity,
}

impl Choice<'_> {
    fn has(&self, rule: &Rule) -> bool {
        (self.rules.is_empty() || self.rules.iter().any(|id| id == rule.id))
            && rule.severity <= self.least
    }
}

impl CheckReport {
    pub(crate) fn new(as_of: ReportDay, known_at: Option<Moment>, choice: &Choice<'_>) -> Self {
        Self {
            as_of,
            known_at,
            rules: RULES.iter().filter(|rule| choice.has(rule)).count(),
            standing: BTreeMap::new(),
            waived: 0,
            findings: Vec::new(),
        }
    }

    /// Applies the rules about projects to one.
    pub(crate) fn project(&mut self, project: &Project, world: &World, choice: &Choice<'_>) {
        for (rule, test) in chosen(choice, |test| {
            if let Test::Project(test) = test {
                Some(test)
            } else {
                None
            }
        }) {
            let found = test(project, world);
            self.add(rule, "project", project.facts.code.as_str(), found);
        }
    }

    /// Applies the rules about parties to one.
    pub(crate) fn party(&mut self, party: &Party, world: &World, choice: &Choice<'_>) {
        for (rule, test) in chosen(choice, |test| {
            if let Test::Party(test) = test {
                Some(test)
            } else {
                None
            }
        }) {
            self.add(rule, "party", &party.facts.code, test(party, world));
        }
    }

    /// Applies the rules about sources to one.
    pub(crate) fn source(&mut self, source: &Source, world: &World, choice: &Choice<'_>) {
        for (rule, test) in chosen(choice, |test| {
            if let Test::Source(test) = test {
                Some(test)
            } else {
                None
            }
        }) {
            self.add(rule, "source", &source.code, test(source, world));
        }
    }

    /// Applies the rules about waivers to one.
    pub(crate) fn waiver(&mut self, waiver: &Waiver, world: &World, choice: &Choice<'_>) {
        for (rule, test) in chosen(choice, |test| {
            if let Test::Waiver(test) = test {
                Some(test)
            } else {
                None
            }
        }) {
            self.add(rule, "waiver", &waiver.code, test(waiver, world));
        }
    }

    fn add(&mut self, rule: &Rule, kind: &'static str, record: &str, found: Vec<Values>) {
        self.findings
            .extend(found.into_iter().map(|values| Finding {
                rule: rule.id,
                severity: rule.severity,
                kind,
                record: record.to_owned(),
                message: String::new(),
                hint: String::new(),
                values: values.into_iter().collect(),
                waiver: None,
            }));
    }

    /// Sets the findings in order, finds who accepts which, and puts them into words with `say`, which gets the key of a
    /// label and the values that it takes.
    pub(crate) fn finish(
        &mut self,
        waivers: &[Waiver],
        say: impl Fn(&str, &BTreeMap<&'static str, String>) -> String,
    ) {
        let in_force: BTreeMap<(&str, &str), &Waiver> = waivers
            .iter()
            .filter(|waiver| waiver.until_date >= self.as_of.day)
            .map(|waiver| ((waiver.rule.as_str(), waiver.record.as_str()), waiver))
            .collect();
        let place = |id: &str| RULES.iter().position(|rule| rule.id == id);
        self.findings.sort_by_cached_key(|finding| {
            (
                finding.severity,
                place(finding.rule),
                finding.record.len(),
                finding.record.clone(),
            )
        });
        for finding in &mut self.findings {
            finding.message = say(&format!("rule-{}", finding.rule), &finding.values);
            finding.hint = say(&format!("rule-{}-hint", finding.rule), &finding.values);
            finding.waiver = in_force
                .get(&(finding.rule, finding.record.as_str()))
                .map(|waiver| (*waiver).clone());
            match finding.waiver {
                Some(_) => self.waived += 1,
                None => {
                    *self
                        .standing
                        .entry(severity_word(finding.severity))
                        .or_default() += 1;
                }
            }
        }
    }

    /// How many findings of the gravest kind nobody accepts.
    pub(crate) fn errors(&self) -> usize {
        self.standing
            .get(severity_word(Severity::Error))
            .copied()
            .unwrap_or_default()
    }
}

fn severity_word(severity: Severity) -> &'static str {
    use crate::domain::Vocabulary as _;
    severity.word()
}

/// The chosen rules whose test `of` picks out.
fn chosen<'a, T>(
    choice: &'a Choice<'_>,
    of: impl Fn(&'static Test) -> Option<T> + 'a,
) -> impl Iterator<Item = (&'static Rule, T)> + 'a {
    RULES
        .iter()
        .filter(|rule| choice.has(rule))
        .filter_map(move |rule| Some((rule, of(&rule.test)?)))
}

#[cfg(test)]
mod tests;
