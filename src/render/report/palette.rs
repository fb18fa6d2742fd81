//! The colours of the statuses: a ladder of blues that can be told apart by lightness alone, and two warm colours for what
//! left the road. Words and numbers stand beside them everywhere, so that no colour carries a meaning alone.
//!
//! The charts are drawn in these colours; `templates/report.css` puts others in their place on a dark screen.

use plotters::style::RGBColor;

use crate::domain::Status;

/// A status, its colour, and the colour of writing on it.
pub(super) struct Paint {
    pub(super) fill: RGBColor,
    pub(super) ink: RGBColor,
}

/// Writing and the line that a chart stands on.
pub(super) const INK: RGBColor = RGBColor(0x1B, 0x26, 0x31);
/// What is said beside it.
pub(super) const MUTED: RGBColor = RGBColor(0x54, 0x60, 0x6C);
/// Lines that only guide the eye.
pub(super) const GUIDE: RGBColor = RGBColor(0xDD, 0xE2, 0xE7);
/// Curves.
pub(super) const STRONG: RGBColor = RGBColor(0x12, 0x3F, 0x67);
pub(super) const LIGHT: RGBColor = RGBColor(0x2E, 0x75, 0xA7);
pub(super) const WARM: RGBColor = RGBColor(0xA7, 0x45, 0x2F);

const ON_PALE: RGBColor = RGBColor(0x0B, 0x1F, 0x33);
const ON_DEEP: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
const ON_AMBER: RGBColor = RGBColor(0x2B, 0x1D, 0x00);
const ON_RED: RGBColor = RGBColor(0xFF, 0xFF, 0xFE);
const ON_GREY: RGBColor = RGBColor(0x1A, 0x1A, 0x1A);

/// The paint of a status; None is "not stated".
pub(super) fn paint(status: Option<Status>) -> Paint {
    let (fill, ink) = match status {
        Some(Status::Proposed) => (RGBColor(0xE1, 0xEA, 0xF1), ON_PALE),
        Some(Status::Signed) => (RGBColor(0xB3, 0xCB, 0xDE), ON_PALE),
        Some(Status::Committed) => (RGBColor(0x7D, 0xA7, 0xC7), ON_PALE),
        Some(Status::Implementing) => (RGBColor(0x2D, 0x74, 0xA6), ON_DEEP),
        Some(Status::Completed) => (RGBColor(0x11, 0x3E, 0x66), ON_DEEP),
        Some(Status::Suspended) => (RGBColor(0xE2, 0xAB, 0x40), ON_AMBER),
        Some(Status::Cancelled) => (RGBColor(0xA8, 0x46, 0x30), ON_RED),
        None => (RGBColor(0xCF, 0xCF, 0xCC), ON_GREY),
    };
    Paint { fill, ink }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Vocabulary as _;

    const CSS: &str = include_str!("templates/report.css");

    /// As the drawing backend writes it.
    fn written(colour: RGBColor) -> String {
        format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: RGBColor) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(colour.0) + 0.7152 * channel(colour.1) + 0.0722 * channel(colour.2)
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn all() -> Vec<Option<Status>> {
        Status::ALL
            .iter()
            .copied()
            .map(Some)
            .chain([None])
            .collect()
    }

    #[test]
    fn every_colour_can_be_changed_for_a_dark_screen() {
        for status in all() {
            let Paint { fill, ink } = paint(status);
            for colour in [fill, ink] {
                assert!(
                    CSS.contains(&format!("\"{}\"", written(colour))),
                    "{status:?}: {}",
                    written(colour)
                );
            }
        }
        for colour in [INK, MUTED, GUIDE, STRONG, LIGHT, WARM] {
            assert!(
                CSS.contains(&format!("\"{}\"", written(colour))),
                "{}",
                written(colour)
            );
        }
    }

    #[test]
    fn numbers_on_colours_can_be_read() {
        for status in all() {
            let Paint { fill, ink } = paint(status);
            assert!(
                contrast(fill, ink) >= 4.5,
                "{status:?}: {}",
                contrast(fill, ink)
            );
        }
        let white = RGBColor(255, 255, 255);
        for colour in [INK, MUTED, STRONG, LIGHT, WARM] {
            assert!(contrast(colour, white) >= 4.5);
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
        let light: Vec<f64> = road
            .iter()
            .map(|status| luminance(paint(Some(*status)).fill))
            .collect();
        assert!(
            light.is_sorted_by(|one, next| (one + 0.05) / (next + 0.05) > 1.35),
            "{light:?}"
        );
    }
}
