//! Accounts, sessions and drafts of the web desk. They are no records: the journal does not speak of them, and nothing that leaves the
//! registry holds a password or a session.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::backend::{Backend, Db};
use super::schema::{account, draft, session};
use super::{Error, Reader, Store};
use crate::domain::{AccountRole, Language, Moment};

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

/// An entry that waits for a second person, or was decided on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, HasQuery)]
#[diesel(table_name = draft, check_for_backend(Backend))]
pub(crate) struct Waiting {
    pub(crate) number: i64,
    pub(crate) made_at: Moment,
    pub(crate) author: String,
    /// The path of its command, like `project set`.
    pub(crate) command: String,
    /// A JSON array of texts.
    pub(crate) arguments: String,
    /// The language of its author, and of what was seen.
    pub(crate) language: Language,
    /// What its author saw that it would record.
    pub(crate) seen: String,
    /// The name of the file that it needs.
    pub(crate) file_name: Option<String>,
    pub(crate) decided_at: Option<Moment>,
    pub(crate) decided_by: Option<String>,
    /// Why it was refused.
    pub(crate) reason: Option<String>,
    /// The batch that recorded it.
    pub(crate) batch: Option<i64>,
}

/// An entry that is to wait.
#[derive(Debug, Insertable)]
#[diesel(table_name = draft, check_for_backend(Backend))]
pub(crate) struct NewDraft {
    pub(crate) made_at: Moment,
    pub(crate) author: String,
    pub(crate) command: String,
    pub(crate) arguments: String,
    pub(crate) language: Language,
    pub(crate) seen: String,
    #[diesel(embed)]
    pub(crate) file: DraftFile,
}

/// The file that an entry needs: a plan, or a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Insertable)]
#[diesel(table_name = draft, check_for_backend(Backend))]
pub(crate) struct DraftFile {
    pub(crate) file_name: Option<String>,
    pub(crate) file: Option<Vec<u8>>,
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

    /// Returns whose session this is, if it has not ended at `now`.
    pub(crate) fn signed_in(
        &mut self,
        digest: &str,
        now: Moment,
    ) -> Result<Option<Account>, Error> {
        let owner = session::table
            .filter(session::digest.eq(digest))
            .filter(session::ends_at.gt(now))
            .select(session::account);
        let found = Account::query().filter(account::name.eq_any(owner));
        Ok(found.first(self.db).optional()?)
    }

    /// Returns the drafts, the newest first; those that wait, or all.
    pub(crate) fn drafts(&mut self, with_decided: bool) -> Result<Vec<Waiting>, Error> {
        let all = Waiting::query().order(draft::number.desc()).load(self.db)?;
        let all: Vec<Waiting> = all;
        Ok(all
            .into_iter()
            .filter(|draft| with_decided || draft.decided_at.is_none())
            .collect())
    }

    /// Returns a draft.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none of this number.
    pub(crate) fn draft(&mut self, number: i64) -> Result<Waiting, Error> {
        let found = Waiting::query().filter(draft::number.eq(number));
        let found = found.first(self.db).optional()?;
        found.ok_or_else(|| not_found("draft", &number.to_string()))
    }

    /// Returns the file that a draft needs.
    pub(crate) fn draft_file(&mut self, number: i64) -> Result<Option<Vec<u8>>, Error> {
        let found = draft::table.find(number).select(draft::file);
        Ok(found.first(self.db).optional()?.flatten())
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

    /// Begins a session, and forgets those that have ended at `now`.
    pub(crate) fn begin_session(
        &mut self,
        (digest, name): (&str, &str),
        now: Moment,
        ends_at: Moment,
    ) -> Result<(), Error> {
        self.of_desk(|db| {
            diesel::delete(session::table.filter(session::ends_at.le(now))).execute(db)?;
            let row = (
                session::digest.eq(digest),
                session::account.eq(name),
                session::ends_at.eq(ends_at),
            );
            diesel::insert_into(session::table)
                .values(row)
                .execute(db)?;
            Ok(())
        })
    }

    /// Ends a session.
    pub(crate) fn end_session(&mut self, digest: &str) -> Result<(), Error> {
        self.of_desk(|db| {
            diesel::delete(session::table.find(digest)).execute(db)?;
            Ok(())
        })
    }

    /// Keeps an entry until somebody decides on it; returns its number.
    pub(crate) fn add_draft(&mut self, new: &NewDraft) -> Result<i64, Error> {
        self.of_desk(|db| {
            let last: Option<i64> = draft::table
                .select(diesel::dsl::max(draft::number))
                .first(db)?;
            let number = last.unwrap_or(0) + 1;
            diesel::insert_into(draft::table)
                .values((draft::number.eq(number), new))
                .execute(db)?;
            Ok(number)
        })
    }

    /// Puts another file in the place of the one that a draft needs.
    pub(crate) fn change_draft(&mut self, number: i64, file: &[u8]) -> Result<(), Error> {
        let undecided = draft::table
            .find(number)
            .filter(draft::decided_at.is_null());
        self.of_desk(|db| {
            let changed = diesel::update(undecided)
                .set(draft::file.eq(file))
                .execute(db)?;
            refuse_decided(changed, number)
        })
    }

    /// Notes who decided on a draft: with the batch that recorded it, or the reason of the refusal.
    ///
    /// # Errors
    /// [`Error::Decided`] when somebody has decided on it already.
    pub(crate) fn decide_draft(
        &mut self,
        number: i64,
        by: (&str, Moment),
        outcome: Result<i64, &str>,
    ) -> Result<(), Error> {
        let undecided = draft::table
            .find(number)
            .filter(draft::decided_at.is_null());
        self.of_desk(|db| {
            let changed = diesel::update(undecided)
                .set((
                    draft::decided_by.eq(by.0),
                    draft::decided_at.eq(by.1),
                    draft::batch.eq(outcome.ok()),
                    draft::reason.eq(outcome.err()),
                ))
                .execute(db)?;
            refuse_decided(changed, number)
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

fn refuse_decided(changed: usize, number: i64) -> Result<(), Error> {
    match changed {
        0 => Err(Error::Decided(number)),
        _ => Ok(()),
    }
}

fn not_found(what: &'static str, code: &str) -> Error {
    Error::NotFound {
        what,
        code: code.to_owned(),
        nearest: None,
    }
}
