//! `tpmc user`: who may use the web desk.

use clap::{Args, Subcommand};
use serde_json::Value;

use super::listed::ListedArgs;
use super::options::text;
use super::password;
use crate::args::words;
use crate::context::Context;
use crate::domain::AccountRole;
use crate::error::Error;
use crate::report::Shown;
use crate::store::{Access, Account, Error as StoreError};

/// Say who may use the web desk, and what for
///
/// As soon as there is an account, `tpmc serve` lets in only who signs in. Accounts stand in the registry and not in its journal. A
/// backup keeps names and roles, and no password: after a restore, set the passwords anew.
#[derive(Debug, Subcommand)]
pub(crate) enum User {
    Add(Add),
    List(List),
    Set(Set),
    Remove(Remove),
}

impl User {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

/// Add an account
///
/// The password is asked for; without a terminal, it is the first line of standard input. It has at least 12 characters.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc user add tanaka --role recorder")]
pub(crate) struct Add {
    /// Name with which its owner signs in; batches have it as their actor
    #[arg(value_parser = text)]
    name: String,
    /// What it may do; an approver also records, a recorder also reads
    #[arg(long, value_name = "ROLE", value_parser = words::<AccountRole>())]
    role: AccountRole,
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Write)?;
        let known = store.read(|reader| Ok::<_, Error>(reader.accounts()?))?;
        if known.iter().any(|account| account.name == self.name) {
            return Err(StoreError::Duplicate {
                what: "account",
                code: self.name,
            }
            .into());
        }
        let account = Account {
            password: Some(password::asked(context)?),
            name: self.name,
            role: self.role,
        };
        store.put_account(&account)?;
        say_known(context, &account);
        Ok(())
    }
}

/// List the accounts with their roles
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc user list")]
pub(crate) struct List {
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("name", "field-name"),
    Shown::word("role", "field-account_role", "account_role"),
    Shown::word("has_password", "field-has_password", "yes-no"),
];

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let accounts = reader.accounts()?.into_iter();
            Ok(accounts.map(|account| {
                let has_password = if account.password.is_some() {
                    "yes"
                } else {
                    "no"
                };
                let more = vec![
                    ("name", Value::from(account.name)),
                    ("role", Value::from(account.role.to_string())),
                    ("has_password", Value::from(has_password)),
                ];
                (serde_json::Map::new(), more)
            }))
        })
    }
}

/// Give an account another role or password; its owner has to sign in again
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc user set tanaka --role approver\n         tpmc user set tanaka --password"
)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true).args(["role", "password"]))]
pub(crate) struct Set {
    /// Its name
    name: String,
    /// What it may do
    #[arg(long, value_name = "ROLE", value_parser = words::<AccountRole>())]
    role: Option<AccountRole>,
    /// Ask for a new password, or read it from standard input
    #[arg(long)]
    password: bool,
}

impl Set {
    fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Write)?;
        let mut account = store.read(|reader| Ok::<_, Error>(reader.account(&self.name)?))?;
        account.role = self.role.unwrap_or(account.role);
        if self.password {
            account.password = Some(password::asked(context)?);
        }
        store.put_account(&account)?;
        say_known(context, &account);
        Ok(())
    }
}

/// Remove an account; what it recorded stays
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc user remove tanaka")]
pub(crate) struct Remove {
    /// Its name
    name: String,
}

impl Remove {
    fn run(self, context: &Context) -> Result<(), Error> {
        let mut store = context.store(Access::Write)?;
        let account = store.read(|reader| Ok::<_, Error>(reader.account(&self.name)?))?;
        store.remove_account(&account.name)?;
        let name = account.name;
        context.out.say(&message!("receipt-user-removed", name));
        Ok(())
    }
}

fn say_known(context: &Context, account: &Account) {
    let (name, role) = (account.name.as_str(), account.role);
    context.out.say(&message!("receipt-user", name, role));
}
