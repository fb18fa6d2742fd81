//! The cooperation's own timeline.

use serde::{Serialize, Serializer};

use crate::domain::{Horizon, Moment};
use crate::store::{MechanismEvent, Source};

/// The steps that had happened, in the order of time. JSON is the array of the steps.
#[derive(Debug)]
pub(crate) struct MechanismReport {
    pub(crate) horizon: Horizon,
    pub(crate) known_at: Option<Moment>,
    pub(crate) steps: Vec<Step>,
}

/// A step with its sources.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    #[serde(flatten)]
    pub(crate) event: MechanismEvent,
    pub(crate) addresses: Vec<String>,
}

impl MechanismReport {
    pub(crate) fn of(
        mut events: Vec<MechanismEvent>,
        sources: &[Source],
        horizon: Horizon,
        known_at: Option<Moment>,
    ) -> Self {
        events.retain(|event| horizon.includes(event.facts.on_date));
        events.sort_by(|left, right| {
            let key = |event: &MechanismEvent| {
                (
                    event.facts.on_date.first_day(),
                    event.facts.on_date.last_day(),
                    event.facts.code.clone(),
                )
            };
            key(left).cmp(&key(right))
        });
        let address = |code: &String| {
            sources
                .iter()
                .find(|source| source.code == *code)
                .and_then(|source| source.link_address().map(str::to_owned))
        };
        let step = |event: MechanismEvent| Step {
            addresses: event.sources.iter().filter_map(address).collect(),
            event,
        };
        Self {
            horizon,
            known_at,
            steps: events.into_iter().map(step).collect(),
        }
    }
}

impl Serialize for MechanismReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.steps.serialize(serializer)
    }
}
