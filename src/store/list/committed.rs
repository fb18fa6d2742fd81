//! Commitments in money, of all projects: what a total of them is made from.

use diesel::prelude::*;

use crate::domain::{AmountBasis, AmountKind, CurrencyCode, PartialDate, ProjectCode};
use crate::store::backend::Backend;
use crate::store::schema::amount;
use crate::store::{Error, Reader};

/// A commitment of a project.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = amount, check_for_backend(Backend))]
pub(crate) struct Committed {
    pub(crate) project: ProjectCode,
    /// Among the amounts of its project.
    pub(crate) number: i32,
    pub(crate) kind: AmountKind,
    pub(crate) currency: CurrencyCode,
    /// In the currency's smallest unit.
    pub(crate) minor_units: i64,
    pub(crate) estimated: bool,
    pub(crate) on_date: Option<PartialDate>,
}

impl Reader<'_> {
    /// All commitments, in the order of their projects. Pledges and disbursements are no commitments.
    pub(crate) fn commitments(&mut self) -> Result<Vec<Committed>, Error> {
        let query = Committed::query().filter(amount::basis.eq(AmountBasis::Commitment));
        let query = query.order((amount::project, amount::number));
        Ok(query.load(self.db)?)
    }
}
