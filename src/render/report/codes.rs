//! Codes of projects in little space: those that follow on one another as a range.

use crate::domain::ProjectCode;

/// Codes that follow on one another: what they begin with, the first number and the last.
type Range<'a> = (&'a str, &'a str, &'a str);

/// Returns how many ranges these codes make.
pub(super) fn ranges_of(codes: &[ProjectCode]) -> usize {
    ranges(codes).len()
}

/// Returns `F1-001–006, 008, P-0002` for these codes, in the order in which they are given: so many ranges, and `…` for more.
pub(super) fn in_short(codes: &[ProjectCode], most: usize) -> String {
    let ranges = ranges(codes);
    let mut text = String::new();
    let mut before = None;
    for (prefix, first, last) in ranges.iter().take(most) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if before != Some(prefix) && !prefix.is_empty() {
            text.push_str(prefix);
            text.push('-');
        }
        text.push_str(first);
        if first != last {
            text.push('–');
            text.push_str(last);
        }
        before = Some(prefix);
    }
    if ranges.len() > most {
        text.push_str(", …");
    }
    text
}

fn ranges(codes: &[ProjectCode]) -> Vec<Range<'_>> {
    let mut ranges: Vec<Range<'_>> = Vec::new();
    for code in codes {
        let code = code.as_str();
        let (prefix, number) = code.rsplit_once('-').unwrap_or(("", code));
        match ranges.last_mut() {
            Some((known, _, last)) if *known == prefix && follows(last, number) => *last = number,
            _ => ranges.push((prefix, number, number)),
        }
    }
    ranges
}

/// Whether `next` is the number after `last`, written with as many digits.
fn follows(last: &str, next: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    let after = number(last).and_then(|last| last.checked_add(1));
    last.len() == next.len() && after.is_some() && after == number(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_follow_on_one_another_are_a_range() {
        let codes = |list: &[&str]| -> Vec<ProjectCode> {
            let codes = list.iter().map(|code| code.parse().expect("a code"));
            codes.collect()
        };
        let list = codes(&["F1-001", "F1-002", "F1-003", "F1-005", "P-0009", "P-0010"]);
        assert_eq!(in_short(&list, 9), "F1-001–003, 005, P-0009–0010");
        assert_eq!(in_short(&[], 9), "");
        assert_eq!(in_short(&list, 1), "F1-001–003, …");
        assert_eq!(ranges_of(&list), 3);
    }
}
