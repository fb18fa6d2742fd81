//! The tables of projects and their lists.

use super::Holds::{Code, Date, Decimal, Flag, Id, Integer, Text, Word};
use super::Items::{Numbered, Objects, Values};
use super::{Column, Holds, Table, list, may, must, records};
use crate::domain::*;
use crate::store::Kind::{Country, Currency, Forum, Party, Project, Source};

macro_rules! project_columns {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
        /// The columns of the projects themselves.
        const PROJECT: &[Column] = &[
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
            $(may(stringify!($field), Holds::of::<$type>(), $about),)+
        ];
    };
}
project_fields!(project_columns);

pub(super) const TABLES: &[Table] = &[
    records(
        "project",
        Project,
        "Forum agreements and later projects",
        PROJECT,
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
        &[must("objective", Word(words_of::<Objective>), "Objective")],
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
        "project_origin",
        Project,
        ("origins", Objects),
        "Lists from which projects were read",
        &[
            must("scheme", Text, "The list"),
            must("identifier", Text, "Key of the project in it"),
            must(
                "states",
                Text,
                "What it stated: fields and parts, each with a digest",
            ),
        ],
    ),
    list(
        "participation",
        Project,
        ("participations", Numbered),
        "Parties of projects",
        &[
            must("party", Code(Party), "The party"),
            must("role", Word(words_of::<Role>), "Its part in the project"),
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
                Word(words_of::<EventKind>),
                "A move to a status, a milestone or a note",
            ),
            may(
                "status",
                Word(words_of::<Status>),
                "The status that the project moved to",
            ),
            may("text", Text, "What happened, in words"),
            may("source", Code(Source), "Where it was read"),
            may(
                "confidence",
                Word(words_of::<Confidence>),
                "How far it can be relied on",
            ),
            may(
                "evidence",
                Word(words_of::<Evidence>),
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
            must("kind", Word(words_of::<AmountKind>), "What the money is"),
            must(
                "basis",
                Word(words_of::<AmountBasis>),
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
            may("party", Code(Party), "The party whose money it is"),
        ],
    ),
    list(
        "risk",
        Project,
        ("risks", Numbered),
        "Risks to projects",
        &[
            must("category", Word(words_of::<RiskCategory>), "Category"),
            must("level", Word(words_of::<RiskLevel>), "How grave it is"),
            must(
                "state",
                Word(words_of::<RiskState>),
                "What has become of it",
            ),
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
