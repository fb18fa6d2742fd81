//! Accounts, sessions and drafts of the web desk. They are no records: the journal does not speak of them, and nothing that leaves the
//! registry holds a password or a session.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::backend::{Backend, Db};
use super::schema::{account, session};
use super::{Error, Reader, Store};
use crate::domain::AccountRole;

/// What is removed is overwritten in the file.
const FORGETTING: &str = "PRAGMA secure_delete = ON;";

/// Somebody who may use the web desk.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery, Insertable, AsChangeset)]
#[diesel(table_name = account, treat_none_as_null = true, treat_none_as_default_value = false, check_for_backend(Backend))]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) role: AccountRole,
    /// Argon2, in the PHC string format; none until one is set.
    pub(crate) password: Option<String>,
}

impl Reader<'_> {
    /// Returns all accounts, in the order of their names.
    pub(crate) fn accounts(&mut self) -> Result<Vec<Account>, Error> {
        Ok(Account::query().order(account::name).load(self.db)?)
    }

    /// Returns the account of a name.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub(crate) fn account(&mut self, name: &str) -> Result<Account, Error> {
        let found = Account::query().filter(account::name.eq(name));
        let found = found.first(self.db).optional()?;
        found.ok_or_else(|| not_found("account", name))
    }
}

impl Store {
    /// Adds an account, or changes it; its sessions end.
    pub(crate) fn put_account(&mut self, account: &Account) -> Result<(), Error> {
        self.of_desk(|db| {
            diesel::delete(session::table.filter(session::account.eq(&account.name)))
                .execute(db)?;
            diesel::insert_into(account::table)
                .values(account)
                .on_conflict(account::name)
                .do_update()
                .set(account)
                .execute(db)?;
            Ok(())
        })
    }

    /// Removes an account with its sessions.
    pub(crate) fn remove_account(&mut self, name: &str) -> Result<(), Error> {
        self.of_desk(|db| {
            diesel::delete(account::table.find(name)).execute(db)?;
            Ok(())
        })
    }

    fn of_desk<T>(&mut self, work: impl FnOnce(&mut Db) -> Result<T, Error>) -> Result<T, Error> {
        self.begin_log()?;
        self.db.batch_execute(FORGETTING)?;
        let opened = self.opened.clone();
        self.transacted(|db| {
            opened.still_there()?;
            Ok((work(db)?, true))
        })
    }

    /// Takes out of a copy what helps to sign in as somebody: sessions and passwords. Names, roles and drafts stay.
    pub(super) fn forget_secrets(&mut self) -> Result<(), Error> {
        self.of_desk(|db| {
            diesel::delete(session::table).execute(db)?;
            let none: Option<&str> = None;
            diesel::update(account::table.filter(account::password.is_not_null()))
                .set(account::password.eq(none))
                .execute(db)?;
            Ok(())
        })
    }
}

fn not_found(what: &'static str, code: &str) -> Error {
    Error::NotFound {
        what,
        code: code.to_owned(),
        nearest: None,
    }
}
