//! When a batch is recorded: the times of the journal never go back, whatever the clocks of the machines say.

use super::Batch;
use crate::domain::Moment;
use crate::message::Message;
use crate::store::Error;

/// Seconds by which a clock may be behind the last batch: those of two machines never agree exactly.
const BEHIND: i64 = 60;
/// Seconds after the last batch beyond which a time is doubted. A registry may rest from one yearly meeting to the next.
const AHEAD: i64 = 400 * 24 * 60 * 60;

/// The time of a new batch.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RecordingTime {
    pub(super) at: Moment,
    /// That the clock was overruled, and what it said.
    pub(super) note: Option<String>,
}

impl RecordingTime {
    /// The time at which a batch after `last` is recorded when the clock says `now`: never before `last`. With `force_clock`, a
    /// clock far behind gets the time of `last`, and a clock far ahead is believed; the batch notes both.
    ///
    /// # Errors
    /// [`Error::ClockBehind`] and [`Error::ClockAhead`] when the clock and the last batch lie too far apart.
    pub(super) fn after(
        last: Option<&Batch>,
        now: Moment,
        force_clock: bool,
    ) -> Result<Self, Error> {
        let believed = |at| Self { at, note: None };
        let Some(last) = last else {
            return Ok(believed(now));
        };
        let behind = last.recorded_at.timestamp() - now.timestamp();
        if (-AHEAD..=BEHIND).contains(&behind) {
            return Ok(believed(now.max(last.recorded_at)));
        }
        if force_clock {
            let note = format!(
                "clock forced: it said {now}, and batch {} by {} is of {}",
                last.number, last.actor, last.recorded_at
            );
            return Ok(Self {
                at: now.max(last.recorded_at),
                note: Some(note),
            });
        }
        let (apart, last) = (in_words(behind.abs()), Box::new(last.clone()));
        Err(if behind > 0 {
            Error::ClockBehind { now, last, apart }
        } else {
            Error::ClockAhead { now, last, apart }
        })
    }

    /// The reason of the batch, with what is to be noted of its time.
    pub(super) fn noted(&self, reason: Option<String>) -> Option<String> {
        match (reason, &self.note) {
            (Some(reason), Some(note)) => Some(format!("{reason} ({note})")),
            (reason, note) => reason.or_else(|| note.clone()),
        }
    }
}

/// A span of time in its largest unit: `3 hours`.
fn in_words(seconds: i64) -> Message {
    const UNITS: [(i64, &str); 4] = [
        (365 * 24 * 3600, "span-years"),
        (24 * 3600, "span-days"),
        (3600, "span-hours"),
        (60, "span-minutes"),
    ];
    let unit = UNITS.into_iter().find(|(length, _)| seconds >= *length);
    let (length, key) = unit.unwrap_or((1, "span-seconds"));
    Message::new(key).with("count", &(seconds / length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn last(recorded_at: &str) -> Batch {
        Batch {
            number: 12,
            recorded_at: recorded_at.parse().expect(recorded_at),
            actor: "li".to_owned(),
            command: "status".to_owned(),
            reason: None,
            undoes: None,
            first_entry: 0,
            entries: 2,
        }
    }

    fn time(now: &str, force_clock: bool) -> Result<RecordingTime, Error> {
        let now = now.parse().expect(now);
        RecordingTime::after(Some(&last("2026-11-24T09:00:30Z")), now, force_clock)
    }

    #[test]
    fn a_clock_a_minute_behind_gets_the_time_of_the_last_batch() {
        for (now, at) in [
            ("2026-11-24T09:00:31Z", "2026-11-24T09:00:31Z"),
            ("2026-11-24T09:00:29Z", "2026-11-24T09:00:30Z"),
            ("2026-11-24T08:59:30Z", "2026-11-24T09:00:30Z"),
            ("2027-11-24T09:00:30Z", "2027-11-24T09:00:30Z"),
        ] {
            let time = time(now, false).expect(now);
            assert_eq!((time.at.to_string().as_str(), time.note), (at, None));
        }
    }

    #[test]
    fn a_clock_further_behind_is_refused_with_who_recorded_last() {
        let refused = time("2026-11-24T08:59:29Z", false).expect_err("refused");
        assert_eq!(
            refused.to_string(),
            "the clock of this machine says 2026-11-24T08:59:29Z, 1 minute before the last batch: li recorded batch 12 at 2026-11-24T09:00:30Z"
        );
        let refused = time("2099-01-01T00:00:00Z", false).expect_err("refused");
        assert!(matches!(refused, Error::ClockAhead { .. }), "{refused}");
        assert!(refused.to_string().contains("72 years after"), "{refused}");
    }

    #[test]
    fn an_overruled_clock_is_noted_in_the_batch() {
        let behind = time("2026-01-01T00:00:00Z", true).expect("forced");
        assert_eq!(behind.at.to_string(), "2026-11-24T09:00:30Z");
        assert_eq!(
            behind.noted(Some("a correction".to_owned())).as_deref(),
            Some(
                "a correction (clock forced: it said 2026-01-01T00:00:00Z, and batch 12 by li is of 2026-11-24T09:00:30Z)"
            )
        );
        let ahead = time("2099-01-01T00:00:00Z", true).expect("forced");
        assert_eq!(ahead.at.to_string(), "2099-01-01T00:00:00Z");
        assert!(ahead.noted(None).is_some());
        let near = time("2026-11-24T09:00:00Z", true).expect("near");
        assert_eq!(near.noted(None), None, "nothing was overruled");
    }

    proptest! {
        #[test]
        fn times_never_go_back(now in 0_u64..253_402_300_799, then in 0_u64..253_402_300_799, forced: bool) {
            let moment = |seconds| Moment::of_timestamp(seconds).expect("a time");
            let mut last = last("2026-11-24T09:00:30Z");
            last.recorded_at = moment(then);
            match RecordingTime::after(Some(&last), moment(now), forced) {
                Ok(time) => prop_assert!(time.at >= last.recorded_at && time.at >= moment(now)),
                Err(_) => prop_assert!(!forced),
            }
        }
    }
}
