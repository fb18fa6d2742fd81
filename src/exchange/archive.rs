//! A foreign archive, read with suspicion: nothing is unpacked by the names that it gives, nothing is read past a limit, and a
//! name that stands in it twice, or a file inside another one, is refused.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::exchange::Error;
use crate::input;
use crate::message::Message;

/// How many times longer than its packed form a file may be: text of records packs to about a twentieth.
const RATIO: u64 = 400;
/// Bytes of a file whose ratio does not matter.
const HARMLESS: u64 = 1 << 20;

/// An archive.
pub(in crate::exchange) struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    pub(in crate::exchange) names: BTreeSet<String>,
}

impl Archive {
    pub(in crate::exchange) fn open(path: &Path) -> Result<Self, Error> {
        let damaged = |why: Message| Error::Damaged {
            file: path.display().to_string(),
            why,
        };
        let file = BufReader::new(input::open(path).map_err(Error::Read)?);
        let mut zip = ZipArchive::new(file).map_err(|error| match error {
            ZipError::InvalidArchive(_) => damaged(message!("why-no-archive")),
            error => damaged(Message::foreign(error)),
        })?;
        if zip.has_duplicate_names() {
            return Err(damaged(message!("why-name-twice")));
        }
        if zip.has_overlapping_files().unwrap_or(true) {
            return Err(damaged(message!("why-files-overlap")));
        }
        let names = zip
            .file_names()
            .map(|name| name.map(std::borrow::Cow::into_owned));
        let names = names
            .collect::<Result<BTreeSet<_>, _>>()
            .map_err(|error| damaged(Message::foreign(error)))?
            .into_iter()
            .filter(|name| !name.ends_with('/')) // a folder, which holds nothing itself
            .collect();
        Ok(Self {
            path: path.to_owned(),
            zip,
            names,
        })
    }

    pub(in crate::exchange) fn damaged(&self, why: impl Into<Message>) -> Error {
        Error::Damaged {
            file: self.path.display().to_string(),
            why: why.into(),
        }
    }

    /// A file of the archive, to be read from its beginning.
    fn file(&mut self, name: &str) -> Result<impl Read + '_, Error> {
        let (path, name_of_it) = (self.path.display().to_string(), name.to_owned());
        let damaged = move |why: Message| Error::Damaged {
            file: path,
            why: message!("why-in-part", part = name_of_it, why),
        };
        if !self.names.contains(name) {
            return Err(damaged(message!("why-missing")));
        }
        match self.zip.by_name(name) {
            Ok(file)
                if file.size() > HARMLESS.max(file.compressed_size().saturating_mul(RATIO)) =>
            {
                Err(damaged(message!("why-bomb")))
            }
            Ok(file) => {
                let size = file.size();
                Ok(file.take(size))
            }
            Err(error) => Err(damaged(Message::foreign(error))),
        }
    }

    /// A short file, whole.
    pub(in crate::exchange) fn small(&mut self, name: &str, most: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let read = self.file(name)?.take(limit).read_to_end(&mut bytes);
        match read {
            Ok(_) if bytes.len() > most => {
                let why = message!("why-too-long");
                Err(self.damaged(message!("why-in-part", part = name, why)))
            }
            Ok(_) => Ok(bytes),
            Err(error) => {
                let why = input::explained(&error);
                Err(self.damaged(message!("why-in-part", part = name, why)))
            }
        }
    }

    /// Hands the lines of a file to `take`, without their ends, until it answers false.
    pub(in crate::exchange) fn lines(
        &mut self,
        name: &str,
        mut take: impl FnMut(u64, &[u8]) -> bool,
    ) -> Result<(), Error> {
        let why = message!("why-no-line-end");
        let unended = self.damaged(message!("why-in-part", part = name, why));
        let path = self.path.display().to_string();
        let mut file = BufReader::with_capacity(1 << 16, self.file(name)?);
        let mut line = Vec::new();
        for number in 0.. {
            line.clear();
            let read = input::read_line(&mut file, &mut line);
            read.map_err(|error| Error::Damaged {
                file: path.clone(),
                why: message!(
                    "error-in-file",
                    file = name,
                    line = number + 1,
                    why = input::explained(&error)
                ),
            })?;
            match line.split_last() {
                None => break,
                Some((b'\n', rest)) if !take(number, rest) => break,
                Some((b'\n', _)) => {}
                Some(_) => return Err(unended),
            }
        }
        Ok(())
    }

    /// Unpacks one file to a path of our own choice.
    pub(in crate::exchange) fn unpack(&mut self, name: &str, to: &Path) -> Result<(), Error> {
        let mut target = File::create(to)?;
        let copied = io::copy(&mut self.file(name)?, &mut target);
        match copied {
            Ok(_) => Ok(()),
            Err(error) => {
                let why = input::explained(&error);
                Err(self.damaged(message!("why-in-part", part = name, why)))
            }
        }
    }
}
