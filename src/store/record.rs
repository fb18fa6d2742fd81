//! Records: what the journal keeps whole and the tables keep in columns. One kind a file, its rows beside it.

mod indicator;
mod judgement;
mod mapping;
mod mechanism;
mod part;
mod party;
mod project;
mod rate;
mod reference;
mod refusal;
mod source;
mod waiver;

use std::fmt;
use std::str::FromStr;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::backend::Db;
use super::rows::Rows;
use crate::domain::{Invalid, RecordId, text_in_json};
use crate::message::{Fill, Message, Value as Filled};
pub(crate) use indicator::IndicatorObservation;
pub(crate) use judgement::Judgement;
pub(crate) use mapping::Mapping;
pub(crate) use mechanism::{
    GuidelineCase, GuidelineCaseFacts, MechanismEvent, MechanismEventFacts, MechanismEventText,
};
pub(crate) use part::Part;
pub(crate) use party::{OtherName, Party, PartyFacts};
pub(crate) use project::{
    Amount, Event, Identifier, Origin, Participation, Project, ProjectFacts, Risk,
};
pub(crate) use rate::ExchangeRate;
pub(crate) use reference::{Country, Currency, Forum};
pub(crate) use refusal::Refusal;
pub(crate) use source::{KeptFile, Source};
pub(crate) use waiver::{SNOOZED, Waiver};

/// Which records of a kind are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Selection<'a> {
    One(&'a str),
    /// The next records in the order of their codes.
    Page {
        after: Option<&'a str>,
        limit: i64,
    },
}

impl Selection<'_> {
    pub(crate) const ALL: Self = Selection::Page {
        after: None,
        limit: i64::MAX,
    };
}

/// A record of one kind: how its document becomes rows, and its rows the document again.
pub(crate) trait Record: Sized + Serialize + DeserializeOwned {
    const KIND: Kind;

    fn id(&self) -> RecordId;

    /// What people call it: unique among the records of its kind.
    fn code(&self) -> &str;

    /// Adds its rows.
    ///
    /// # Errors
    /// When it holds what no column can have.
    fn rows(&self, rows: &mut Rows) -> serde_json::Result<()>;

    /// Deletes the rows of the record with this code.
    fn delete(code: &str, db: &mut Db) -> QueryResult<()>;

    /// The records put together from their rows, in the order of their codes.
    fn load(selection: Selection<'_>, db: &mut Db) -> QueryResult<Vec<Self>>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal),+ $(,)?) => {
        /// What a record is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub(crate) enum Kind {
            $($(#[$doc])* $name),+
        }

        /// A record of any kind, whole.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) enum Document {
            $($name(Box<$name>)),+
        }

        impl Kind {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Reads the document of a record of this kind.
            pub(crate) fn document(self, value: Value) -> serde_json::Result<Document> {
                match self { $(Self::$name => serde_json::from_value(value).map(Document::$name)),+ }
            }

            /// Reads the text of a document of a record of this kind.
            pub(super) fn read(self, text: &str) -> serde_json::Result<Document> {
                match self { $(Self::$name => serde_json::from_str(text).map(Document::$name)),+ }
            }

            /// Deletes the rows of the record with this code.
            pub(super) fn delete(self, code: &str, db: &mut Db) -> QueryResult<()> {
                match self { $(Self::$name => $name::delete(code, db)),+ }
            }

            /// The documents that the tables hold.
            pub(super) fn load(self, selection: Selection<'_>, db: &mut Db) -> QueryResult<Vec<Document>> {
                match self {
                    $(Self::$name => Ok($name::load(selection, db)?.into_iter().map(Document::from).collect())),+
                }
            }
        }

        impl Document {
            pub(crate) fn kind(&self) -> Kind {
                match self { $(Self::$name(_) => Kind::$name),+ }
            }

            pub(crate) fn id(&self) -> RecordId {
                match self { $(Self::$name(record) => record.id()),+ }
            }

            pub(crate) fn code(&self) -> &str {
                match self { $(Self::$name(record) => record.code()),+ }
            }

            /// Adds the rows that it has in the tables.
            ///
            /// # Errors
            /// When it holds what no column can have.
            pub(super) fn add_rows(&self, rows: &mut Rows) -> serde_json::Result<()> {
                match self { $(Self::$name(record) => record.rows(rows)),+ }
            }
        }

        impl Serialize for Document {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$name(record) => record.serialize(serializer)),+ }
            }
        }

        $(impl From<$name> for Document {
            fn from(record: $name) -> Self {
                Self::$name(Box::new(record))
            }
        })+
    };
}

// In an order in which nothing comes before what it refers to.
kinds! {
    Country "country",
    Currency "currency",
    Source "source",
    Forum "forum",
    Party "party",
    Project "project",
    MechanismEvent "mechanism_event",
    GuidelineCase "guideline_case",
    IndicatorObservation "indicator_observation",
    Judgement "judgement",
    Waiver "waiver",
    ExchangeRate "exchange_rate",
    Mapping "mapping",
    Refusal "refusal",
}

impl Document {
    /// The document as JSON: every field of the kind, what is not stated as null.
    pub(crate) fn to_value(&self) -> serde_json::Result<Value> {
        serde_json::to_value(self)
    }

    /// The document as JSON, fields in the order of their declaration.
    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl FromStr for Kind {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let kind = Self::ALL.iter().copied().find(|kind| kind.word() == text);
        kind.ok_or_else(|| Invalid::new("what-kind", text, "why-unknown-kind"))
    }
}

text_in_json!(Kind as word);

impl Fill for Kind {
    fn value(&self) -> Filled {
        Message::new(format!("record-{}", self.word())).value()
    }
}

/// Returns a value without the fields that state nothing, which may be left out of a document.
pub(crate) fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let states = |value: &Value| !value.is_null() && *value != Value::Array(Vec::new());
            let fields = fields.iter().filter(|(_, value)| states(value));
            let fields = fields.map(|(name, value)| (name.clone(), without_empty(value)));
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.iter().map(without_empty).collect(),
        other => other.clone(),
    }
}

/// The main rows of a record: loaded by [`Selection`] from the table of that name, in the order of their codes.
macro_rules! loaded {
    ($row:ty, $table:ident, $selection:expr, $db:expr) => {{
        let query = <$row>::query().order($table::code).into_boxed();
        match $selection {
            Selection::One(code) => query.filter($table::code.eq(code)).load($db),
            Selection::Page {
                after: Some(after),
                limit,
            } => query.filter($table::code.gt(after)).limit(limit).load($db),
            // A limit that says nothing would have SQLite plan the query twice.
            Selection::ALL => query.load($db),
            Selection::Page { after: None, limit } => query.limit(limit).load($db),
        }
    }};
}

/// The lists of the records that `facts` are of: for each child table an iterator, which gives the list of one record after the
/// other. Answers no records where there are no facts.
macro_rules! lists {
    ($facts:ident by $owner:ident, $db:expr, $($table:ident as $columns:expr),+ $(,)?) => {{
        let (Some(first), Some(last)) = ($facts.first(), $facts.last()) else {
            return Ok(Vec::new());
        };
        let (first, last) = (first.code.as_str(), last.code.as_str());
        ($({
            let rows: Vec<(String, _)> = $table::table
                .filter($table::$owner.between(first, last))
                .order(($table::$owner, $table::number))
                .select(($table::$owner, $columns))
                .load($db)?;
            super::handed_out(rows, $facts.iter().map(|facts| facts.code.as_str())).into_iter()
        }),+)
    }};
}

/// Implements [`Record`] for a kind whose document is one row.
macro_rules! single_row_record {
    ($record:ident, $table:ident) => {
        impl super::Record for $record {
            const KIND: super::Kind = super::Kind::$record;

            fn id(&self) -> RecordId {
                self.id
            }

            fn code(&self) -> &str {
                self.code.as_ref()
            }

            fn rows(&self, rows: &mut $crate::store::rows::Rows) -> serde_json::Result<()> {
                $crate::store::rows::row!(rows, $table(..self))
            }

            fn delete(code: &str, db: &mut Db) -> QueryResult<()> {
                diesel::delete($table::table.filter($table::code.eq(code)))
                    .execute(db)
                    .map(drop)
            }

            fn load(selection: super::Selection<'_>, db: &mut Db) -> QueryResult<Vec<Self>> {
                use super::Selection;
                super::loaded!(Self, $table, selection, db)
            }
        }
    };
}
use {lists, loaded, single_row_record};

/// Children in the order of their owners, handed to the owners: one list for each of `codes`, which are in order too.
fn handed_out<T, K: AsRef<str>>(
    children: Vec<(K, T)>,
    codes: impl Iterator<Item = impl AsRef<str>>,
) -> Vec<Vec<T>> {
    let mut children = children.into_iter().peekable();
    let lists = codes.map(|code| {
        let mut list = Vec::new();
        // A row of no record, which another program left, must not hide the rows that come after it.
        while children
            .next_if(|(owner, _)| owner.as_ref() < code.as_ref())
            .is_some()
        {}
        while let Some((_, child)) = children.next_if(|(owner, _)| owner.as_ref() == code.as_ref())
        {
            list.push(child);
        }
        list
    });
    lists.collect()
}
