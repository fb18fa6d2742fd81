//! Reading a text back, with everything that is wrong with it named at once.

use crate::message::Message;
use std::ops::Range;

use super::Error;
use super::error::Slip;
use super::merged::MINE;
use super::read::ProjectText;

/// What was read of a text.
pub(crate) struct Reading {
    /// The project, without what is wrong; none when the rest cannot be read either.
    pub(crate) project: Option<ProjectText>,
    pub(crate) slips: Vec<Slip>,
    /// The text itself.
    pub(crate) text: String,
}

/// Reads a project, and everything that is wrong with its text.
///
/// # Errors
/// When there is nothing in the text but blanks and remarks.
pub(crate) fn read(text: &str) -> Result<Reading, Error> {
    let is_empty = text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim().starts_with('#'));
    if is_empty {
        return Err(Error::Empty);
    }
    let unsettled = unsettled_slips(text);
    if !unsettled.is_empty() {
        return Ok(Reading {
            project: None,
            slips: unsettled,
            text: text.to_owned(),
        });
    }
    let mut slips = syntax_slips(text);
    let mut lines: Vec<&str> = text.lines().collect();
    for slip in &slips {
        blank(&mut lines, slip.line..slip.line + 1);
    }
    while slips.len() < MOST {
        let text = lines.join("\n");
        let Err(error) = toml::from_str::<ProjectText>(&text) else {
            break;
        };
        let found = slip(&error, &text);
        let line = found.line;
        if is_missing(&found) {
            // What a part lacks may be what was taken out of it before.
            let part = part_at(&lines, line);
            if !slips.iter().any(|slip| part.contains(&slip.line)) {
                slips.push(found);
            }
            blank(&mut lines, part);
        } else if slips.iter().any(|slip| slip.line == line) {
            break;
        } else {
            slips.push(found);
            blank(&mut lines, line..line + 1);
        }
    }
    // What is left of a part with a slip in it says something else than it did.
    for slip in &slips {
        let part = part_at(&lines, slip.line);
        blank(&mut lines, part);
    }
    slips.sort_by_key(|slip| slip.line);
    let mut project: Option<ProjectText> = toml::from_str(&lines.join("\n")).ok();
    if let Some(project) = project.as_mut().filter(|_| !slips.is_empty()) {
        number_parts(project, text, &lines);
    }
    Ok(Reading {
        project,
        slips,
        text: text.to_owned(),
    })
}

/// Every place where two versions of a line still stand.
fn unsettled_slips(text: &str) -> Vec<Slip> {
    let marked = (1..).zip(text.lines());
    let marked = marked.filter(|(_, line)| line.starts_with(MINE));
    let why = || Message::new("why-unsettled");
    marked.map(|(line, _)| Slip { line, why: why() }).collect()
}

/// Gives the parts that were left in the numbers that they have in the whole text, so that what is wrong with them is found there.
fn number_parts(project: &mut ProjectText, text: &str, left: &[&str]) {
    fn put<'n>(numbers: Vec<i32>, parts: impl Iterator<Item = &'n mut Option<i32>>) {
        for (number, part) in numbers.into_iter().zip(parts) {
            part.get_or_insert(number);
        }
    }
    let left_in = |list: &str| -> Vec<i32> {
        let head = format!("[[{list}]]");
        let heads = text
            .lines()
            .zip(left)
            .filter(|(line, _)| line.trim() == head);
        let numbered = (1..).zip(heads);
        numbered
            .filter(|(_, (_, left))| !left.is_empty())
            .map(|(number, _)| number)
            .collect()
    };
    let parts = project.participations.iter_mut();
    put(
        left_in("participations"),
        parts.map(|part| &mut part.number),
    );
    let events = project.events.iter_mut();
    put(left_in("events"), events.map(|event| &mut event.number));
    let amounts = project.amounts.iter_mut();
    put(left_in("amounts"), amounts.map(|amount| &mut amount.number));
    let risks = project.risks.iter_mut();
    put(left_in("risks"), risks.map(|risk| &mut risk.number));
}

/// Slips that are named at once.
const MOST: usize = 50;

/// Every place where the text is no TOML.
fn syntax_slips(text: &str) -> Vec<Slip> {
    let (_, errors) = toml::de::DeTable::parse_recoverable(text);
    let slips = errors.iter().map(|error| Slip {
        why: "why-no-toml".into(),
        ..slip(error, text)
    });
    let mut slips: Vec<Slip> = slips.collect();
    slips.dedup_by_key(|slip| slip.line);
    slips.truncate(MOST);
    slips
}

fn slip(error: &toml::de::Error, text: &str) -> Slip {
    let before = error.span().and_then(|span| text.get(..span.start));
    Slip {
        line: before.unwrap_or_default().matches('\n').count() + 1,
        why: Message::foreign(error.message()),
    }
}

fn is_missing(found: &Slip) -> bool {
    found.why.is("serde-missing-field")
}

/// Takes lines out, counted from 1, without moving the others.
fn blank(lines: &mut [&str], range: Range<usize>) {
    for line in range {
        if let Some(line) = lines.get_mut(line.saturating_sub(1)) {
            *line = "";
        }
    }
}

/// The lines of the part that a line is in, like an event; of the facts of the project, that line alone.
fn part_at(lines: &[&str], line: usize) -> Range<usize> {
    let heads = (1..)
        .zip(lines)
        .filter(|(_, text)| text.trim_start().starts_with("[["));
    let (before, after): (Vec<usize>, Vec<usize>) =
        heads.map(|(at, _)| at).partition(|at| *at <= line);
    match before.last() {
        Some(first) => *first..after.first().copied().unwrap_or(lines.len() + 1),
        None => line..line + 1,
    }
}

#[cfg(test)]
mod tests;
