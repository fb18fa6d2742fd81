//! `tpmc server`: what a server needs before it can keep a registry.

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::error::Error;

/// What a server needs before it can keep a registry
#[derive(Debug, Subcommand)]
pub(crate) enum Server {
    Setup(Setup),
}

/// Print the SQL that makes the roles and the database on a server of PostgreSQL's
///
/// Three roles: tpmc_reader may read, tpmc_writer may also record and can neither change nor remove what is in the journal, tpmc_owner
/// may create the registry and bring it up to date. Give each person or office a role of its own that belongs to one of them.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc server setup | sudo -u postgres psql -v ON_ERROR_STOP=1 postgres"
)]
pub(crate) struct Setup {
    /// The name of the database
    #[arg(long, value_name = "NAME", default_value = "tpmc")]
    database: String,
}

/// `{}` stands for the name of the database.
const SETUP: &str = r#"-- For a superuser of the server.
CREATE ROLE tpmc_owner NOLOGIN;
CREATE ROLE tpmc_writer NOLOGIN;
CREATE ROLE tpmc_reader NOLOGIN;
CREATE DATABASE {} OWNER tpmc_owner ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
REVOKE ALL ON DATABASE {} FROM PUBLIC;
GRANT CONNECT ON DATABASE {} TO tpmc_owner, tpmc_writer, tpmc_reader;
\connect {}
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO tpmc_owner;
GRANT USAGE ON SCHEMA public TO tpmc_writer, tpmc_reader;
-- Then a role for each who signs in, with a password from \password or a certificate:
--   CREATE ROLE secretariat LOGIN IN ROLE tpmc_owner; ALTER ROLE secretariat SET role = tpmc_owner;
--   CREATE ROLE beijing LOGIN IN ROLE tpmc_writer;
--   CREATE ROLE tokyo LOGIN IN ROLE tpmc_writer;
--   CREATE ROLE auditor LOGIN IN ROLE tpmc_reader;
"#;

impl Server {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let Self::Setup(setup) = self;
        let name = format!("\"{}\"", setup.database.replace('"', "\"\""));
        context.out.data(SETUP.replace("{}", &name).as_bytes())
    }
}
