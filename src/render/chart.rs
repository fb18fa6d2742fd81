//! Small charts made of characters: bars, sparklines and a curve. Plain ASCII where the page is not for a terminal.

use crate::language::Charts;

/// Eighths of a cell, from none to full.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The same in ASCII, as far as that goes.
const PLAIN: [char; 9] = [' ', '_', '_', '.', '.', '-', '=', '+', '#'];
const LEFT_TO_RIGHT: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// How many eighths of `cells` cells a share takes: more than nothing is never shown as nothing, less than all never as all.
fn eighths(share: f64, cells: usize) -> usize {
    let all = cells * 8;
    let full = (1..=all)
        .take_while(|eighth| exact(*eighth) - 0.5 <= share * exact(all))
        .count();
    match full {
        0 if share > 0.0 => 1,
        _ if full == all && share < 1.0 => all - 1,
        _ => full,
    }
}

fn exact(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

/// A bar of at most `cells` cells for a share from 0 to 1.
pub(super) fn bar(share: f64, cells: usize, charts: Charts) -> String {
    let eighths = eighths(share, cells);
    match charts {
        Charts::Blocks => {
            let rest = eighths % 8;
            let part = LEFT_TO_RIGHT.get(rest).filter(|_| rest > 0);
            "█".repeat(eighths / 8) + &part.map(char::to_string).unwrap_or_default()
        }
        Charts::Plain | Charts::Narrow => "#".repeat(eighths.div_ceil(8)),
    }
}

/// Values of equal steps of time as one line; a blank where there is none. The lowest stands lowest, not at zero.
pub(super) fn sparkline(values: &[Option<f64>], charts: Charts) -> String {
    let known = || values.iter().flatten().copied();
    let (low, high) = (
        known().fold(f64::INFINITY, f64::min),
        known().fold(f64::NEG_INFINITY, f64::max),
    );
    let level = |value: f64| {
        let share = if high > low {
            (value - low) / (high - low)
        } else {
            0.5
        };
        let step = (1..8)
            .take_while(|step| exact(*step) <= share * 7.0 + 0.5)
            .count()
            + 1;
        drawn(step, charts)
    };
    values
        .iter()
        .map(|value| value.map_or(' ', level))
        .collect()
}

fn drawn(eighths: usize, charts: Charts) -> char {
    let signs = match charts {
        Charts::Blocks => EIGHTHS,
        Charts::Plain | Charts::Narrow => PLAIN,
    };
    signs.get(eighths.min(8)).copied().unwrap_or(' ')
}

/// A curve of shares from 0 to 1 as an area, `height` lines from the top, each with its scale at the left. Where nothing is
/// known there is `?`.
pub(super) fn curve(values: &[Option<f64>], height: usize, charts: Charts) -> Vec<String> {
    let line = |row: usize| {
        let below = row * 8;
        let cell = |value: &Option<f64>| match value {
            Some(share) => drawn(eighths(*share, height).saturating_sub(below), charts),
            None if row == 0 => '?',
            None => ' ',
        };
        let top = exact(row + 1) / exact(height) * 100.0;
        format!(
            "{top:>4.0}% │{}",
            values.iter().map(cell).collect::<String>()
        )
    };
    (0..height).rev().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_never_hide_something_nor_promise_everything() {
        let both = |share| (bar(share, 4, Charts::Blocks), bar(share, 4, Charts::Plain));
        assert_eq!(both(0.0), (String::new(), String::new()));
        assert_eq!(both(0.001), ("▏".to_owned(), "#".to_owned()));
        assert_eq!(both(0.5), ("██".to_owned(), "##".to_owned()));
        assert_eq!(both(0.999), ("███▉".to_owned(), "####".to_owned()));
        assert_eq!(both(1.0), ("████".to_owned(), "####".to_owned()));
    }

    #[test]
    fn sparklines_span_from_the_lowest_to_the_highest() {
        let values = [Some(1.0), Some(2.0), None, Some(8.0)];
        assert_eq!(sparkline(&values, Charts::Blocks), "▁▂ █");
        assert_eq!(sparkline(&values, Charts::Plain), "__ #");
        assert_eq!(sparkline(&[Some(3.0), Some(3.0)], Charts::Blocks), "▅▅");
    }

    #[test]
    fn a_curve_says_where_it_ends() {
        let lines = curve(&[Some(0.0), Some(0.25), Some(1.0), None], 2, Charts::Plain);
        assert_eq!(lines, [" 100% │  # ", "  50% │ .#?"]);
    }
}
