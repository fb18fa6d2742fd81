//! The colours of the statuses: a ladder of blues that can be told apart by lightness alone, and two warm colours for what
//! left the road. Words and numbers stand beside them everywhere, so that no colour carries a meaning alone.
//!
//! A workbook takes the colours from here. The page takes them from `templates/colours.css`, which has others for a dark screen.

use crate::domain::{Status, Vocabulary as _};

/// Returns the colour of a status as 0xRRGGBB; None is "not stated".
pub(super) fn fill(status: Option<Status>) -> u32 {
    status.map_or(0xCF_CFCC, |status| status.facts().colour)
}

/// Returns the class that gives a status its colour on the page.
pub(super) fn class_of(status: Option<Status>) -> &'static str {
    status.map_or("unstated", Status::word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = include_str!("templates/colours.css");

    /// The values of a variable of the style sheet: on a light screen and on a dark one.
    fn values(name: &str) -> Vec<u32> {
        let name = format!("--{name}: #");
        let found = CSS.split(&name).skip(1);
        let found = found.filter_map(|rest| u32::from_str_radix(rest.get(..6)?, 16).ok());
        found.collect()
    }

    /// The variable of the colour in which a number is written on the colour of a status.
    fn ink_of(status: Option<Status>) -> String {
        let class = class_of(status);
        let rule = format!(".s-{class} {{ --fill: var(--{class}); --on: var(--");
        let (_, rest) = CSS.split_once(&rule).expect(&rule);
        rest.split(')').next().expect("a name").to_owned()
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from(colour >> shift & 0xFF) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn all() -> impl Iterator<Item = Option<Status>> {
        Status::ALL.iter().copied().map(Some).chain([None])
    }

    #[test]
    fn the_page_and_the_workbook_have_the_same_colours() {
        for status in all() {
            assert_eq!(
                values(class_of(status)).first(),
                Some(&fill(status)),
                "{status:?}"
            );
        }
    }

    #[test]
    fn numbers_on_colours_can_be_read_on_a_light_screen_and_on_a_dark_one() {
        for status in all() {
            let (fills, inks) = (values(class_of(status)), values(&ink_of(status)));
            assert_eq!((fills.len(), inks.len()), (2, 2), "{status:?}");
            for (fill, ink) in fills.into_iter().zip(inks) {
                assert!(
                    contrast(fill, ink) >= 4.5,
                    "{status:?}: {}",
                    contrast(fill, ink)
                );
            }
        }
        let papers = values("paper");
        for name in ["ink", "muted", "strong", "light", "warm"] {
            for (paper, colour) in papers.iter().zip(values(name)) {
                assert!(contrast(*paper, colour) >= 4.5, "{name}");
            }
        }
    }

    #[test]
    fn the_road_can_be_told_by_lightness_alone() {
        let road = [
            Status::Proposed,
            Status::Signed,
            Status::Committed,
            Status::Implementing,
            Status::Completed,
        ];
        let light = road.map(|status| luminance(fill(Some(status))));
        assert!(
            light.is_sorted_by(|one, next| (one + 0.05) / (next + 0.05) > 1.35),
            "{light:?}"
        );
    }
}
