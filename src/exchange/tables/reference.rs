//! The tables of what projects refer to: countries, currencies, sources, parties and forums.

use super::Holds::{Code, Date, Day, Id, Integer, Text, Word};
use super::Items::Objects;
use super::{Table, list, may, must, records};
use crate::domain::*;
use crate::store::Kind;

/// What projects refer to.
pub(super) const BEFORE: &[Table] = &[
    records(
        "country",
        Kind::Country,
        "Countries of ISO 3166-1",
        &[
            must("code", Text, "Alpha-2 code"),
            must("id", Id, "What identifies the record for ever"),
            must("alpha3", Text, "Alpha-3 code"),
            must("numeric", Text, "Numeric code, three digits"),
            must("name_en", Text, "Name in English"),
            must("name_zh", Text, "Name in Chinese"),
            must("name_ja", Text, "Name in Japanese"),
            may("asean_since", Day, "First day of membership in ASEAN"),
            may(
                "side",
                Word(words_of::<Side>),
                "Side of the parties at home there, where it departs from the usual rule",
            ),
        ],
    ),
    records(
        "currency",
        Kind::Currency,
        "Currencies of ISO 4217, withdrawn ones included",
        &[
            must("code", Text, "Alphabetic code"),
            must("id", Id, "What identifies the record for ever"),
            may("numeric", Text, "Numeric code, three digits"),
            must("name_en", Text, "Name in English"),
            may("name_zh", Text, "Name in Chinese"),
            may("name_ja", Text, "Name in Japanese"),
            may(
                "decimal_places",
                Integer,
                "Exponent of the smallest unit: 2 for cents",
            ),
            may("withdrawn", Date, "When it ceased to be legal tender"),
        ],
    ),
    records(
        "source",
        Kind::Source,
        "Where facts were read",
        &[
            must("code", Text, "The registry's own number"),
            must("id", Id, "What identifies the record for ever"),
            may("url", Text, "Address"),
            may("title", Text, "Title"),
            may("publisher", Text, "Publisher"),
            may(
                "publisher_kind",
                Word(words_of::<PublisherKind>),
                "Kind of publisher",
            ),
            may("language", Text, "Language, ISO 639"),
            may("read_on", Day, "Day on which it was read"),
            must(
                "confidence",
                Word(words_of::<Confidence>),
                "How far it can be relied on",
            ),
            may("note", Text, "Note"),
            may(
                "kind",
                Word(words_of::<SourceKind>),
                "What stands at the address",
            ),
            may(
                "link",
                Word(words_of::<SourceLink>),
                "Whether the address may be followed",
            ),
            may("file_sha256", Text, "SHA-256 of the document kept with it"),
            may("file_type", Text, "Media type of the document"),
            may("file_size", Integer, "Size of the document in bytes"),
        ],
    ),
    records(
        "forum",
        Kind::Forum,
        "Forums at which agreements were announced",
        &[
            must("code", Text, "F1, F2, …"),
            must("id", Id, "What identifies the record for ever"),
            must("name_en", Text, "Name in English"),
            must("name_zh", Text, "Name in Chinese"),
            must("name_ja", Text, "Name in Japanese"),
            must("held_on", Day, "Day on which it was held"),
            may(
                "agreements",
                Integer,
                "How many agreements were announced, identified or not",
            ),
            may("source", Code(Kind::Source), "Where it was read"),
        ],
    ),
    records(
        "party",
        Kind::Party,
        "Organisations that take part",
        &[
            must("code", Text, "The registry's own name for it"),
            must("id", Id, "What identifies the record for ever"),
            may("name_en", Text, "Name in English"),
            may("name_zh", Text, "Name in Chinese"),
            may("name_ja", Text, "Name in Japanese"),
            may("name_native", Text, "Name in the home script"),
            may("country", Code(Kind::Country), "Home country"),
            may(
                "side",
                Word(words_of::<Side>),
                "Side, only where the home country misleads",
            ),
            must("kind", Word(words_of::<PartyKind>), "Kind of organisation"),
            may("note", Text, "Note"),
            may(
                "general_knowledge",
                Text,
                "Columns that rest on general knowledge, separated by ;",
            ),
        ],
    ),
    list(
        "party_name",
        Kind::Party,
        ("other_names", Objects),
        "Short, former and otherwise different names of parties",
        &[
            must("name", Text, "The name"),
            must("language", Text, "Language, ISO 639"),
            must(
                "kind",
                Word(words_of::<NameKind>),
                "What it is to the party's name",
            ),
            may(
                "basis",
                Word(words_of::<TextBasis>),
                "What the name rests on",
            ),
        ],
    ),
    list(
        "party_identifier",
        Kind::Party,
        ("identifiers", Objects),
        "Identifiers of parties",
        &[
            must(
                "scheme",
                Text,
                "List code of org-id.guide: CN-USCI, JP-JCN, XI-LEI",
            ),
            must("identifier", Text, "The identifier"),
        ],
    ),
];
