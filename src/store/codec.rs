//! How domain values cross into SQL: as the text they display, read back through `FromStr`.

use diesel::backend::Backend as AnyBackend;
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;

use super::backend::Backend;
use super::record::Kind;
use crate::domain::*;

macro_rules! read_from_text {
    ($($value:ty),+ $(,)?) => {$(
        impl FromSql<Text, Backend> for $value {
            fn from_sql(raw: <Backend as AnyBackend>::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(<String as FromSql<Text, Backend>>::from_sql(raw)?.parse()?)
            }
        }
    )+};
}

macro_rules! as_text {
    ($($value:ty),+ $(,)?) => {
        $(impl ToSql<Text, Backend> for $value {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Backend>) -> serialize::Result {
                out.set_value(self.to_string());
                Ok(IsNull::No)
            }
        })+
        read_from_text!($($value),+);
    };
}

/// The same of what has its text at hand.
macro_rules! as_own_text {
    ($method:ident: $($value:ty),+ $(,)?) => {
        $(impl ToSql<Text, Backend> for $value {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Backend>) -> serialize::Result {
                out.set_value(self.$method());
                Ok(IsNull::No)
            }
        })+
        read_from_text!($($value),+);
    };
}

as_text!(Moment);
as_own_text!(as_str: CountryCode, ProjectCode);
as_own_text!(word: AccountRole, AmountBasis, EventKind, Kind, Language, MechanismEventKind);

// What nobody asks with: it is only written, as in JSON (`super::rows`), and read.
read_from_text!(
    AmountKind,
    CaseStanding,
    Confidence,
    CurrencyCode,
    Decimal,
    Evidence,
    Instrument,
    Membership,
    Mention,
    Mode,
    Desk,
    ModeBasis,
    NameKind,
    Objective,
    PartialDate,
    PartyKind,
    PublisherKind,
    RecordId,
    RiskCategory,
    RiskLevel,
    RiskState,
    Role,
    Sector,
    Side,
    SourceKind,
    SourceLink,
    Status,
    TextBasis,
    Verdict,
    YesNo,
);
