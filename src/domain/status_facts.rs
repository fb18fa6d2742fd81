//! What each status is: how far along the way it is, what it means for counting, its codes in the standards, and its colour.

use super::Status;

/// What a status is.
pub(crate) struct StatusFacts {
    /// How far along the way it is, from 0; None for a project that was suspended or cancelled on it.
    pub(crate) rank: Option<u8>,
    /// Whether the project is over, so that nothing more is expected of it.
    pub(crate) is_final: bool,
    /// Whether the project counts as implemented: work has begun or is done.
    pub(crate) is_implemented: bool,
    /// Its code in the list ActivityStatus of IATI.
    pub(crate) iati: &'static str,
    /// Its phase in OC4IDS; None for a project that stays in the phase that it had reached.
    pub(crate) oc4ids: Option<&'static str>,
    /// 0xRRGGBB on white. `colours.css` has it too, with another one for a dark screen.
    pub(crate) colour: u32,
}

/// Returns the facts of a status on the way from the proposal to the end of the work.
const fn on_the_way(
    rank: u8,
    iati: &'static str,
    oc4ids: &'static str,
    colour: u32,
) -> StatusFacts {
    StatusFacts {
        rank: Some(rank),
        is_final: rank == 4,
        is_implemented: rank >= 3,
        iati,
        oc4ids: Some(oc4ids),
        colour,
    }
}

impl Status {
    /// Returns the row of the table of statuses.
    pub(crate) const fn facts(self) -> StatusFacts {
        match self {
            Self::Proposed => on_the_way(0, "1", "identification", 0xE1_EAF1),
            Self::Signed => on_the_way(1, "1", "identification", 0xB3_CBDE),
            Self::Committed => on_the_way(2, "1", "preparation", 0x7D_A7C7),
            Self::Implementing => on_the_way(3, "2", "implementation", 0x2D_74A6),
            Self::Completed => on_the_way(4, "4", "completion", 0x11_3E66),
            Self::Suspended => StatusFacts {
                rank: None,
                is_final: false,
                is_implemented: false,
                iati: "6",
                oc4ids: None,
                colour: 0xE2_AB40,
            },
            Self::Cancelled => StatusFacts {
                rank: None,
                is_final: true,
                is_implemented: false,
                iati: "5",
                oc4ids: Some("cancelled"),
                colour: 0xA8_4630,
            },
        }
    }

    /// Returns how far along the way the status is, from 0; None where a project was suspended or cancelled on it.
    pub(crate) const fn rank(self) -> Option<u8> {
        self.facts().rank
    }

    /// Whether a project in this status counts as implemented: work has begun or is done.
    pub(crate) const fn is_implemented(self) -> bool {
        self.facts().is_implemented
    }
}
