//! Signing in with an account of the registry: what a session is, how long it lasts, and how often somebody may try.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::commands::password;
use crate::domain::Moment;
use crate::error::Error;
use crate::exchange::hex;
use crate::store::{Access, Account, Store};

/// How long a session lasts: a working day, in seconds.
const SESSION: i64 = 12 * 60 * 60;
/// How often a name, or an address, may be tried within a while.
const TRIES: u32 = 5;
/// How long the while is, in seconds.
const WHILE: i64 = 5 * 60;
/// Names and addresses that are remembered at most.
const REMEMBERED: usize = 10_000;

/// The accounts of the registry, and who failed to sign in lately.
pub(super) struct Accounts {
    registry: PathBuf,
    clock: Box<dyn Fn() -> Moment + Send + Sync>,
    /// Whether there were accounts when the registry was read last.
    were_there: AtomicBool,
    /// How often, and since when, in seconds.
    failed: Mutex<HashMap<String, (u32, i64)>>,
}

/// How an attempt to sign in ended.
pub(super) enum SignIn {
    /// What the browser is to keep.
    Begun(String),
    Wrong,
    TooOften,
}

impl Accounts {
    pub(super) fn new(
        registry: PathBuf,
        clock: impl Fn() -> Moment + Send + Sync + 'static,
    ) -> Self {
        Self {
            registry,
            clock: Box::new(clock),
            were_there: AtomicBool::new(true),
            failed: Mutex::default(),
        }
    }

    pub(super) fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Whether somebody must sign in; where the registry cannot be read, as it was before.
    pub(super) fn are_there(&self) -> bool {
        let accounts = Store::open(&self.registry, Access::Read)
            .map_err(Error::from)
            .and_then(|mut store| store.read(|reader| Ok::<_, Error>(reader.accounts()?)));
        if let Ok(accounts) = accounts {
            self.were_there
                .store(!accounts.is_empty(), Ordering::Relaxed);
        }
        self.were_there.load(Ordering::Relaxed)
    }

    /// Returns whose session the browser names.
    pub(super) fn signed_in(&self, secret: &str) -> Option<Account> {
        let now = self.now();
        let mut store = Store::open(&self.registry, Access::Read).ok()?;
        let found = store.read(|reader| reader.signed_in(&digest(secret), now));
        found.ok().flatten()
    }

    /// Begins a session for who knows the password.
    pub(super) fn sign_in(&self, name: &str, said: &str, peer: IpAddr) -> Result<SignIn, Error> {
        let now = self.now();
        // Behind a proxy, all come from this machine.
        let address = (!peer.is_loopback()).then(|| format!("address {peer}"));
        let tried: Vec<String> = address
            .into_iter()
            .chain([format!("name {name}")])
            .collect();
        if tried.iter().any(|key| self.is_tired_of(key, now)) {
            return Ok(SignIn::TooOften);
        }
        let mut store = Store::open(&self.registry, Access::Write)?;
        let accounts = store.read(|reader| Ok::<_, Error>(reader.accounts()?))?;
        let account = accounts.iter().find(|account| account.name == name);
        let kept = account.and_then(|account| account.password.as_deref());
        if said.len() > password::LONGEST || !password::is_right(said, kept) {
            tried.into_iter().for_each(|key| self.note(key, now));
            return Ok(SignIn::Wrong);
        }
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|error| std::io::Error::other(error.to_string()))?;
        let secret = hex(&secret);
        store.begin_session((&digest(&secret), name), now, now.after_seconds(SESSION))?;
        Ok(SignIn::Begun(secret))
    }

    /// Ends the session that the browser names.
    pub(super) fn sign_out(&self, secret: &str) -> Result<(), Error> {
        let mut store = Store::open(&self.registry, Access::Write)?;
        Ok(store.end_session(&digest(secret))?)
    }

    fn is_tired_of(&self, key: &str, now: Moment) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let found = failed.get(key);
        found.is_some_and(|(count, since)| *count >= TRIES && now.timestamp() - since < WHILE)
    }

    fn note(&self, key: String, now: Moment) {
        let now = now.timestamp();
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.retain(|_, (_, since)| now - *since < WHILE);
        if failed.len() >= REMEMBERED {
            failed.clear();
        }
        failed.entry(key).or_insert((0, now)).0 += 1;
    }
}

/// Returns the hash of a session that the registry keeps. Nobody can sign in with the hash.
fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}
