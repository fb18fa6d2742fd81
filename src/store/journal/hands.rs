//! Who writes a batch: the thread that works it out or, once the batch is large, another one beside it.
//!
//! Of the time of a large import, a third goes into working documents out and the rest into writing them. The file is one, so that
//! whoever wants to read in the batch takes it back first, and waits until everything that was handed over is written.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use super::handful::Handful;
use super::ledger::Ledger;
use crate::store::Error;
use crate::store::record::Document;

/// Handfuls that wait to be written, at most: as many as are worked out while the words of many records go into the search index,
/// and usually 10 MB in all.
const WAITING: usize = 12;

/// The ledger, and whoever has it.
pub(super) struct Hands<'a> {
    held: Held<'a>,
    /// What is handed over next.
    handful: Handful,
    start: Box<Start<'a>>,
    /// What the helper failed at. The batch is lost, whatever comes after.
    failed: Option<Error>,
}

/// Lets a helper begin: it writes what waits, and gives it back.
type Start<'a> = dyn Fn(Ledger<'a>, Receiver<Handful>, Sender<Handful>) -> Thread<'a> + 'a;

/// Gives the ledger back, and says whether everything was written.
type Thread<'a> = ScopedJoinHandle<'a, (Ledger<'a>, Result<(), Error>)>;

enum Held<'a> {
    Here(Ledger<'a>),
    Beside(Beside<'a>),
    /// Only for as long as it changes hands.
    OnTheWay,
}

/// A helper that has the ledger.
struct Beside<'a> {
    queue: SyncSender<Handful>,
    /// What was written comes back, and its room is used again.
    written: Receiver<Handful>,
    thread: Thread<'a>,
}

impl<'a> Hands<'a> {
    /// A helper, when there is to be one, works within `scope`.
    pub(super) fn new<'env>(ledger: Ledger<'a>, scope: &'a Scope<'a, 'env>) -> Self
    where
        'env: 'a,
    {
        Self {
            held: Held::Here(ledger),
            handful: Handful::default(),
            start: Box::new(|ledger, waiting, written| {
                scope.spawn(|| write(ledger, waiting, written))
            }),
            failed: None,
        }
    }

    /// The ledger, with everything written that was handed over.
    pub(super) fn ledger(&mut self) -> &mut Ledger<'a> {
        if !matches!(self.held, Held::Here(_)) {
            self.hand_over();
            self.held = match std::mem::replace(&mut self.held, Held::OnTheWay) {
                Held::Beside(Beside { queue, thread, .. }) => {
                    drop(queue);
                    let (ledger, written) = thread.join().unwrap_or_else(|bug| resume_unwind(bug));
                    self.failed = self.failed.take().or(written.err());
                    Held::Here(ledger)
                }
                held => held,
            };
        }
        match &mut self.held {
            Held::Here(ledger) => ledger,
            Held::Beside(_) | Held::OnTheWay => unreachable!("it was just taken back"),
        }
    }

    /// Hands over what there is; answers whether the helper still listens.
    fn hand_over(&mut self) -> bool {
        match &self.held {
            Held::Beside(Beside { queue, written, .. }) => {
                let next = written.try_recv().unwrap_or_default();
                queue
                    .send(std::mem::replace(&mut self.handful, next))
                    .is_ok()
            }
            _ => true,
        }
    }

    /// The same, unless something that was handed over could not be written.
    pub(super) fn sound_ledger(&mut self) -> Result<&mut Ledger<'a>, Error> {
        self.ledger();
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(self.ledger()),
        }
    }

    /// Records a document that nobody needs to ask about in `batch`: at once, or soon when the batch is large.
    ///
    /// # Errors
    /// [`Error::Refused`] when it holds what cannot be recorded.
    pub(super) fn put(&mut self, document: &Document, batch: i64) -> Result<(), Error> {
        self.held = match std::mem::replace(&mut self.held, Held::OnTheWay) {
            Held::Here(ledger) if ledger.is_large() => {
                let (queue, waiting) = sync_channel(WAITING);
                let (done, written) = channel();
                let thread = (self.start)(ledger, waiting, done);
                Held::Beside(Beside {
                    queue,
                    written,
                    thread,
                })
            }
            held => held,
        };
        if let Held::Here(_) = self.held {
            return self.put_now(document, batch);
        }
        self.handful.add(document, batch)?;
        if !self.handful.is_full() || self.hand_over() {
            return Ok(());
        }
        // It stopped listening because it failed.
        self.sound_ledger().map(drop)
    }

    /// Records a document at once.
    ///
    /// # Errors
    /// [`Error::Refused`] when it holds what cannot be recorded.
    pub(super) fn put_now(&mut self, document: &Document, batch: i64) -> Result<(), Error> {
        self.sound_ledger()?;
        let mut handful = std::mem::take(&mut self.handful);
        let added = handful.add(document, batch);
        let done = added.and_then(|()| self.sound_ledger()?.put(&handful));
        handful.clear();
        self.handful = handful;
        done
    }
}

fn write<'a>(
    mut ledger: Ledger<'a>,
    waiting: Receiver<Handful>,
    written: Sender<Handful>,
) -> (Ledger<'a>, Result<(), Error>) {
    for mut handful in waiting {
        if let Err(error) = ledger.put(&handful) {
            return (ledger, Err(error));
        }
        if !handful.is_beyond_usual() {
            handful.clear();
            let _ = written.send(handful); // whoever does not wait for it does not need it
        }
    }
    (ledger, Ok(()))
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;

    use super::super::Intent;
    use crate::domain::{Confidence, Moment, seeded_id};
    use crate::store::record::Source;
    use crate::store::schema::{entry, source};
    use crate::store::{Error, Store, Writer};

    fn source(code: &str, url: &str) -> Source {
        Source {
            code: code.to_owned(),
            id: seeded_id("source", code),
            url: Some(url.to_owned()),
            title: None,
            publisher: None,
            publisher_kind: None,
            language: None,
            read_on: None,
            confidence: Confidence::Low,
            note: None,
        }
    }

    /// Writes so many sources in one batch. `each` is asked before every one and tells its address.
    fn write(
        store: &mut Store,
        sources: u32,
        mut each: impl FnMut(u32, &mut Writer<'_>) -> String,
    ) -> Result<(), Error> {
        let intent = Intent {
            actor: "secretariat".to_owned(),
            command: "import apply",
            reason: None,
            dry_run: false,
        };
        let clock = || -> Moment { "2026-11-24T00:00:00Z".parse().expect("a time") };
        let written = store.write(&intent, clock, |writer| {
            let mut code = "S-0000".to_owned();
            for number in 0..sources {
                let url = each(number, writer);
                code = writer.source_code_after(&code)?;
                writer.save(source(&code, &url))?;
            }
            Ok::<_, Error>(())
        });
        written.map(drop)
    }

    #[test]
    fn what_was_handed_over_is_there_for_whoever_reads() {
        let mut store = Store::in_memory().expect("memory");
        write(&mut store, 3_000, |number, writer| {
            if number % 701 == 700 {
                let last = format!("S-{number:04}");
                let last: Source = writer.reader().one(&last).expect("the one before");
                assert_eq!(
                    last.url,
                    Some(format!("https://example.org/{}", number - 1))
                );
            }
            format!("https://example.org/{number}")
        })
        .expect("written");
        let codes: Vec<String> = entry::table
            .filter(entry::kind.eq("source"))
            .order(entry::number)
            .select(entry::code)
            .load(&mut store.db)
            .expect("the journal");
        assert_eq!(codes.len(), 3_000);
        assert!(codes.is_sorted());
        let mut one_by_one = Store::in_memory().expect("memory");
        write(&mut one_by_one, 3_000, |number, writer| {
            writer.db(); // takes the ledger back every time
            format!("https://example.org/{number}")
        })
        .expect("written");
        let tiles = |store: &mut Store| -> Vec<(i32, i64, Vec<u8>)> {
            use crate::store::schema::tile;
            tile::table.load(&mut store.db).expect("the tree")
        };
        // The entry that closes the first batch names the registry by a new identifier; the tiles before it are the same.
        let (one, other) = (tiles(&mut store), tiles(&mut one_by_one));
        assert_eq!(one.first(), other.first());
        assert_eq!(one.len(), other.len());
    }

    #[test]
    fn what_cannot_be_written_beside_is_an_error_of_the_batch() {
        let mut store = Store::in_memory().expect("memory");
        for at in [1_500, 2_999] {
            let failed = write(&mut store, 3_000, |number, _| {
                let number = if number == at { 7 } else { number };
                format!("https://example.org/{number}")
            });
            assert!(matches!(failed, Err(Error::Constraint(_))), "{failed:?}");
            let left: i64 = source::table
                .count()
                .get_result(&mut store.db)
                .expect("a count");
            assert_eq!(left, 0);
        }
        // The connection is sound, and the schema checks again.
        write(&mut store, 10, |number, _| {
            format!("https://example.org/{number}")
        })
        .expect("written");
        let short = "INSERT INTO source (code, id, confidence) VALUES ('S-9999', 'short', 'low')";
        assert!(diesel::sql_query(short).execute(&mut store.db).is_err());
    }
}
