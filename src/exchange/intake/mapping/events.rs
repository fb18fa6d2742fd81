//! Events as a mapping makes them out of a row.

use super::EventRule;
use super::row::Row;
use crate::domain::*;
use crate::exchange::intake::cell::word;
use crate::exchange::intake::{IncomingEvent, SourceMention};

impl Row<'_> {
    pub(super) fn event(
        &mut self,
        rule: &EventRule,
        source: Option<&SourceMention>,
    ) -> Option<IncomingEvent> {
        let status = self.maybe(rule.status.as_ref(), word::<Status>);
        let on_date = rule
            .on
            .as_ref()
            .and_then(|rule| self.one(rule, |text| rule.reading.date(text)));
        let is_constant = rule
            .status
            .as_ref()
            .is_some_and(|rule| rule.constant.is_some());
        let on_date = match (&rule.on, &self.mapping.source) {
            (None, Some(list)) if !is_constant => list.dated,
            _ => on_date,
        };
        if on_date.is_none() && rule.needs_date {
            return None;
        }
        let due_on = rule
            .due
            .as_ref()
            .and_then(|rule| self.one(rule, |text| rule.reading.date(text)));
        let text = self.maybe(rule.text.as_ref(), |text| Ok(text.to_owned()));
        let kind = match (status, due_on) {
            // A word that stands for every row is an event where the row has a date for it.
            (Some(_), _) if is_constant && on_date.is_none() => return None,
            (Some(_), _) => EventKind::Status,
            (None, _) if rule.status.is_some() => return None,
            (None, Some(_)) => EventKind::Milestone,
            (None, None) if text.is_none() || on_date.is_none() => return None,
            (None, None) => EventKind::Note,
        };
        Some(IncomingEvent {
            number: None,
            on_date,
            due_on,
            kind,
            status,
            text,
            source: source.cloned(),
            confidence: self.maybe(rule.confidence.as_ref(), word),
            evidence: self.maybe(rule.evidence.as_ref(), word),
        })
    }
}

/// Adds the event of a row. The date of the list says how things stood then: where a column says since when, that is the date.
pub(super) fn add(
    events: &mut Vec<IncomingEvent>,
    event: IncomingEvent,
    list: Option<PartialDate>,
) {
    let dated_by_list = events.iter_mut().find(|known| {
        list.is_some()
            && known.on_date == list
            && known.kind == EventKind::Status
            && known.status == event.status
    });
    match dated_by_list {
        Some(known) if event.kind == EventKind::Status && event.on_date.is_some() => *known = event,
        _ => events.push(event),
    }
}
