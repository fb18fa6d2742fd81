//! The tables of the cooperation itself: its steps, cases and figures, and what the office decided.

use super::Holds::{Code, Date, Day, Decimal, Flag, Id, Text, Word};
use super::Items::{Objects, Values};
use super::{Table, list, may, must, records};
use crate::domain::*;
use crate::store::Kind;

/// What refers to projects, or stands beside them.
pub(super) const AFTER: &[Table] = &[
    records(
        "mechanism_event",
        Kind::MechanismEvent,
        "Dated steps of the cooperation as a whole",
        &[
            must("code", Text, "The registry's own number"),
            must("id", Id, "What identifies the record for ever"),
            must("on_date", Date, "When it happened"),
            must("title", Text, "What happened"),
            must("kind", Word(words_of::<MechanismEventKind>), "Kind of step"),
            may("place", Text, "Place"),
            may("participants", Text, "Participants, in words"),
            may("outcome", Text, "Outcome, in words"),
            must(
                "mentions_third_country_cooperation",
                Word(words_of::<Mention>),
                "Whether the source speaks of cooperation in third countries",
            ),
            must(
                "confidence",
                Word(words_of::<Confidence>),
                "How far it can be relied on",
            ),
            may("note", Text, "Note"),
        ],
    ),
    list(
        "mechanism_event_source",
        Kind::MechanismEvent,
        ("sources", Values),
        "Sources of steps of the cooperation",
        &[must("source", Code(Kind::Source), "The source")],
    ),
    list(
        "mechanism_event_text",
        Kind::MechanismEvent,
        ("texts", Objects),
        "Steps of the cooperation in other languages",
        &[
            must("language", Text, "Language, ISO 639"),
            must("title", Text, "What happened"),
            may("place", Text, "Place"),
            may("participants", Text, "Participants, in words"),
            may("outcome", Text, "Outcome, in words"),
            may(
                "basis",
                Word(words_of::<TextBasis>),
                "What the text rests on",
            ),
        ],
    ),
    records(
        "guideline_case",
        Kind::GuidelineCase,
        "Cases that the guidelines of 2019 give, or candidates for one",
        &[
            must("code", Text, "The registry's own number"),
            must("id", Id, "What identifies the record for ever"),
            must(
                "standing",
                Word(words_of::<CaseStanding>),
                "Whether it is known to stand in the guidelines",
            ),
            may(
                "project",
                Code(Kind::Project),
                "The project of this registry that it is",
            ),
            must("title_en", Text, "Title in English"),
            may("mode", Word(words_of::<Mode>), "Cooperation mode"),
            may(
                "mode_basis",
                Word(words_of::<ModeBasis>),
                "What the mode rests on",
            ),
            may("sector", Word(words_of::<Sector>), "Sector"),
            may("partners", Text, "Partners, in words"),
            must(
                "japan_related",
                Word(words_of::<YesNo>),
                "Whether a Japanese side takes part",
            ),
            may("host_note", Text, "Region or place in words"),
            may("status", Word(words_of::<Status>), "Status"),
            may("status_on", Date, "When it came to that status"),
            must(
                "confidence",
                Word(words_of::<Confidence>),
                "How far it can be relied on",
            ),
            may("note", Text, "Note"),
            may("title_zh", Text, "Title in Chinese"),
            may(
                "title_zh_basis",
                Word(words_of::<TextBasis>),
                "What the title in Chinese rests on",
            ),
            may("title_ja", Text, "Title in Japanese"),
            may(
                "title_ja_basis",
                Word(words_of::<TextBasis>),
                "What the title in Japanese rests on",
            ),
        ],
    ),
    list(
        "guideline_case_host",
        Kind::GuidelineCase,
        ("hosts", Values),
        "Countries in which a case takes place",
        &[must("country", Code(Kind::Country), "Host country")],
    ),
    list(
        "guideline_case_partner",
        Kind::GuidelineCase,
        ("partner_countries", Values),
        "Home countries of the partners of a case",
        &[must("country", Code(Kind::Country), "Partner country")],
    ),
    list(
        "guideline_case_source",
        Kind::GuidelineCase,
        ("sources", Values),
        "Sources of cases",
        &[must("source", Code(Kind::Source), "The source")],
    ),
    records(
        "indicator_observation",
        Kind::IndicatorObservation,
        "Figures about countries and groups of countries",
        &[
            must("code", Text, "place/indicator/period"),
            must("id", Id, "What identifies the record for ever"),
            must(
                "place",
                Text,
                "Alpha-2 code, a group, or a flow between two",
            ),
            must("indicator", Text, "What is measured"),
            must(
                "period",
                Text,
                "A year, or the first and the last of several",
            ),
            must(
                "value",
                Decimal,
                "The number as printed, trailing zeros included",
            ),
            must("unit", Text, "Unit"),
            must("derived", Flag, "Whether the paper computed or repeated it"),
            must("printed_in", Text, "Table or section of the paper"),
            must("original_source", Text, "Whom the paper names for it"),
            must("source", Code(Kind::Source), "Where it was read"),
            may("note", Text, "Note"),
        ],
    ),
    records(
        "judgement",
        Kind::Judgement,
        "Decisions on whether two parties are one organisation",
        &[
            must("code", Text, "The codes of both: first/second"),
            must("id", Id, "What identifies the record for ever"),
            must("first_party", Text, "Code of a party, which may be gone"),
            must("second_party", Text, "Code of a party, which may be gone"),
            must("verdict", Word(words_of::<Verdict>), "What they are"),
            may("reason", Text, "Why"),
        ],
    ),
    records(
        "waiver",
        Kind::Waiver,
        "Findings of the checks that somebody accepts until a day",
        &[
            must("code", Text, "rule/record"),
            must("id", Id, "What identifies the record for ever"),
            must("rule", Text, "Which rule"),
            must("record", Text, "Code of the record"),
            must("owner", Text, "Who answers for it"),
            must("reason", Text, "Why"),
            must("until_date", Day, "Its last day"),
        ],
    ),
    records(
        "exchange_rate",
        Kind::ExchangeRate,
        "What a currency was worth in another, on a day",
        &[
            must("code", Text, "from/to/date"),
            must("id", Id, "What identifies the record for ever"),
            must(
                "from_currency",
                Code(Kind::Currency),
                "Of this currency one unit",
            ),
            must(
                "to_currency",
                Code(Kind::Currency),
                "is worth so many of this one",
            ),
            must("on_date", Day, "On this day"),
            must("rate", Decimal, "So many units, as published"),
            must("source", Code(Kind::Source), "Who says so"),
            may("note", Text, "Note"),
        ],
    ),
    records(
        "mapping",
        Kind::Mapping,
        "How the columns of others' spreadsheets become records",
        &[
            must("code", Text, "Its name"),
            must("id", Id, "What identifies the record for ever"),
            must("text", Text, "TOML"),
        ],
    ),
    records(
        "refusal",
        Kind::Refusal,
        "What an import proposed and a reviewer turned down",
        &[
            must("code", Text, "project/digest, or new/digest"),
            must("id", Id, "What identifies the record for ever"),
            may(
                "project",
                Text,
                "Code of the project that would have changed",
            ),
            must("digest", Text, "SHA-256 of what the source said"),
            must("file", Text, "Name of the file"),
            may("title", Text, "Title of what was proposed"),
            may("reason", Text, "Why"),
        ],
    ),
];
