//! A hermetic place to run the program in: its own folder, a fixed clock, no inherited environment.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::database::Database;

/// The time at which every test takes place.
pub(crate) const NOW: &str = "2026-11-23T22:00:00Z";

/// Where the keys of a test remember what they signed.
pub(crate) const MEMORY: &str = "signed";

/// Where the copies of registries on servers are, in the folder of a test.
const COPIES: &str = ".local/share/tpmc/servers";

/// A folder with a registry in it, removed at the end of the test.
pub(crate) struct Env {
    folder: tempfile::TempDir,
    /// What stands for `registry.db`, where the tests run on a server.
    pub(crate) database: Option<Database>,
}

/// What one run of the program came to.
#[must_use = "snapshot it, or assert its status"]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Env {
    /// A folder without a registry.
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            database: Database::empty(),
        }
    }

    /// What stands for `registry.db` in a test that needs a server.
    pub(crate) fn on_server(&self) -> &Database {
        let database = self.database.as_ref();
        database.expect("a server: .ci/postgres.sh starts one")
    }

    /// Another machine at the registry on the server of this one: a folder of its own, without a copy yet.
    pub(crate) fn elsewhere(&self) -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            database: self.database.as_ref().map(Database::share),
        }
    }

    /// The files that are the registry on this machine: the copy, where a server keeps it.
    pub(crate) fn copies(&self) -> Vec<PathBuf> {
        let found = std::fs::read_dir(self.path(COPIES)).into_iter().flatten();
        let mut found: Vec<_> = found.flatten().map(|entry| entry.path()).collect();
        found.retain(|path| path.extension().is_some_and(|ending| ending == "db"));
        found
    }

    /// A folder with `registry.db`, as `tpmc init` makes it.
    pub(crate) fn seeded() -> Self {
        if std::env::var_os("TPMC_TEST_SERVER").is_some() {
            return Self::seeded_on_server();
        }
        static MADE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
        let made = MADE.get_or_init(|| {
            let env = Self::empty();
            env.tpmc(&["init"]).succeeds();
            std::fs::read(env.path("registry.db")).expect("the new registry")
        });
        let env = Self::empty();
        std::fs::write(env.path("registry.db"), made).expect("a copy of it");
        env
    }

    fn seeded_on_server() -> Self {
        static MADE: std::sync::Mutex<Option<Env>> = std::sync::Mutex::new(None);
        let mut made = MADE.lock().expect("nobody failed");
        let made = made.get_or_insert_with(|| {
            let env = Self::empty();
            env.tpmc(&["init"]).succeeds();
            env
        });
        let env = Self {
            folder: tempfile::tempdir().expect("a folder"),
            database: made.database.as_ref().map(Database::copy),
        };
        std::fs::create_dir_all(env.path(COPIES)).expect("a folder");
        for copy in made.copies() {
            let name = copy.file_name().expect("a name");
            std::fs::copy(&copy, env.path(COPIES).join(name)).expect("a copy");
        }
        env
    }

    /// What names the registry of the test.
    pub(crate) fn registry(&self) -> String {
        let database = self.database.as_ref();
        database.map_or_else(|| "registry.db".to_owned(), Database::address)
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("the file");
        path
    }

    /// The program, ready to be run in the folder on `registry.db`.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tpmc"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("COLUMNS", "80")
            .env("TPMC_NOW", NOW)
            .env("TPMC_TZ", "UTC")
            .env("TPMC_ACTOR", "secretariat")
            .env("TPMC_KEY_MEMORY", MEMORY)
            .env("TPMC_REGISTRY", self.registry());
        command
    }

    /// Runs the program on `registry.db`.
    pub(crate) fn tpmc(&self, arguments: &[&str]) -> Run {
        self.run(&mut self.command(arguments))
    }

    /// Runs a command made by [`Self::command`].
    pub(crate) fn run(&self, command: &mut Command) -> Run {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("the program runs");
        let text = |bytes| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            text.replace(&self.folder.path().display().to_string(), "[FOLDER]")
                .replace(&self.registry(), "registry.db")
        };
        Run {
            status: status.code().expect("no signal"),
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }
}

impl Run {
    /// Asserts that the run succeeded, and gives its standard output.
    #[track_caller]
    pub(crate) fn succeeds(self) -> String {
        assert_eq!(self.status, 0, "{self}");
        self.stdout
    }

    /// Asserts that the run ended with `status`, and gives its standard error.
    #[track_caller]
    pub(crate) fn fails_with(self, status: i32) -> String {
        assert_eq!(self.status, status, "{self}");
        self.stderr
    }

    /// The standard output as JSON.
    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.succeeds()).expect("JSON")
    }
}

impl std::fmt::Display for Run {
    /// Both streams and the status, as the snapshots show them.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            writeln!(formatter, "[standard error]")?;
            formatter.write_str(&self.stderr)?;
        }
        if self.status != 0 {
            writeln!(formatter, "[exit status: {}]", self.status)?;
        }
        formatter.write_char('\n')
    }
}

/// Whether a file is what it was.
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("the file")
}
