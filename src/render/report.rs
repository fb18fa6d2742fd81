//! The report for a meeting: a page of HTML, a workbook or a document, all from one object, and its brief.

mod brief;
mod chart;
mod codes;
mod html;
mod page;
mod palette;
mod tables;
mod words;
mod xlsx;

use super::{Error, Format, Labels, json, markdown};
use crate::report::{Gathered, MeetingReport, World};
pub(crate) use brief::BriefView;

/// A report, and what its names are taken from.
#[derive(Debug)]
pub(crate) struct MeetingView {
    pub(super) report: MeetingReport,
    pub(super) world: World,
}

impl MeetingView {
    pub(crate) fn of(gathered: Gathered, world: World) -> Self {
        Self {
            report: MeetingReport::of(gathered, &world),
            world,
        }
    }

    /// The report in the chosen `format`; as text there is its brief.
    pub(crate) fn bytes(&self, labels: &Labels, format: Format) -> Result<Vec<u8>, Error> {
        match format {
            Format::Html => html::write(self, labels),
            Format::Xlsx => xlsx::write(self, labels),
            Format::Json => json(&self.report),
            Format::Markdown => Ok(markdown::write(&self.page(labels), labels).into_bytes()),
            Format::Text | Format::Csv | Format::Toml | Format::Docx => Err(Error::NotAs(format)),
        }
    }
}

#[cfg(test)]
mod tests;
