//! The mapping that a foreign file is read through: a file, or one that the registry keeps.

use std::path::Path;

use super::ImportError;
use crate::error::Error;
use crate::exchange::{self, PlannedMapping};
use crate::store::{self, Reader};

/// The mapping that `named` is: a file of that name, else one that the registry keeps.
pub(super) fn mapping(named: &str, reader: &mut Reader<'_>) -> Result<PlannedMapping, Error> {
    let path = Path::new(named);
    if path.exists() && !path.is_dir() {
        let text = crate::input::text(path).map_err(|cause| Error::Read {
            path: path.to_owned(),
            cause,
        })?;
        return Ok(PlannedMapping {
            name: named.to_owned(),
            text,
        });
    }
    let kept = reader.find::<store::Mapping>(named)?;
    let kept = kept.ok_or_else(|| ImportError::NoMapping(named.to_owned()))?;
    Ok(PlannedMapping {
        name: kept.code,
        text: kept.text,
    })
}

/// The mapping as the reader of files needs it.
pub(super) fn parsed(mapping: &PlannedMapping) -> Result<exchange::Mapping, Error> {
    Ok(exchange::Mapping::from_toml(&mapping.name, &mapping.text)?)
}
