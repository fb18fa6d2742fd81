//! How domain values cross into SQL: as the text they display, read back through `FromStr`.

use diesel::backend::Backend as AnyBackend;
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;

use super::backend::Backend;
use super::record::Kind;
use crate::domain::*;

macro_rules! as_text {
    ($($value:ty),+ $(,)?) => {$(
        impl ToSql<Text, Backend> for $value {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Backend>) -> serialize::Result {
                out.set_value(self.to_string());
                Ok(IsNull::No)
            }
        }

        impl FromSql<Text, Backend> for $value {
            fn from_sql(raw: <Backend as AnyBackend>::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(<String as FromSql<Text, Backend>>::from_sql(raw)?.parse()?)
            }
        }
    )+};
}

as_text!(
    AmountBasis,
    AmountKind,
    CaseStanding,
    Confidence,
    CountryCode,
    CurrencyCode,
    Decimal,
    EventKind,
    Evidence,
    Instrument,
    Kind,
    MechanismEventKind,
    Membership,
    Mention,
    Mode,
    ModeBasis,
    Moment,
    NameKind,
    Objective,
    PartialDate,
    PartyKind,
    ProjectCode,
    PublisherKind,
    RecordId,
    RiskCategory,
    RiskLevel,
    RiskState,
    Role,
    Sector,
    Side,
    Status,
    Verdict,
    YesNo,
);
