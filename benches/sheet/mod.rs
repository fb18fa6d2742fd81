//! A made-up project sheet, the same for the same number of rows: the 35 columns of `tpmc export csv`, filled as people fill them.

use std::fs::File;
use std::io::{BufWriter, Result, Write as _};
use std::path::Path;

const COLUMNS: &str = "code,list_number,forum,title_en,title_zh,title_ja,title_original,instrument,mode,mode_basis,sector,hosts,\
host_note,objectives,status,status_on,evidence_on,parties,money,identified,umbrella,membership,confidence,note,sources,completeness,\
source_quality,evidence,id,identifiers,participations,events,amounts,risks,citations";

const KINDS: [&str; 8] = [
    "power plant",
    "railway",
    "water works",
    "industrial park",
    "port terminal",
    "solar farm",
    "cold store",
    "hospital",
];
const MODES: [&str; 5] = [
    "product_service",
    "engineering",
    "investment",
    "industrial_finance",
    "strategic",
];
const SECTORS: [&str; 6] = [
    "infrastructure",
    "finance",
    "logistics",
    "energy",
    "healthcare",
    "manufacturing",
];
const STATUSES: [&str; 5] = [
    "committed",
    "implementing",
    "completed",
    "suspended",
    "cancelled",
];
const HOSTS: [&str; 10] = ["TH", "VN", "ID", "MY", "LA", "KH", "MM", "PH", "SG", "BN"];

/// SplitMix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % count as u64).unwrap_or_default()
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }
}

/// Writes a sheet of that many rows, each with a title, three parties, one host, two events and one source.
///
/// Nothing has a code: every row is looked for among what is known, and every source, and one party for twenty rows, is new.
pub(crate) fn write(path: &Path, rows: usize) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut draw = Draw(7);
    let parties = (rows / 20).max(10);
    writeln!(file, "{COLUMNS}")?;
    for number in 1..=rows {
        let (kind, place) = (draw.one(&KINDS), draw.below(rows));
        let (mode, sector, host) = (draw.one(&MODES), draw.one(&SECTORS), draw.one(&HOSTS));
        let first = draw.below(parties);
        let party = |offset: usize| {
            let number = (first + offset) % parties;
            let country = if number.is_multiple_of(2) { "CN" } else { "JP" };
            format!("Maker {number} Works [{country}] (sponsor)")
        };
        let named = [party(0), party(3), party(7)].join(";");
        let (year, month, day) = (
            2010 + draw.below(10),
            1 + draw.below(12),
            1 + draw.below(28),
        );
        let (later, status) = (year + 1 + draw.below(3), draw.one(&STATUSES));
        write!(
            file,
            ",,,Site {place} {kind} number {number},,,,contract,{mode},coded,{sector},{host},,,"
        )?;
        write!(
            file,
            "{status},{later}-06,{later}-06,{named},,true,,,high,,https://example.org/{number},,,,,,,"
        )?;
        writeln!(
            file,
            "1|{year}-{month:02}-{day:02}||status|signed|It was announced||high|direct;\
             2|{later}-06||status|{status}|It was announced||high|direct,,,"
        )?;
    }
    file.flush()
}
