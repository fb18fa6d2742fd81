//! The title of a page of changes.

use chrono::NaiveDate;

use crate::domain::{Moment, ReportDay};
use crate::render::Labels;
use crate::report::Period;

/// The title: what is told, from when to when, and after which meeting.
pub(super) fn title(period: &Period, labels: &Labels) -> String {
    let (key, from, to) = match period {
        Period::Effective { from, to, zone, .. } => {
            let (day, zone) = (*to, *zone);
            let to = ReportDay { day, zone }.to_string();
            ("changes-title-effective", from.to_string(), to)
        }
        Period::Recorded {
            to,
            last_day,
            to_batch,
            ..
        } => {
            let to = point(*last_day, *to, *to_batch, labels);
            ("changes-title-recorded", beginning(period, labels), to)
        }
    };
    let title = labels.with(key, &[("from", from.into()), ("to", to.into())]);
    let (meeting, known_at) = match period {
        Period::Effective {
            after_meeting,
            known_at,
            ..
        } => (after_meeting, *known_at),
        Period::Recorded { after_meeting, .. } => (after_meeting, None),
    };
    let title = match meeting {
        Some(meeting) => {
            let values = [
                ("date", meeting.on_date.to_string().into()),
                (
                    "meeting",
                    labels
                        .marked_title(&meeting.title, meeting.is_translated, true)
                        .into(),
                ),
            ];
            labels.noted(&title, &labels.with("changes-after-meeting", &values))
        }
        None => title,
    };
    let known =
        known_at.map(|time| labels.with("project-known-at", &[("time", labels.time(time).into())]));
    let parts: Vec<String> = [title].into_iter().chain(known).collect();
    labels.list(&parts)
}

/// Where a period on the recorded clock begins, as it was asked for.
pub(super) fn beginning(period: &Period, labels: &Labels) -> String {
    match period {
        Period::Effective { from, .. } => from.to_string(),
        Period::Recorded {
            from,
            first_day,
            from_batch,
            ..
        } => point(*first_day, *from, *from_batch, labels),
    }
}

fn point(day: Option<NaiveDate>, time: Option<Moment>, batch: i64, labels: &Labels) -> String {
    let batch = || labels.with("batch-title", &[("number", batch.to_string().into())]);
    let day = day.map(|day| day.to_string());
    day.or_else(|| time.map(|time| labels.time(time)))
        .unwrap_or_else(batch)
}
