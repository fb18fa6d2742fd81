//! Parties that a name may mean, and pairs that may be one organisation.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::domain::{Likeness, Verdict};
use crate::report::{Candidates, Duplicates, PartyNamed};

impl View for Candidates {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        if self.candidates.is_empty() {
            page.add(Block::Paragraph(
                labels.with("match-nobody", &[("name", self.name.as_str().into())]),
            ));
            return page;
        }
        let fields = [
            "field-score",
            "field-code",
            "field-name",
            "field-country",
            "field-reasons",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([5, 20, 22, 10]);
        for candidate in &self.candidates {
            sheet.rows.push(vec![
                score(&candidate.likeness),
                Cell::from(candidate.party.code.as_str()),
                Cell::from(candidate.party.name.as_str()),
                country(&candidate.party, labels),
                reasons(&candidate.likeness, labels),
            ]);
        }
        page.add(Block::Table(sheet));
        page.add(Block::Paragraph(labels.with(
            "match-compared-as",
            &[("name", self.compared_as.as_str().into())],
        )));
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "code", "name", "country", "score", "reasons", "conflict", "projects",
        ]);
        for candidate in &self.candidates {
            sheet.rows.push(vec![
                Cell::from(candidate.party.code.as_str()),
                Cell::from(candidate.party.name.as_str()),
                Cell::or_not_stated(candidate.party.country.as_ref()),
                score(&candidate.likeness),
                reason_words(&candidate.likeness),
                Cell::from(candidate.likeness.conflict.to_string()),
                Cell::list(&candidate.projects),
            ]);
        }
        sheet
    }
}

impl View for Duplicates {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        if self.pairs.is_empty() {
            page.add(Block::Paragraph(labels.text("duplicates-none")));
            return page;
        }
        let fields = ["field-score", "field-party", "field-party", "field-reasons"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([5]);
        for pair in &self.pairs {
            let Cell::Text(mut why) = reasons(&pair.likeness, labels) else {
                continue;
            };
            if let Some(verdict) = pair.verdict {
                why = labels.with(
                    "duplicates-judged",
                    &[
                        ("verdict", labels.word(verdict).into()),
                        ("reasons", why.into()),
                    ],
                );
            }
            sheet.rows.push(vec![
                score(&pair.likeness),
                named(&pair.first, labels),
                named(&pair.second, labels),
                Cell::Text(why),
            ]);
        }
        page.add(Block::Table(sheet));
        page.add(Block::Paragraph(labels.text("duplicates-note")));
        if self.more {
            page.add(Block::Paragraph(labels.text("search-more")));
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "first",
            "first_name",
            "first_country",
            "second",
            "second_name",
            "second_country",
            "score",
            "reasons",
            "conflict",
            "verdict",
        ]);
        for pair in &self.pairs {
            sheet.rows.push(vec![
                Cell::from(pair.first.code.as_str()),
                Cell::from(pair.first.name.as_str()),
                Cell::or_not_stated(pair.first.country.as_ref()),
                Cell::from(pair.second.code.as_str()),
                Cell::from(pair.second.name.as_str()),
                Cell::or_not_stated(pair.second.country.as_ref()),
                score(&pair.likeness),
                reason_words(&pair.likeness),
                Cell::from(pair.likeness.conflict.to_string()),
                Cell::or_not_stated(pair.verdict.map(|verdict: Verdict| verdict.to_string())),
            ]);
        }
        sheet
    }
}

fn score(likeness: &Likeness) -> Cell {
    Cell::from(format!("{:.2}", likeness.score))
}

fn named(party: &PartyNamed, labels: &Labels) -> Cell {
    Cell::from(labels.noted(&party.name, &party.code))
}

fn country(party: &PartyNamed, labels: &Labels) -> Cell {
    Cell::or_not_stated(
        party
            .country
            .as_ref()
            .map(|country| labels.country(country.as_str())),
    )
}

/// The reasons for people: each with its part in the score.
fn reasons(likeness: &Likeness, labels: &Labels) -> Cell {
    let each = likeness.reasons.iter();
    let each: Vec<String> = each
        .map(|(reason, weight)| format!("{} {weight:+.2}", labels.text(reason.label())))
        .collect();
    Cell::Text(labels.list(&each))
}

fn reason_words(likeness: &Likeness) -> Cell {
    Cell::list(
        likeness
            .reasons
            .iter()
            .map(|(reason, weight)| format!("{} {weight:+.2}", reason.word())),
    )
}
