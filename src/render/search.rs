//! What a search found.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::{Match, SearchReport};

/// Codes of projects that one line names before it says how many there are.
const NAMED: usize = 6;

impl View for SearchReport {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        if self.projects.is_empty() && self.parties.is_empty() && self.sources.is_empty() {
            page.add(Block::Paragraph(labels.with(
                "search-nothing",
                &[("query", self.query.as_str().into())],
            )));
            return page;
        }
        let mut group = |key: &str, found: usize, sheet: Sheet| {
            if found > 0 {
                page.add(Block::Heading(labels.with(key, &[("count", found.into())])));
                page.add(Block::Table(sheet));
            }
        };
        group(
            "search-projects",
            self.projects.len(),
            self.project_table(labels),
        );
        group(
            "search-parties",
            self.parties.len(),
            self.party_table(labels),
        );
        group(
            "search-sources",
            self.sources.len(),
            self.source_table(labels),
        );
        if self.more {
            page.add(Block::Paragraph(labels.text("search-more")));
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "kind",
            "code",
            "title",
            "status",
            "status_on",
            "hosts",
            "score",
            "fields",
            "snippets",
            "projects",
        ]);
        for found in &self.projects {
            let project = &found.project;
            sheet.rows.push(vec![
                Cell::from("project"),
                Cell::from(project.code.as_str()),
                Cell::from(project.title.as_str()),
                Cell::or_not_stated(project.status),
                Cell::or_not_stated(project.status_on),
                Cell::list(&project.hosts),
                Cell::from(found.score.to_string()),
                fields(&found.matches),
                snippets(&found.matches),
                Cell::from(project.code.as_str()),
            ]);
        }
        let mut other = |kind: &str,
                         code: &str,
                         title: Option<&String>,
                         score: u32,
                         matches: &[Match],
                         projects: &[String]| {
            sheet.rows.push(vec![
                Cell::from(kind),
                Cell::from(code),
                Cell::or_not_stated(title),
                Cell::Blank,
                Cell::Blank,
                Cell::Blank,
                Cell::from(score.to_string()),
                fields(matches),
                snippets(matches),
                Cell::list(projects),
            ]);
        };
        for found in &self.parties {
            other(
                "party",
                &found.code,
                Some(&found.name),
                found.score,
                &found.matches,
                &found.projects,
            );
        }
        for found in &self.sources {
            let title = found.title.as_ref().or(found.url.as_ref());
            other(
                "source",
                &found.code,
                title,
                found.score,
                &found.matches,
                &found.projects,
            );
        }
        sheet
    }
}

fn fields(matches: &[Match]) -> Cell {
    Cell::list(matches.iter().map(|found| found.field.word()))
}

fn snippets(matches: &[Match]) -> Cell {
    let texts: Vec<&str> = matches.iter().map(|found| found.snippet.as_str()).collect();
    Cell::from(texts.join(" | "))
}

impl SearchReport {
    fn project_table(&self, labels: &Labels) -> Sheet {
        let fields = ["field-code", "field-status", "field-title", "field-match"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([7, 12]);
        for found in &self.projects {
            let project = &found.project;
            sheet.rows.push(vec![
                Cell::from(project.code.as_str()),
                Cell::or_not_stated(project.status.map(|status| labels.word(status))),
                Cell::from(project.title.as_str()),
                in_words(&found.matches, labels),
            ]);
        }
        sheet
    }

    fn party_table(&self, labels: &Labels) -> Sheet {
        let fields = [
            "field-code",
            "field-country",
            "field-match",
            "search-column-projects",
        ];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([24, 10]);
        for found in &self.parties {
            sheet.rows.push(vec![
                Cell::from(found.code.as_str()).linked(format!("party/{}", found.code)),
                Cell::or_not_stated(
                    found
                        .country
                        .as_ref()
                        .map(|country| labels.country(country.as_str()).to_owned()),
                ),
                in_words(&found.matches, labels),
                codes(&found.projects, labels),
            ]);
        }
        sheet
    }

    fn source_table(&self, labels: &Labels) -> Sheet {
        let fields = ["field-code", "field-match", "search-column-projects"];
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([8]);
        for found in &self.sources {
            sheet.rows.push(vec![
                Cell::from(found.code.as_str()),
                in_words(&found.matches, labels),
                codes(&found.projects, labels),
            ]);
        }
        sheet
    }
}

/// The snippets, each after the name of its field.
fn in_words(matches: &[Match], labels: &Labels) -> Cell {
    let each = matches.iter().map(|found| {
        labels.with(
            "search-match",
            &[
                ("field", labels.text(found.field.label()).into()),
                ("snippet", found.snippet.as_str().into()),
            ],
        )
    });
    Cell::from(each.collect::<Vec<_>>().join("; "))
}

fn codes(projects: &[String], labels: &Labels) -> Cell {
    if projects.is_empty() {
        return Cell::from(labels.text("none"));
    }
    let mut shown = projects
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    if projects.len() > NAMED {
        shown = labels.with(
            "search-codes",
            &[("codes", shown.into()), ("count", projects.len().into())],
        );
    }
    Cell::from(shown)
}
