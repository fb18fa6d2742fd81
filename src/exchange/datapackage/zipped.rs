//! The package as one archive.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{DESCRIPTOR, file_name, schema};
use crate::exchange::Error;
use crate::exchange::archive::Archive;

fn broken(error: zip::result::ZipError) -> Error {
    Error::Write(error.into())
}

/// Packs the package in `folder` into `archive`. Times are left at the beginning of the format's calendar: the same registry
/// gives the same bytes.
pub(crate) fn pack(folder: &Path, archive: &Path) -> Result<(), Error> {
    let mut zip = ZipWriter::new(io::BufWriter::new(File::create(archive)?));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for name in [DESCRIPTOR.to_owned()]
        .into_iter()
        .chain(schema::tables(true).map(file_name))
    {
        zip.start_file(name.as_str(), options).map_err(broken)?;
        io::copy(&mut File::open(folder.join(name))?, &mut zip)?;
    }
    zip.finish().map_err(broken)?;
    Ok(())
}

/// Unpacks the files of these names, and no others, into the new folder `folder`.
pub(super) fn unpack(
    archive: &Path,
    folder: &Path,
    names: impl Iterator<Item = String>,
) -> Result<(), Error> {
    let not_ours = |error| match error {
        Error::Damaged { file, why } => Error::NotOurs { file, why },
        error => error,
    };
    let mut packed = Archive::open(archive).map_err(not_ours)?;
    fs::create_dir(folder)?;
    for name in names {
        packed
            .unpack(&name, &folder.join(&name))
            .map_err(not_ours)?;
    }
    Ok(())
}
