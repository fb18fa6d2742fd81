//! What is looked at before a workbook is opened: whether it has a password, and whether it unpacks to more than anybody can read.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};

use super::{ZIP, unreadable};
use crate::input::{self, explained};
use crate::message::Message;

/// How much the sheets may hold when they are unpacked, in bytes: far more than a sheet of a million rows.
const UNPACKED: u64 = 2 << 30;

/// How much everything else may hold, which the library keeps in memory: texts, styles.
const KEPT: u64 = 256 << 20;

/// The longest text of one cell, in bytes. Spreadsheets end at 32767 letters.
const LONGEST_TEXT: u64 = 4 << 20;

/// What a workbook is.
pub(super) struct Kind {
    /// `xlsx`, `xls` or `ods`.
    pub(super) format: &'static str,
    /// Whether a sheet may have a formula.
    pub(super) has_formulas: bool,
}

/// Answers what the workbook is, or why it is not opened.
pub(super) fn guard(file: &mut File) -> Result<Kind, Message> {
    let mut start = [0; 4];
    file.seek(SeekFrom::Start(0))
        .and_then(|_| file.read_exact(&mut start))
        .and_then(|()| file.seek(SeekFrom::Start(0)))
        .map_err(|error| explained(&error))?;
    if start == ZIP {
        return unpacked(file);
    }
    let bytes = input::read_all(file, KEPT).map_err(|error| explained(&error))?;
    let protected = "EncryptedPackage".encode_utf16();
    let protected: Vec<u8> = protected.flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(&bytes, &protected).is_some() {
        return Err(super::PROTECTED.into());
    }
    if claims_too_much(&bytes) || has_circle(&bytes) {
        return Err("why-workbook-damaged".into());
    }
    Ok(Kind {
        format: "xls",
        has_formulas: false,
    })
}

/// Whether a sheet of an older workbook says that it has more rows or columns than there can be: the library sets memory aside for
/// as many (MS-XLS, 2.4.90 Dimensions).
fn claims_too_much(bytes: &[u8]) -> bool {
    const ROWS: u32 = 1 << 16;
    const COLUMNS: u16 = 1 << 8;
    memchr::memmem::find_iter(bytes, &[0x00, 0x02]).any(|at| {
        let Some([length, 0, record @ ..]) = bytes.get(at + 2..at + 16) else {
            return false;
        };
        let (rows, columns) = match (length, record) {
            (14 | 16, [_, _, _, _, a, b, c, d, _, _, e, f]) => {
                (u32::from_le_bytes([*a, *b, *c, *d]), [*e, *f])
            }
            _ => return false,
        };
        rows > ROWS || u16::from_le_bytes(columns) > COLUMNS
    })
}

/// Returns whether a chain of sectors of an older workbook comes back to itself: the library would follow it until memory ends
/// (MS-CFB, 2.2 header, 2.3 FAT). Nothing is expected of a file that is too short for a header.
fn has_circle(bytes: &[u8]) -> bool {
    /// From here on a number is no sector.
    const RESERVED: u32 = 0xFFFF_FFFA;
    const LOCATIONS: std::ops::Range<usize> = 0x4C..0x200;
    let size = match bytes.get(0x1E) {
        Some(9) => 512,
        Some(12) => 4096,
        _ => return false,
    };
    let numbers = |part: &[u8]| -> Vec<u32> {
        let (whole, _) = part.as_chunks::<4>();
        whole
            .iter()
            .map(|number| u32::from_le_bytes(*number))
            .collect()
    };
    let sector = |id: u32| {
        let start = usize::try_from(id)
            .ok()?
            .checked_add(1)?
            .checked_mul(size)?;
        bytes.get(start..bytes.len().min(start.checked_add(size)?))
    };
    let mut tables = numbers(bytes.get(LOCATIONS).unwrap_or_default());
    let mut more = numbers(bytes.get(0x44..0x48).unwrap_or_default());
    let mut left = bytes.len() / size;
    while let Some(id) = more.pop().filter(|id| *id < RESERVED) {
        let Some(rest) = left.checked_sub(1) else {
            return true;
        };
        left = rest;
        let mut found = numbers(sector(id).unwrap_or_default());
        more.extend(found.pop());
        tables.extend(found);
    }
    let tables = tables.into_iter().filter(|id| *id < RESERVED);
    let next: Vec<u32> = tables.filter_map(sector).flat_map(numbers).collect();
    // Which walk met a sector first; a walk that meets its own has gone round.
    let mut met = vec![0_usize; next.len()];
    for start in 0..next.len() {
        let mut at = start;
        while let Some(place) = met.get_mut(at) {
            match *place {
                0 => *place = start + 1,
                walk if walk == start + 1 => return true,
                _ => break,
            }
            let Some(id) = next.get(at).filter(|id| **id < RESERVED) else {
                break;
            };
            at = usize::try_from(*id).unwrap_or(usize::MAX);
        }
    }
    false
}

/// Unpacks everything once, to nowhere.
fn unpacked(file: &mut File) -> Result<Kind, Message> {
    let mut archive =
        zip::ZipArchive::new(BufReader::new(file)).map_err(|error| unreadable(&error))?;
    let mut formulas = false;
    let (mut sheets, mut kept) = (0, 0);
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|error| unreadable(&error))?;
        let name = entry
            .name()
            .map(|name| name.to_string())
            .unwrap_or_default();
        let is_sheet = name.starts_with("xl/worksheets/") || name == "content.xml";
        let (total, most) = if is_sheet {
            (&mut sheets, UNPACKED)
        } else {
            (&mut kept, KEPT)
        };
        let mut scan = Scan::default();
        let mut chunk = vec![0; 1 << 16];
        loop {
            let length = entry.read(&mut chunk).map_err(|error| unreadable(&error))?;
            if length == 0 {
                break;
            }
            *total += length as u64;
            if *total > most {
                return Err(message!(
                    "why-workbook-too-large",
                    part = name,
                    most = most >> 20
                ));
            }
            let piece = chunk.get(..length).unwrap_or_default();
            if name == "META-INF/manifest.xml"
                && memchr::memmem::find(piece, b"encryption-data").is_some()
            {
                return Err(super::PROTECTED.into());
            }
            scan.take(piece);
            if scan.since_tag > LONGEST_TEXT && is_xml(&name) {
                return Err(message!(
                    "why-workbook-long-text",
                    part = name,
                    most = LONGEST_TEXT >> 20
                ));
            }
        }
        formulas |= is_sheet && scan.formulas;
    }
    let format = if archive.index_for_name("xl/workbook.xml").is_some() {
        "xlsx"
    } else if archive.index_for_name("content.xml").is_some() {
        "ods"
    } else {
        return Err("why-workbook-archive".into());
    };
    Ok(Kind {
        format,
        has_formulas: formulas,
    })
}

fn is_xml(name: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "xml" || extension == "rels")
}

/// What is found in a part of a workbook while it is unpacked.
#[derive(Default)]
struct Scan {
    /// Bytes since a tag began.
    since_tag: u64,
    formulas: bool,
}

impl Scan {
    fn take(&mut self, chunk: &[u8]) {
        match memchr::memrchr(b'<', chunk) {
            None => self.since_tag += chunk.len() as u64,
            Some(last) => {
                self.since_tag = (chunk.len() - last) as u64;
                // A tag that the end of the piece cuts may be one, too: it costs a look, nothing else.
                let is_cut = chunk.len() - last < 3;
                let ends = [b"<f>", b"<f ", b"<f/"];
                self.formulas |= is_cut
                    || ends
                        .iter()
                        .any(|tag| memchr::memmem::find(chunk, *tag).is_some());
            }
        }
    }
}
