//! The sentences of the report, the same in every format.

use super::MeetingView;
use crate::domain::Vocabulary as _;
use crate::render::Labels;
use crate::render::pace::finding;
use crate::render::summary::money::{converting, rule};
use crate::report::{Frame, Group, MeetingGroup, Money, Period, Standstill, What};

/// With fewer projects a curve would say more than is known.
pub(super) const CURVE_FROM: usize = 10;

/// Digits in groups of three.
pub(super) fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}

/// What is not known of a group, by the label of its statement: only what is missing.
pub(super) fn not_known_counts(
    group: &Group,
    other: &MeetingGroup,
) -> impl Iterator<Item = (&'static str, usize)> {
    let unknown = &group.not_known;
    let figures = [
        ("report-unknown-identified", unknown.identified),
        ("report-unknown-mode", unknown.mode),
        ("report-unknown-country", unknown.country),
        ("report-unknown-sector", unknown.sector),
        ("report-unknown-status", unknown.status),
        ("report-unknown-since-signing", unknown.status_since_signing),
        ("report-unknown-evidence", other.progress.without_evidence),
        (
            "report-unknown-history",
            other.progress.earlier_history_not_known,
        ),
    ];
    figures.into_iter().filter(|(_, count)| *count > 0)
}

/// What is not known of a group, a statement each; empty when nothing of this is missing.
pub(super) fn not_known(
    view: &MeetingView,
    group: &Group,
    other: &MeetingGroup,
    labels: &Labels,
) -> Vec<String> {
    let projects = group.total.projects;
    not_known_counts(group, other)
        .map(|(key, count)| {
            let values = [
                ("count", grouped(count).into()),
                ("projects", grouped(projects).into()),
                ("date", view.report.frame.as_of.to_string().into()),
            ];
            labels.with(key, &values)
        })
        .collect()
}

/// What happened to a project, in words.
pub(super) fn happened(what: &What, labels: &Labels) -> String {
    match what {
        What::Moved { path } => {
            let path: Vec<String> = path.iter().map(|status| labels.word(*status)).collect();
            path.join(" → ")
        }
        What::New { status } => {
            let status = labels.word_or_not_stated(*status);
            labels.with("brief-new", &[("status", status.into())])
        }
        What::Event { kind, text } => text.clone().unwrap_or_else(|| labels.word(*kind)),
    }
}

/// What was found on the pace of a group, a sentence for each stretch, and what makes it look better than it is.
pub(super) fn found_on_pace(group: &Group, other: &MeetingGroup, labels: &Labels) -> Vec<String> {
    let paces = other.pace.iter();
    let found = paces.map(|paced| finding(paced.stretch, &paced.section.total, labels));
    let bias = group.forum.is_none().then(|| labels.text("pace-bias"));
    found.chain(bias).collect()
}

/// How the pace of a group is to be read.
pub(super) fn on_pace(other: &MeetingGroup, labels: &Labels) -> Vec<String> {
    let Some(paced) = other.pace.first() else {
        return Vec::new();
    };
    let from = labels.word(paced.stretch.from);
    let mut lines = Vec::new();
    if paced.section.not_counted > 0 {
        let values = [
            ("count", grouped(paced.section.not_counted).into()),
            ("from", from.into()),
        ];
        lines.push(labels.with("pace-not-counted", &values));
    }
    if paced.section.total.projects < CURVE_FROM {
        let values = [
            ("count", paced.section.total.projects.into()),
            ("least", CURVE_FROM.into()),
        ];
        lines.push(labels.with("report-no-curve", &values));
    }
    lines
}

/// The heading over what has been committed in money.
pub(super) fn commitments(money: &Money, labels: &Labels) -> String {
    let currency = money.terms.currency.to_string();
    labels.with("report-commitments", &[("currency", currency.into())])
}

/// How the commitments are to be read.
pub(super) fn on_commitments(money: &Money, labels: &Labels) -> Vec<String> {
    let dimension = [("dimension", labels.text("dimension-country").into())];
    let rates = if money.rates.is_empty() {
        labels.text("report-no-rates")
    } else {
        converting(money, labels)
    };
    vec![
        rule(money, labels),
        rates,
        labels.with("summary-note-once", &dimension),
    ]
}

/// The figures beside how many of a group are implemented: the identified, the stalled, the silent, and how old the evidence is.
pub(super) fn figures(
    view: &MeetingView,
    group: &Group,
    other: &MeetingGroup,
    labels: &Labels,
) -> [(String, String); 4] {
    let limits = view.report.frame.limits;
    let months = |key: &str, months: u32| labels.with(key, &[("months", months.into())]);
    let age = other
        .progress
        .evidence_age
        .median
        .map_or_else(|| labels.text("not-stated"), |days| labels.duration(days));
    [
        (
            labels.text("report-identified"),
            grouped(group.total.identified),
        ),
        (
            months("report-stalled", limits.stalled_months),
            grouped(other.progress.stalled.len()),
        ),
        (
            months("report-silent", limits.silent_months),
            grouped(other.progress.silent.len()),
        ),
        (labels.text("report-evidence-age"), age),
    ]
}

/// How many of a group are implemented, and the words around that number.
pub(super) fn implemented(group: &Group, labels: &Labels) -> (String, String) {
    let key = if group.forum.is_some() {
        "report-of-agreements"
    } else {
        "report-of-projects"
    };
    let share = group
        .total
        .implementation_rate()
        .map_or_else(String::new, |share| labels.percent(share));
    let of = [
        ("projects", grouped(group.total.projects).into()),
        ("share", share.into()),
    ];
    (grouped(group.total.implemented), labels.with(key, &of))
}

/// That a table was cut, and where the rest is; nothing when it was not.
pub(super) fn cut(shown: usize, all: usize, labels: &Labels) -> Option<String> {
    (shown < all).then(|| {
        let values = [
            ("shown", grouped(shown).into()),
            ("all", grouped(all).into()),
        ];
        labels.with("report-cut", &values)
    })
}

/// How many of a group are stalled and how many silent.
pub(super) fn on_standstill(
    view: &MeetingView,
    other: &MeetingGroup,
    labels: &Labels,
) -> Vec<String> {
    let limits = view.report.frame.limits;
    [
        (
            "progress-stalled",
            other.progress.stalled.len(),
            limits.stalled_months,
        ),
        (
            "progress-silent",
            other.progress.silent.len(),
            limits.silent_months,
        ),
    ]
    .map(|(key, count, months)| {
        labels.with(
            key,
            &[("count", grouped(count).into()), ("months", months.into())],
        )
    })
    .into()
}

/// The command that makes the same report again, and the file that it writes.
pub(super) fn again(view: &MeetingView, labels: &Labels, ending: &str) -> String {
    let command = command("report", &view.report.frame, labels);
    format!("{command} -o report.{ending}")
}

/// Returns a command with everything that its result depends on.
pub(super) fn command(name: &str, frame: &Frame, labels: &Labels) -> String {
    let language = labels.language.word();
    let options = frame.options.iter().map(|option| format!(" {option}"));
    let options: String = options.collect();
    let (day, zone, known_at) = (frame.as_of.day, frame.as_of.zone, frame.known_at);
    let zone = if zone.is_utc() {
        String::new()
    } else {
        format!(" --tz {zone}")
    };
    format!("tpmc {name} --lang {language}{options}{zone} --as-of {day} --known-at {known_at}")
}

/// Names and values that lead back to the registry.
pub(super) fn trace(view: &MeetingView, labels: &Labels) -> Vec<(String, String)> {
    let trace = &view.report.frame.trace;
    let value = |key: &str, value: String| (labels.text(key), value);
    let mut lines = vec![
        value("report-as-of", view.report.frame.as_of.to_string()),
        value("report-known-at", labels.time(view.report.frame.known_at)),
        value("proof-origin", trace.origin.clone()),
        value("proof-entries", trace.entries.to_string()),
        value("proof-root", trace.root.clone()),
        value(
            "report-last-batch",
            labels.noted(&trace.batch.to_string(), &labels.time(trace.recorded_at)),
        ),
    ];
    if !trace.countries_named_here.is_empty() {
        let named = trace.countries_named_here.iter();
        let named = named.map(|code| format!("{code} {}", labels.country(code)));
        let named = labels.list(&named.collect::<Vec<_>>());
        lines.push(value("report-countries-named-here", named));
    }
    let sides = view.report.homes.set_here();
    let sides =
        sides.map(|(code, side)| labels.noted(labels.country(code.as_str()), &labels.word(side)));
    let sides: Vec<String> = sides.collect();
    if !sides.is_empty() {
        lines.push(value("report-sides-set-here", labels.list(&sides)));
    }
    lines
}

/// Returns how to read the figures, and what the mark of a translated title means where one was shown.
pub(super) fn notes(labels: &Labels) -> Vec<String> {
    let keys = [
        "summary-note-groups",
        "report-note-implemented",
        "pace-note",
        "progress-note-days",
        "progress-note-evidence",
        "report-note-years",
    ];
    let notes = keys.map(|key| labels.text(key)).into_iter();
    notes.chain(labels.note_on_marks()).collect()
}

impl MeetingView {
    /// The day of the last meeting, when one is recorded.
    pub(super) fn met(&self) -> Option<String> {
        match &self.report.changes.as_ref()?.period {
            Period::Effective { after_meeting, .. } => {
                Some(after_meeting.as_ref()?.on_date.to_string())
            }
            Period::Recorded { .. } => None,
        }
    }
}

/// Those of the stalled and silent that have a name, at most so many, and what is said of the others.
pub(super) fn named_standstill<'a>(
    other: &'a MeetingGroup,
    labels: &Labels,
    most: usize,
) -> (Vec<&'a Standstill>, Vec<String>) {
    let (named, unnamed): (Vec<_>, Vec<_>) =
        other.standstill.iter().partition(|one| one.identified);
    let shown: Vec<&Standstill> = named.iter().copied().take(most).collect();
    let mut rest: Vec<String> = cut(shown.len(), named.len(), labels).into_iter().collect();
    if !unnamed.is_empty() {
        let count = [("count", grouped(unnamed.len()).into())];
        rest.push(labels.with("report-unnamed", &count));
    }
    (shown, rest)
}
