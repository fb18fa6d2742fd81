//! Databases of a server for the tests: with `TPMC_TEST_SERVER=postgres://…` (an address without a database) every registry that the
//! tests call `registry.db` is one on that server.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A database of its own, dropped at the end of the test.
pub(crate) struct Database {
    server: String,
    name: String,
    /// Whether it goes with the test.
    is_own: bool,
}

impl Database {
    /// An empty database, where the tests run on a server.
    pub(crate) fn empty() -> Option<Self> {
        Self::made("template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
    }

    /// A copy of this one.
    pub(crate) fn copy(&self) -> Self {
        Self::made(&self.name).expect("a server")
    }

    fn made(template: &str) -> Option<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let server = std::env::var("TPMC_TEST_SERVER").ok()?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        let is_own = true;
        let database = Self {
            server,
            name,
            is_own,
        };
        let name = &database.name;
        database.at(
            "postgres",
            &format!("CREATE DATABASE {name} TEMPLATE {template}"),
        );
        Some(database)
    }

    /// The same database, for another machine.
    pub(crate) fn share(&self) -> Self {
        Self {
            server: self.server.clone(),
            name: self.name.clone(),
            is_own: false,
        }
    }

    /// Its address.
    pub(crate) fn address(&self) -> String {
        self.address_of(&self.name)
    }

    /// The address of another database of the server.
    pub(crate) fn address_of(&self, name: &str) -> String {
        format!("{}/{name}", self.server)
    }

    /// Runs SQL in it as its owner, and gives what that says.
    pub(crate) fn sql(&self, sql: &str) -> Result<String, String> {
        psql(&self.address(), sql)
    }

    fn at(&self, name: &str, sql: &str) -> String {
        psql(&self.address_of(name), sql).expect(sql)
    }
}

/// Runs SQL at an address; an error is what the server says.
pub(crate) fn psql(address: &str, sql: &str) -> Result<String, String> {
    let arguments = ["-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, address];
    let done = Command::new("psql").args(arguments).output().expect("psql");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    match done.status.success() {
        true => Ok(text(&done.stdout)),
        false => Err(text(&done.stderr)),
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !self.is_own {
            return;
        }
        let name = &self.name;
        self.at(
            "postgres",
            &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
    }
}
