//! The rules, in one table. The words of a rule are the labels `rule-ID` and `rule-ID-hint`.

use super::{Values, World, amounts, events, links, others, parties};
use crate::domain::Severity;
use crate::domain::Severity::{Error, Note, Warning};
use crate::store::{Party, Project, Source, Waiver};

/// A named rule.
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    pub(crate) test: Test,
}

/// What a rule looks at. A test answers one set of values for each finding.
pub(crate) enum Test {
    Project(fn(&Project, &World) -> Vec<Values>),
    Party(fn(&Party, &World) -> Vec<Values>),
    Source(fn(&Source, &World) -> Vec<Values>),
    Waiver(fn(&Waiver, &World) -> Vec<Values>),
}

const fn project(
    id: &'static str,
    severity: Severity,
    test: fn(&Project, &World) -> Vec<Values>,
) -> Rule {
    Rule {
        id,
        severity,
        test: Test::Project(test),
    }
}

const fn party(
    id: &'static str,
    severity: Severity,
    test: fn(&Party, &World) -> Vec<Values>,
) -> Rule {
    Rule {
        id,
        severity,
        test: Test::Party(test),
    }
}

/// Every rule, in the order in which reports show them. An error is a contradiction or breaks a rule of honesty, a warning is
/// something missing or unlikely, a note is worth knowing.
pub(crate) const RULES: &[Rule] = &[
    project("event-in-future", Error, events::in_future),
    project("dates-out-of-order", Error, events::out_of_order),
    project("milestone-met-in-future", Error, events::met_in_future),
    project("shares-above-100", Error, parties::shares_above_100),
    project("pledge-as-commitment", Error, amounts::pledge_as_commitment),
    project("withdrawn-currency", Error, amounts::withdrawn_currency),
    project("list-number-repeats", Error, others::list_number_repeats),
    party("identifier-invalid", Error, others::identifier_invalid),
    project("no-status", Warning, events::no_status),
    project(
        "status-without-source",
        Warning,
        events::status_without_source,
    ),
    project(
        "completed-with-open-milestone",
        Warning,
        events::completed_with_open_milestone,
    ),
    project(
        "completed-without-start",
        Note,
        events::completed_without_start,
    ),
    project("milestone-overdue", Warning, events::milestone_overdue),
    project(
        "suspended-without-news",
        Warning,
        events::suspended_without_news,
    ),
    project(
        "implementing-without-news",
        Warning,
        events::implementing_without_news,
    ),
    project(
        "status-on-weak-evidence",
        Note,
        events::status_on_weak_evidence,
    ),
    project("completed-in-parts", Note, events::completed_in_parts),
    project(
        "status-on-one-weak-source",
        Warning,
        links::status_on_one_weak_source,
    ),
    project(
        "status-on-withheld-source",
        Note,
        links::status_on_withheld_source,
    ),
    project("title-missing", Note, others::title_missing),
    project("host-missing", Warning, others::host_missing),
    project("mode-missing", Warning, others::mode_missing),
    project("sector-missing", Warning, others::sector_missing),
    project("party-missing", Warning, parties::party_missing),
    project("side-missing", Note, parties::side_missing),
    project("part-repeated", Warning, parties::part_repeated),
    project(
        "prospective-with-share",
        Warning,
        parties::prospective_with_share,
    ),
    project("amount-of-zero", Warning, amounts::zero),
    project("amount-without-source", Note, amounts::without_source),
    project("citation-without-use", Note, others::citation_without_use),
    party(
        "party-without-country",
        Warning,
        others::party_without_country,
    ),
    party("party-without-project", Note, others::party_without_project),
    party("party-repeated", Warning, parties::party_repeated),
    party("side-against-note", Warning, parties::side_against_note),
    Rule {
        id: "source-without-address",
        severity: Warning,
        test: Test::Source(others::source_without_address),
    },
    Rule {
        id: "source-link-suspicious",
        severity: Warning,
        test: Test::Source(links::suspicious_link),
    },
    Rule {
        id: "source-without-use",
        severity: Note,
        test: Test::Source(others::source_without_use),
    },
    Rule {
        id: "waiver-expired",
        severity: Note,
        test: Test::Waiver(others::waiver_expired),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        for (index, rule) in RULES.iter().enumerate() {
            assert!(
                RULES[..index].iter().all(|other| other.id != rule.id),
                "{}",
                rule.id
            );
            assert!(
                rule.id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            );
        }
    }
}
