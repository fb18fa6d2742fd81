//! A foreign archive, read with suspicion: nothing is unpacked by the names that it gives, nothing is read past a limit, and a
//! name that stands in it twice, or a file inside another one, is refused.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::exchange::Error;

/// Bytes of the longest line that is read.
const LONGEST_LINE: u64 = 64 << 20;
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
        let damaged = |why: String| Error::Damaged {
            file: path.display().to_string(),
            why,
        };
        let file = BufReader::new(File::open(path).map_err(Error::Read)?);
        let mut zip = ZipArchive::new(file).map_err(|error| match error {
            ZipError::InvalidArchive(_) => {
                damaged("it is no archive, or a part is missing".to_owned())
            }
            error => damaged(error.to_string()),
        })?;
        if zip.has_duplicate_names() {
            return Err(damaged("a name stands in it twice".to_owned()));
        }
        if zip.has_overlapping_files().unwrap_or(true) {
            return Err(damaged("files overlap in it".to_owned()));
        }
        let names = zip
            .file_names()
            .map(|name| name.map(std::borrow::Cow::into_owned));
        let names = names
            .collect::<Result<BTreeSet<_>, _>>()
            .map_err(|error| damaged(error.to_string()))?
            .into_iter()
            .filter(|name| !name.ends_with('/')) // a folder, which holds nothing itself
            .collect();
        Ok(Self {
            path: path.to_owned(),
            zip,
            names,
        })
    }

    pub(in crate::exchange) fn damaged(&self, why: impl Into<String>) -> Error {
        Error::Damaged {
            file: self.path.display().to_string(),
            why: why.into(),
        }
    }

    /// A file of the archive, to be read from its beginning.
    fn file(&mut self, name: &str) -> Result<impl Read + '_, Error> {
        let (path, why) = (self.path.display().to_string(), name.to_owned());
        let damaged = move |what: String| Error::Damaged {
            file: path,
            why: format!("{why}: {what}"),
        };
        if !self.names.contains(name) {
            return Err(damaged("it is missing".to_owned()));
        }
        match self.zip.by_name(name) {
            Ok(file)
                if file.size() > HARMLESS.max(file.compressed_size().saturating_mul(RATIO)) =>
            {
                Err(damaged("it is far longer than its packed form".to_owned()))
            }
            Ok(file) => {
                let size = file.size();
                Ok(file.take(size))
            }
            Err(error) => Err(damaged(error.to_string())),
        }
    }

    /// A short file, whole.
    pub(in crate::exchange) fn small(&mut self, name: &str, most: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let read = self.file(name)?.take(limit).read_to_end(&mut bytes);
        match read {
            Ok(_) if bytes.len() > most => Err(self.damaged(format!("{name}: it is too long"))),
            Ok(_) => Ok(bytes),
            Err(error) => Err(self.damaged(format!("{name}: {error}"))),
        }
    }

    /// Hands the lines of a file to `take`, without their ends, until it answers false.
    pub(in crate::exchange) fn lines(
        &mut self,
        name: &str,
        mut take: impl FnMut(u64, &[u8]) -> bool,
    ) -> Result<(), Error> {
        let refused = |why: &str| Error::Damaged {
            file: self.path.display().to_string(),
            why: format!("{name}: {why}"),
        };
        let (unended, unread) = (
            refused("its last line does not end"),
            refused("a line is too long"),
        );
        let path = self.path.display().to_string();
        let mut file = BufReader::with_capacity(1 << 16, self.file(name)?);
        let mut line = Vec::new();
        for number in 0.. {
            line.clear();
            let read = (&mut file).take(LONGEST_LINE).read_until(b'\n', &mut line);
            let length = read.map_err(|error| Error::Damaged {
                file: path.clone(),
                why: format!("{name}: {error}"),
            })?;
            match line.split_last() {
                None => break,
                Some((b'\n', rest)) if !take(number, rest) => break,
                Some((b'\n', _)) => {}
                Some(_) if length as u64 == LONGEST_LINE => return Err(unread),
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
            Err(error) => Err(self.damaged(format!("{name}: {error}"))),
        }
    }
}
