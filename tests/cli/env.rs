//! A hermetic place to run the program in: its own folder, a fixed clock, no inherited environment.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The time at which every test takes place.
pub(crate) const NOW: &str = "2026-11-23T22:00:00Z";

/// Where the keys of a test remember what they signed.
pub(crate) const MEMORY: &str = "signed";

/// A folder with a registry in it, removed at the end of the test.
pub(crate) struct Env {
    folder: tempfile::TempDir,
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
        }
    }

    /// A folder with `registry.db`, as `tpmc init` makes it.
    pub(crate) fn seeded() -> Self {
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
            .env("TPMC_REGISTRY", "registry.db");
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
