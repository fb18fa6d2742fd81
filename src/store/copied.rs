//! The copy of a registry that a server keeps.
//!
//! The server has the journal, which is the truth; this machine has a file with all tables, made from it. Opening asks the server how
//! far the journal has come and takes in what is new, so that every answer is about the latest batch. Writing takes the right to write
//! from the server, takes in what is new, makes the batch in the file, sends its entries and ends both transactions, the one on the
//! server first. The entries are checked and the root over them is compared, so that a journal which was changed on the server, or
//! which lost batches, is noticed by every machine that has seen it.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::prelude::*;

use super::backend::Db;
use super::error::ServerError;
use super::finding::{Fault, Finding};
use super::schema::content;
use super::server::{Head, Server, ServerClock};
use super::{Access, Error, Intent, Store};
use crate::merkle::hash::Hash;
use crate::message::{Message, is_server};

/// Who has locked the registry at `path`, as far as can be found out.
pub(crate) fn holder(path: &Path) -> Option<Message> {
    if is_server(path) {
        return Server::holder(path);
    }
    super::holder::holder(path)
}

/// The right to write, as long as it is held.
pub(super) struct Turn {
    server: Server,
    head: Head,
    /// The batch that was recorded.
    recorded: Option<i64>,
}

impl Turn {
    /// Sends what the file has after the head, and ends the transaction on the server.
    pub(super) fn record(&mut self, db: &mut Db) -> Result<(), Error> {
        self.server.push(Some(&self.head), &self.head.id, db)?;
        let batch = self.head.batches + 1;
        self.server.commit(batch)?;
        self.recorded = Some(batch);
        Ok(())
    }
}

/// How far the file has come.
struct Known {
    batches: i64,
    size: u64,
    root: Hash,
    contents: i64,
}

impl Store {
    /// Opens the copy of the registry on the server at `address`, with everything that is new.
    pub(super) fn open_copy(address: &Path, access: Access) -> Result<Self, Error> {
        let mut server = Server::connect(address, matches!(access, Access::Write))?;
        let head = server.head()?;
        let path = place_of(&head.id)?;
        if !path.exists() {
            let copied = Self::create_file(&path, |store| store.take_in(&mut server, &head, &path));
            match copied {
                // Another run was faster: its copy goes on.
                Ok(()) | Err(Error::Exists(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let opened = Self::open_file(&path, access);
        let mut store = match opened {
            Err(Error::Older { .. }) => {
                if let Some(older) = Self::migrate(&path)? {
                    let _ = fs::remove_file(older);
                }
                Self::open_file(&path, access)?
            }
            opened => opened?,
        };
        if access != Access::Repair && store.is_behind(&mut server, &head)? {
            let mut writing = Self::open_file(&path, Access::Write)?;
            writing.take_in(&mut server, &head, &path)?;
            drop(writing);
            store = Self::open_file(&path, access)?;
        }
        store.server = Some(server);
        Ok(store)
    }

    /// Returns the clock of the server, where one keeps the registry.
    pub(crate) fn server_clock(&self) -> Option<ServerClock> {
        self.server.as_ref().and_then(Server::clock)
    }

    /// Founds a registry on the server at `address`: `fill` makes it in a file, which becomes the copy.
    pub(super) fn found<T, E: From<Error>>(
        address: &Path,
        fill: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut server = Server::connect(address, true)?;
        server.found()?;
        let folder = folder()?;
        let draft = tempfile::Builder::new()
            .prefix(".draft-")
            .tempdir_in(&folder);
        let draft = draft.map_err(|cause| open_error(&folder, cause))?;
        let path = draft.path().join("registry.db");
        let outcome = Self::create_file(&path, fill)?;
        let mut store = Self::open_file(&path, Access::Read)?;
        let (id, batches) = store.read(|reader| {
            let last = reader.last_batch()?;
            Ok::<_, Error>((reader.registry()?, last.map_or(0, |batch| batch.number)))
        })?;
        server.push(None, &id, &mut store.db)?;
        server.commit(batches)?;
        drop(store);
        // Without it, the next command makes the copy.
        let place = place_of(&id)?;
        if !place.exists() {
            let _ = fs::rename(&path, &place);
        }
        Ok(outcome)
    }

    /// Takes the right to write from the server; none where a file is the registry, or where nothing is to be recorded.
    pub(super) fn take_turn(&mut self, intent: &Intent) -> Result<Option<Turn>, Error> {
        if intent.dry_run {
            return Ok(None);
        }
        let Some(mut server) = self.server.take() else {
            return Ok(None);
        };
        let head = server.take_turn(intent)?;
        let path = self.path.clone();
        let is_ready = self.is_behind(&mut server, &head).and_then(|is_behind| {
            if is_behind {
                self.take_in(&mut server, &head, &path)?;
            }
            Ok(())
        });
        if let Err(error) = is_ready {
            server.give_up();
            return Err(error);
        }
        let recorded = None;
        Ok(Some(Turn {
            server,
            head,
            recorded,
        }))
    }

    /// Gives the right to write back; says so when the batch is on the server and not in the file.
    pub(super) fn give_back<T, E: From<Error>>(
        &mut self,
        mut turn: Turn,
        written: Result<T, E>,
    ) -> Result<T, E> {
        if turn.recorded.is_none() {
            turn.server.give_up();
        }
        self.server = Some(turn.server);
        match (written, turn.recorded) {
            (Err(_), Some(batch)) => {
                let why = message!("error-place-registry", path = self.path);
                Err(Error::from(ServerError::CopyBehind { batch, why }).into())
            }
            (written, _) => written,
        }
    }

    /// Whether the server has what the file lacks.
    ///
    /// # Errors
    /// When the journal on the server is not the one that the file is a copy of.
    fn is_behind(&mut self, server: &mut Server, head: &Head) -> Result<bool, Error> {
        let known = self.known()?;
        let copy = || self.path.clone();
        if head.batches < known.batches {
            if head.is_standby {
                return Ok(false);
            }
            let (found, known) = (head.batches, known.batches);
            let copy = copy();
            return Err(ServerError::Behind { found, known, copy }.into());
        }
        let is_same = match head.batches == known.batches {
            true => head.root == known.root,
            false if known.batches == 0 => true,
            false => server.root_of(known.batches)?.as_deref() == Some(&known.root.as_bytes()[..]),
        };
        if !is_same {
            let batch = known.batches;
            return Err(ServerError::Rewritten {
                batch,
                copy: copy(),
            }
            .into());
        }
        Ok(head.batches > known.batches || head.contents > known.contents)
    }

    fn known(&mut self) -> Result<Known, Error> {
        self.read(|reader| {
            let batches = reader.last_batch()?.map_or(0, |batch| batch.number);
            let size = reader.journal_size(None)?;
            Ok(Known {
                batches,
                size,
                root: reader.root(size)?,
                contents: content::table.count().get_result(reader.db)?,
            })
        })
    }

    /// Takes in what the server has up to `head` and the file, which will be at `copy`, lacks.
    fn take_in(&mut self, server: &mut Server, head: &Head, copy: &Path) -> Result<(), Error> {
        if head.size > 0 && self.known()?.size == 0 {
            self.take_in_whole(server, head)?;
        }
        let server = std::cell::RefCell::new(server);
        self.follow(
            head.size,
            &mut |from, until| server.borrow_mut().entries(from, until),
            |db, root| {
                if root != head.root {
                    let (batch, copy) = (head.batches, copy.to_owned());
                    return Err(ServerError::Rewritten { batch, copy }.into());
                }
                take_in_contents(*server.borrow_mut(), db)
            },
        )
    }

    /// Takes in a whole journal, each entry checked against all before it.
    fn take_in_whole(&mut self, server: &mut Server, head: &Head) -> Result<(), Error> {
        const PAGE: i64 = 4_000;
        let mut next = 0;
        let mut page = Vec::new().into_iter();
        let entries = std::iter::from_fn(|| {
            if page.len() == 0 && next < head.size {
                let until = head.size.min(next + PAGE);
                match server.entries(next, until) {
                    Ok(entries) => page = entries.into_iter(),
                    Err(error) => return Some(Err(error)),
                }
                next = until;
            }
            page.next().map(Ok)
        });
        self.restore::<Error>(entries).map(drop)
    }

    /// Compares every entry on the server with the one in the file; none where a file is the registry.
    pub(crate) fn compare_with_server(&mut self) -> Result<Vec<Finding>, Error> {
        const PAGE: i64 = 4_000;
        let Some(mut server) = self.server.take() else {
            return Ok(Vec::new());
        };
        let size = i64::try_from(self.known()?.size).unwrap_or(i64::MAX);
        let mut findings = Vec::new();
        let mut next = 0;
        while next < size {
            let until = size.min(next + PAGE);
            let theirs = server.entries(next, until)?;
            let ours = self.read(|reader| reader.bytes_between(next, until))?;
            for (number, (ours, theirs)) in (next..).zip(ours.iter().zip(&theirs)) {
                if ours != theirs {
                    findings.push(Finding::new(Fault::ServerChanged).entry(number));
                }
            }
            if ours.len() != theirs.len() {
                let end = next + i64::try_from(ours.len().min(theirs.len())).unwrap_or_default();
                findings.push(Finding::new(Fault::ServerChanged).entry(end));
            }
            next = until;
        }
        self.server = Some(server);
        Ok(findings)
    }
}

/// Takes in the documents that the file lacks.
fn take_in_contents(server: &mut Server, db: &mut Db) -> Result<(), Error> {
    let known: Vec<String> = content::table.select(content::sha256).load(db)?;
    let known: std::collections::BTreeSet<String> = known.into_iter().collect();
    for sha256 in server.contents()?.difference(&known) {
        let bytes = server.content(sha256)?.unwrap_or_default();
        super::content::take_in(sha256, &bytes, db)?;
    }
    Ok(())
}

/// Where the copy of the registry with this id is.
fn place_of(id: &str) -> Result<PathBuf, Error> {
    // Anything else would name a file elsewhere.
    let id: crate::domain::RecordId = id
        .parse()
        .map_err(|_| Error::Journal(message!("why-no-registry-named")))?;
    Ok(folder()?.join(format!("{id}.db")))
}

/// The folder of the copies, which nobody else may look into.
fn folder() -> Result<PathBuf, Error> {
    let folders = directories::ProjectDirs::from("", "", "tpmc");
    let folders = folders.ok_or_else(|| Error::Server(ServerError::NoFolder))?;
    let folder = folders.data_dir().join("servers");
    let made = || {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)
    };
    made().map_err(|cause| open_error(&folder, cause))?;
    Ok(folder)
}

fn open_error(path: &Path, cause: std::io::Error) -> Error {
    Error::Open {
        path: path.to_owned(),
        cause,
    }
}
