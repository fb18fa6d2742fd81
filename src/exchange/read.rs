//! Our own exports read back, whatever their format.

use std::path::{Path, PathBuf};

use super::{Error, datapackage, records};
use crate::input;
use crate::message::Message;
use crate::store::Document;

/// An export of ours, by its form.
#[derive(Debug)]
pub(crate) enum Import {
    Json(PathBuf),
    /// One record a line.
    Lines(PathBuf),
    /// One entry of the journal a line.
    Journal(PathBuf),
    Folder(PathBuf),
    Zip(PathBuf),
}

impl Import {
    /// Tells the form of the export at `path` from its name and its first line.
    pub(crate) fn of(path: &Path) -> Result<Self, Error> {
        let own = path.to_owned();
        let metadata = path.metadata().map_err(Error::Read)?;
        if metadata.is_dir() {
            return Ok(Self::Folder(own));
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension {
            Some("json")
                if path
                    .file_name()
                    .is_some_and(|name| name == "datapackage.json") =>
            {
                Ok(Self::Folder(
                    path.parent().unwrap_or(Path::new("")).to_owned(),
                ))
            }
            Some("json") => Ok(Self::Json(own)),
            Some("zip") => Ok(Self::Zip(own)),
            Some("ndjson" | "jsonl") => {
                let first = input::lines(opened(path)?).next().transpose();
                let first = first.map_err(Error::Read)?;
                let first = first.unwrap_or_default();
                let value: serde_json::Value = serde_json::from_str(&first).unwrap_or_default();
                Ok(if value.get("batch").is_some() {
                    Self::Journal(own)
                } else {
                    Self::Lines(own)
                })
            }
            _ => Err(Error::NotOurs {
                file: path.display().to_string(),
                why: message!("why-name-of-export"),
            }),
        }
    }

    /// Hands the records to `take`, which may end the reading by answering false. `scratch` is a path where a folder can be
    /// made; whoever calls removes it.
    pub(crate) fn records(
        &self,
        scratch: &Path,
        take: &mut dyn FnMut(Document) -> bool,
    ) -> Result<(), Error> {
        match self {
            Self::Json(path) => {
                records::read_json(opened(path)?, take).map_err(|error| Error::Line {
                    file: path.display().to_string(),
                    line: u64::try_from(error.line()).unwrap_or(0),
                    why: Message::foreign(error),
                })
            }
            Self::Lines(path) | Self::Journal(path) => {
                for (number, line) in (1..).zip(input::lines(opened(path)?)) {
                    let line = line.map_err(Error::Read)?;
                    let document = records::read_line(&line).map_err(|why| Error::Line {
                        file: path.display().to_string(),
                        line: number,
                        why,
                    })?;
                    if !take(document) {
                        break;
                    }
                }
                Ok(())
            }
            Self::Folder(path) => datapackage::read_folder(path, take),
            Self::Zip(path) => datapackage::read_zip(path, scratch, take),
        }
    }
}

fn opened(path: &Path) -> Result<std::fs::File, Error> {
    input::open(path).map_err(Error::Read)
}
