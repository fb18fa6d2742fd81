//! Writes a bundle, part by part in the order in which the parts stand in it. Times are left at the beginning of the format's
//! calendar: the same registry and the same checkpoint give the same bytes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{
    CHECKPOINT, DOCUMENTS, JOURNAL, KEY, PACKAGE, README, RECORDS, SCRIPT, proof_name, record_line,
    tile_name,
};
use crate::domain::media_type;
use crate::exchange::Error;
use crate::exchange::datapackage::{descriptor_bytes, package_files};
use crate::exchange::tables::Table;
use crate::merkle::checkpoint::SignedCheckpoint;
use crate::merkle::key::VerifierKey;
use crate::merkle::proof::InclusionProof;
use crate::store::{Document, Kind, sha256};

/// The last entry about a record.
#[derive(Debug)]
pub(crate) struct Current {
    pub(crate) index: u64,
    pub(crate) kind: &'static str,
    pub(crate) code: String,
    pub(crate) bytes: String,
}

/// A bundle that is being written.
pub(crate) struct BundleWriter {
    zip: ZipWriter<BufWriter<File>>,
}

fn broken(error: zip::result::ZipError) -> Error {
    Error::Write(error.into())
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

impl BundleWriter {
    /// Begins with what says how to check the rest.
    pub(crate) fn new(
        file: &Path,
        signed: &SignedCheckpoint,
        key: &VerifierKey,
    ) -> Result<Self, Error> {
        let mut bundle = Self {
            zip: ZipWriter::new(BufWriter::new(File::create(file)?)),
        };
        bundle.small(README, readme(signed, key).as_bytes())?;
        bundle.small(SCRIPT, script()?.as_bytes())?;
        bundle.small(CHECKPOINT, signed.to_string().as_bytes())?;
        bundle.small(KEY, format!("{key}\n").as_bytes())?;
        Ok(bundle)
    }

    fn small(&mut self, name: &str, content: &[u8]) -> Result<(), Error> {
        self.zip.start_file(name, options()).map_err(broken)?;
        Ok(self.zip.write_all(content)?)
    }

    fn long(&mut self, name: &str) -> Result<(), Error> {
        let options = options().large_file(true);
        self.zip.start_file(name, options).map_err(broken)
    }

    /// The journal comes next.
    pub(crate) fn journal(&mut self) -> Result<(), Error> {
        self.long(JOURNAL)
    }

    pub(crate) fn entry(&mut self, bytes: &str) -> Result<(), Error> {
        Ok(writeln!(self.zip, "{bytes}")?)
    }

    /// The records come next, in the order of a data package.
    pub(crate) fn records(&mut self) -> Result<(), Error> {
        self.long(RECORDS)
    }

    pub(crate) fn record(&mut self, current: &Current) -> Result<(), Error> {
        let line = record_line(&current.bytes).ok_or_else(|| Error::NotOurs {
            file: JOURNAL.to_owned(),
            why: message!("why-entry-without-batch", number = current.index),
        })?;
        Ok(writeln!(self.zip, "{line}")?)
    }

    /// The data package, from the folder that it was written into.
    pub(crate) fn package(&mut self, folder: &Path) -> Result<(), Error> {
        for name in package_files() {
            self.long(&format!("{PACKAGE}{name}"))?;
            io::copy(&mut File::open(folder.join(name))?, &mut self.zip)?;
        }
        Ok(())
    }

    /// A document that is kept with a source, as it is: what is packed already does not get smaller.
    pub(crate) fn document(&mut self, sha256: &str, bytes: &[u8]) -> Result<(), Error> {
        let name = format!("{DOCUMENTS}{sha256}.{}", media_type(bytes).extension);
        let options = options().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, options).map_err(broken)?;
        Ok(self.zip.write_all(bytes)?)
    }

    pub(crate) fn proof(&mut self, of: &Current, proof: &InclusionProof) -> Result<(), Error> {
        let name = proof_name(of.kind, &of.code);
        self.small(&name, proof.to_string().as_bytes())
    }

    /// A tile of which `width` hashes belong to the tree.
    pub(crate) fn tile(
        &mut self,
        level: u8,
        number: u64,
        width: usize,
        hashes: &[u8],
    ) -> Result<(), Error> {
        self.small(&tile_name(level, number, width), hashes)
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        let mut file = self.zip.finish().map_err(broken)?;
        Ok(file.flush()?)
    }
}

/// The document that an entry holds.
pub(crate) fn entry_document(bytes: &str) -> Result<Document, Error> {
    #[derive(serde::Deserialize)]
    struct Said {
        document: serde_json::Value,
        kind: Kind,
    }
    let said: Said = serde_json::from_str(bytes)?;
    Ok(said.kind.document(said.document)?)
}

/// The README of a bundle.
pub(super) fn readme(signed: &SignedCheckpoint, key: &VerifierKey) -> String {
    let checkpoint = signed.checkpoint();
    include_str!("README.md")
        .replace("{ORIGIN}", checkpoint.origin())
        .replace("{ENTRIES}", &checkpoint.size().to_string())
        .replace("{ROOT}", &checkpoint.root().to_string())
        .replace("{KEY}", &key.to_string())
}

/// The script of a bundle, which learns from here which table holds which list of a record, and what the files say that are the
/// same in every bundle of this release.
pub(super) fn script() -> Result<String, Error> {
    let table = |table: &Table| {
        let list = table.list.as_ref();
        let list = list.map_or("None".to_owned(), |list| format!("{:?}", list.field));
        format!("{:?}: ({:?}, {list}),", table.name, table.kind.word())
    };
    let tables: Vec<String> = Table::all().map(table).collect();
    let lines: Vec<String> = tables
        .chunks(2)
        .map(|pair| format!("    {}", pair.join(" ")))
        .collect();
    let readme = include_str!("README.md").split('\n');
    let readme: Vec<&str> = readme
        .filter(|line| !line.starts_with("    ") || !line.ends_with('}'))
        .collect();
    let script =
        include_str!("verify.py").replace("    # TABLES\n", &format!("{}\n", lines.join("\n")));
    let script = script.replace("# PACKAGE", &sha256(&descriptor_bytes(false)?));
    Ok(script.replace("# README", &sha256(readme.join("\n").as_bytes())))
}
