//! Findings that somebody accepts for a time.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::store::Waiver;

/// All waivers, those that run out first before others. JSON is the array of them.
#[derive(Debug)]
pub(crate) struct WaiverList {
    pub(crate) waivers: Vec<WaiverEntry>,
}

/// A waiver, and whether its time is over.
#[derive(Debug, Serialize)]
pub(crate) struct WaiverEntry {
    #[serde(flatten)]
    pub(crate) waiver: Waiver,
    pub(crate) expired: bool,
}

impl WaiverList {
    pub(crate) fn of(mut waivers: Vec<Waiver>, as_of: NaiveDate) -> Self {
        waivers.sort_by(|left, right| {
            (left.until_date, &left.code).cmp(&(right.until_date, &right.code))
        });
        let entry = |waiver: Waiver| WaiverEntry {
            expired: waiver.until_date < as_of,
            waiver,
        };
        Self {
            waivers: waivers.into_iter().map(entry).collect(),
        }
    }
}

impl Serialize for WaiverList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.waivers.serialize(serializer)
    }
}
