//! A project as a text that people edit: TOML with a remark where a field has a list of words, read back with every slip
//! named by its line. What `write` writes, `read` reads unchanged.

mod blank;
mod error;
mod merged;
mod quote;
mod read;
mod remark;
mod slips;
mod write;

pub(crate) use blank::blank;
pub(crate) use error::Error;
pub(crate) use merged::Versions;
pub(crate) use read::{
    AmountText, EventText, ParticipationText, PartyText, ProjectText, RiskText, SourceText,
};
pub(crate) use remark::Remarks;
pub(crate) use slips::{Reading, read};
pub(crate) use write::{FindingsOnTop, Writing};
