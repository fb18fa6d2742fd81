//! The tables of projects and their lists.

use super::Holds::{Code, Date, Decimal, Flag, Id, Integer, Text, Word};
use super::Items::{Numbered, Objects, Values};
use super::{Table, list, may, must, records, words};
use crate::domain::*;
use crate::store::Kind::{Country, Currency, Forum, Party, Project, Source};

pub(super) const TABLES: &[Table] = &[
    records(
        "project",
        Project,
        "Forum agreements and later projects",
        &[
            must(
                "code",
                Text,
                "The registry's own stable number: F1-001, P-0001",
            ),
            must("id", Id, "What identifies the record for ever"),
            may(
                "list_number",
                Integer,
                "Number in the forum's official list, where known",
            ),
            may(
                "forum",
                Code(Forum),
                "Forum at which the agreement was announced",
            ),
            must(
                "identified",
                Flag,
                "False where only the existence of the agreement is known",
            ),
            may(
                "umbrella",
                Flag,
                "True where the agreement only frames later work",
            ),
            may("instrument", Word(words::<Instrument>), "What was signed"),
            may("title_en", Text, "Title in English"),
            may("title_zh", Text, "Title in Chinese"),
            may("title_ja", Text, "Title in Japanese"),
            may("title_original", Text, "Title as the source quotes it"),
            may("mode", Word(words::<Mode>), "Cooperation mode"),
            may(
                "mode_basis",
                Word(words::<ModeBasis>),
                "What the mode rests on",
            ),
            may("sector", Word(words::<Sector>), "Sector"),
            may("host_note", Text, "Region or place in words"),
            may(
                "membership",
                Word(words::<Membership>),
                "How it is known to be one of the forum's agreements",
            ),
            may(
                "confidence",
                Word(words::<Confidence>),
                "How far the record can be relied on",
            ),
            may("note", Text, "Note"),
        ],
    ),
    list(
        "project_host",
        Project,
        ("hosts", Values),
        "Countries in which a project takes place",
        &[must("country", Code(Country), "Host country")],
    ),
    list(
        "project_objective",
        Project,
        ("objectives", Values),
        "Objectives that a project serves",
        &[must("objective", Word(words::<Objective>), "Objective")],
    ),
    list(
        "project_identifier",
        Project,
        ("identifiers", Objects),
        "Identifiers that others gave a project",
        &[
            must("scheme", Text, "Who gives the identifier"),
            must("identifier", Text, "The identifier"),
        ],
    ),
    list(
        "participation",
        Project,
        ("participations", Numbered),
        "Parties of projects",
        &[
            must("party", Code(Party), "The party"),
            must("role", Word(words::<Role>), "Its part in the project"),
            may("share_percent", Decimal, "Its share in percent, as stated"),
            must(
                "prospective",
                Flag,
                "True where it was offered or planned and never realised: left out of counts",
            ),
            may("note", Text, "Note"),
        ],
    ),
    list(
        "event",
        Project,
        ("events", Numbered),
        "What happened to projects, and milestones",
        &[
            may(
                "on_date",
                Date,
                "When it happened; empty for a milestone that is not met yet",
            ),
            may("due_on", Date, "When a milestone is due"),
            must(
                "kind",
                Word(words::<EventKind>),
                "A move to a status, a milestone or a note",
            ),
            may(
                "status",
                Word(words::<Status>),
                "The status that the project moved to",
            ),
            may("text", Text, "What happened, in words"),
            may("source", Code(Source), "Where it was read"),
            may(
                "confidence",
                Word(words::<Confidence>),
                "How far it can be relied on",
            ),
            may(
                "evidence",
                Word(words::<Evidence>),
                "How it bears on the project",
            ),
        ],
    ),
    list(
        "amount",
        Project,
        ("amounts", Numbered),
        "Amounts of money; a pledge is not a commitment",
        &[
            must("kind", Word(words::<AmountKind>), "What the money is"),
            must(
                "basis",
                Word(words::<AmountBasis>),
                "Whether it was promised, bound or paid",
            ),
            must("currency", Code(Currency), "Currency, ISO 4217"),
            must(
                "minor_units",
                Integer,
                "In the currency's smallest unit: see decimal_places of the currency",
            ),
            must("estimated", Flag, "Whether it is an estimate"),
            may("on_date", Date, "When it was so"),
            may("source", Code(Source), "Where it was read"),
            may("note", Text, "Note"),
        ],
    ),
    list(
        "risk",
        Project,
        ("risks", Numbered),
        "Risks to projects",
        &[
            must("category", Word(words::<RiskCategory>), "Category"),
            must("level", Word(words::<RiskLevel>), "How grave it is"),
            must("state", Word(words::<RiskState>), "What has become of it"),
            may("on_date", Date, "When it was so"),
            must("text", Text, "The risk in words"),
            may("source", Code(Source), "Where it was read"),
        ],
    ),
    list(
        "citation",
        Project,
        ("citations", Values),
        "Sources of a project as a whole",
        &[must("source", Code(Source), "The source")],
    ),
];
