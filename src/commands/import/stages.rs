//! A plan is made in three stages, each on a thread of its own: rows are read, weighed against the registry, written down.

use std::io::Write;
use std::panic::resume_unwind;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

use super::preparing::Planned;
use crate::error::Error;
use crate::exchange::{self, PlanLine};

/// What is handed on together: one by one, waking the next thread would cost more than it helps.
const TOGETHER: usize = 64;
/// Bytes of cells that are handed on together, roughly: of rows with long texts, few are in memory at a time.
const MUCH: usize = 1 << 18;
/// Handfuls that wait for a stage, at most.
const WAITING: usize = 4;

/// Lets `read` tell the projects of a file one after another, as long as it is answered with true, decides on each with `plan`,
/// and writes to `out` what `write` makes of it. Answers what `read` came to.
///
/// What `write` is done with goes back to where it comes from: memory is given up on the thread that took it, or the threads
/// would wait for each other's.
///
/// # Errors
/// The first one of `plan` or `write`, and [`exchange::Error::Write`] where `out` takes no more.
pub(super) fn run<R: Send>(
    read: impl FnOnce(&mut dyn FnMut(Planned) -> bool) -> R + Send,
    mut plan: impl FnMut(&mut Planned) -> Result<(), Error>,
    mut write: impl FnMut(Planned, &mut Vec<u8>, &mut Vec<PlanLine>) -> Result<(), Error> + Send,
    out: &mut (dyn Write + Send),
) -> Result<R, Error> {
    thread::scope(|scope| {
        let (rows, prepared) = sync_channel::<Vec<Planned>>(WAITING);
        let (spent, returned) = channel::<Vec<PlanLine>>();
        let reader = scope.spawn(move || {
            let (mut handful, mut bytes) = (Vec::new(), 0);
            let read = read(&mut |planned: Planned| {
                bytes += planned.bytes();
                handful.push(planned);
                if handful.len() < TOGETHER && bytes < MUCH {
                    return true;
                }
                bytes = 0;
                returned.try_iter().for_each(drop);
                rows.send(std::mem::take(&mut handful)).is_ok()
            });
            let _ = rows.send(handful); // whoever stopped listening knows why
            read
        });
        let (plans, planned) = sync_channel::<Vec<Planned>>(WAITING);
        let writer = scope.spawn(move || -> Result<(), Error> {
            let mut text = Vec::new();
            for handful in planned {
                let mut lines = Vec::new();
                let mut each = handful.into_iter();
                let done = each.try_for_each(|planned| write(planned, &mut text, &mut lines));
                let _ = spent.send(lines); // where all is read, nobody waits for it
                done?;
                out.write_all(&text).map_err(exchange::Error::Write)?;
                text.clear();
            }
            Ok(())
        });
        for mut handful in prepared {
            handful.iter_mut().try_for_each(&mut plan)?;
            if plans.send(handful).is_err() {
                break; // it could not be written: why comes next
            }
        }
        drop(plans);
        writer.join().unwrap_or_else(|bug| resume_unwind(bug))?;
        Ok(reader.join().unwrap_or_else(|bug| resume_unwind(bug)))
    })
}
