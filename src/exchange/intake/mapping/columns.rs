//! The rules of a mapping, the tables of values that they share, and the columns that they use.

use super::Mapping;
use super::check::Mistake;
use super::rule::Rule;

impl Mapping {
    /// Every rule of it.
    fn rules(&mut self) -> Vec<&mut Rule> {
        let mut rules: Vec<&mut Rule> = self.fields.values_mut().collect();
        rules.extend(self.identifiers.iter_mut().map(|rule| &mut rule.identifier));
        for party in &mut self.parties {
            let parts = [
                &mut party.name,
                &mut party.role,
                &mut party.country,
                &mut party.kind,
                &mut party.share,
            ];
            rules.extend(parts.into_iter().flatten());
        }
        for event in &mut self.events {
            let parts = [
                &mut event.status,
                &mut event.on,
                &mut event.due,
                &mut event.text,
                &mut event.confidence,
                &mut event.evidence,
            ];
            rules.extend(parts.into_iter().flatten());
        }
        for amount in &mut self.amounts {
            rules.extend([&mut amount.number, &mut amount.kind, &mut amount.basis]);
            let parts = [
                &mut amount.currency,
                &mut amount.estimated,
                &mut amount.on,
                &mut amount.note,
                &mut amount.party,
            ];
            rules.extend(parts.into_iter().flatten());
        }
        rules
    }

    /// Fills in the tables of values that rules share, and collects the columns that the mapping uses.
    pub(super) fn prepare(&mut self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let tables = std::mem::take(&mut self.values);
        let mut filled_down = std::mem::take(&mut self.fill_down);
        let mut columns = filled_down.clone();
        for rule in self.rules() {
            if let Err(name) = rule.share_values(&tables) {
                let known: Vec<&str> = tables.keys().map(String::as_str).collect();
                mistakes.push(Mistake {
                    table: "",
                    nth: 0,
                    word: format!("\"{name}\""),
                    why: message!("why-mapping-values", name, known = known.join(", ")),
                });
            }
            columns.extend(rule.columns.iter().cloned());
            if rule.fill_down {
                filled_down.extend(rule.columns.iter().cloned());
            }
        }
        columns.extend(self.parties.iter().filter_map(|rule| rule.column.clone()));
        columns.extend(self.sources.iter().filter_map(|rule| rule.column.clone()));
        columns.extend(self.skip.iter().map(|skip| skip.column.clone()));
        columns.extend(self.key.iter().flat_map(|key| key.columns.iter().cloned()));
        for names in [&mut columns, &mut filled_down] {
            names.sort_unstable();
            names.dedup();
        }
        (self.columns, self.fill_down) = (columns, filled_down);
        mistakes
    }

    /// Returns the columns that the mapping uses.
    pub(super) fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(String::as_str).collect()
    }
}
