//! What the registry can tell, as plain structs that any format can print.

mod mechanism;
mod progress;
mod project;
mod project_list;
mod summary;

pub(crate) use mechanism::MechanismReport;
pub(crate) use progress::{Days, Limits, Named, ProgressGroup, ProgressReport};
pub(crate) use project::{ProjectReport, ProjectSource, Related};
pub(crate) use project_list::ProjectList;
pub(crate) use summary::{Count, Group, Key, Summary, World};
