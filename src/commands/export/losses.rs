//! The loss report: what a format cannot hold, a line each, on standard error or in a CSV file.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::error::Error;
use crate::exchange::Loss;

/// Losses that a reader is shown; a file has all.
const SHOWN: usize = 50;

/// Where losses are reported.
pub(super) enum Losses<'a> {
    ToReader {
        context: &'a Context,
        count: usize,
    },
    ToFile {
        context: &'a Context,
        path: PathBuf,
        writer: csv::Writer<BufWriter<File>>,
    },
}

impl<'a> Losses<'a> {
    pub(super) fn new(context: &'a Context, file: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = file else {
            return Ok(Self::ToReader { context, count: 0 });
        };
        context.refuse_to_overwrite_registry(path)?;
        if context.out.file() == Some(path) {
            let why = "why-file-of-export";
            return Err(Error::OutOfPlace {
                option: "--loss",
                why,
            });
        }
        let failed = |cause| Error::File {
            path: path.to_owned(),
            cause,
        };
        let file = File::create(path).map_err(failed)?;
        let mut file = BufWriter::new(file);
        file.write_all(context.out.mark(Some(path)))
            .map_err(failed)?;
        let mut writer = csv::Writer::from_writer(file);
        let written = writer.write_record(["code", "field", "loss"]);
        written.map_err(|error| failed(error.into()))?;
        Ok(Self::ToFile {
            context,
            path: path.to_owned(),
            writer,
        })
    }

    /// Reports losses.
    pub(super) fn report(&mut self, losses: Vec<Loss>) -> Result<(), Error> {
        for loss in losses {
            match self {
                Self::ToReader { context, count } => {
                    *count += 1;
                    let Loss { code, field, what } = loss;
                    if *count <= SHOWN {
                        let said = message!("receipt-loss", code, field, what);
                        context.out.say(&said);
                    }
                }
                Self::ToFile {
                    context,
                    path,
                    writer,
                } => {
                    let what = context.out.in_words(&loss.what);
                    let cells = [loss.code.as_str(), loss.field, &what].map(crate::domain::guarded);
                    let written = writer.write_record(cells.iter().map(|cell| cell.as_bytes()));
                    written.map_err(|error| Error::File {
                        path: path.clone(),
                        cause: error.into(),
                    })?;
                }
            }
        }
        Ok(())
    }

    /// Everything has been reported.
    pub(super) fn finish(self) -> Result<(), Error> {
        match self {
            Self::ToReader { context, count } => {
                if let Some(more @ 1..) = count.checked_sub(SHOWN) {
                    context.out.say(&message!("receipt-losses-more", more));
                }
                Ok(())
            }
            Self::ToFile {
                path, mut writer, ..
            } => writer.flush().map_err(|cause| Error::File { path, cause }),
        }
    }
}
