//! What to do next when the journal does not allow something.

use crate::message::Message;

/// What to do next when the journal does not allow something.
pub(super) fn hint(error: &crate::store::Error) -> Option<Message> {
    use crate::store::Error as Store;
    Some(match error {
        Store::ClockBehind { last, .. } => message!("hint-clock-behind", batch = last.number),
        Store::ClockAhead { .. } => message!("hint-clock-ahead"),
        Store::OfAnother { batch, .. } => message!("hint-undo-of-another", batch = batch.number),
        Store::NothingYet { .. } => message!("hint-nothing-yet"),
        Store::TakenBack { by, .. } => message!("hint-undone-before", by),
        Store::NothingTo("undo") => message!("hint-nothing-to-undo"),
        Store::NothingTo(_) => message!("hint-nothing-to-redo"),
        Store::Overtaken { records, .. } => {
            let last = records.iter().map(|(.., batch)| *batch).max();
            message!("hint-overtaken", batch = last.unwrap_or_default())
        }
        Store::Dangling { .. } => message!("hint-dangling"),
        Store::SeveralKinds { .. } => message!("hint-kind"),
        _ => return None,
    })
}
