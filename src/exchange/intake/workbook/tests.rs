//! Workbooks as offices make them, and those that must be refused.

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::domain::*;
use crate::exchange::Error;
use crate::exchange::intake::references::tests::some;
use crate::exchange::intake::{Incoming, Intake, IntakeOptions, read};

fn taken(bytes: &[u8], sheet: Option<&str>) -> Result<(Intake, Vec<Incoming>), Error> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let options = IntakeOptions {
        sheet: sheet.map(str::to_owned),
        ..IntakeOptions::default()
    };
    let mut all = Vec::new();
    let intake = read(file.path(), &options, &some(), None, &mut |incoming| {
        all.push(incoming);
        true
    })?;
    Ok((intake, all))
}

fn refused(bytes: &[u8], sheet: Option<&str>) -> String {
    let error = taken(bytes, sheet)
        .map(|(intake, _)| intake)
        .expect_err("refused")
        .to_string();
    error
        .split_once("is refused: ")
        .map_or(error.clone(), |(_, why)| why.to_owned())
}

/// A workbook with headings in row 6, a date, a formula and a flag, and a second sheet; with merged cells where wanted.
fn workbook(merged: bool, second: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Projects").expect("a name");
    sheet.write(0, 0, "List of projects").expect("a cell");
    for (column, name) in [
        "title_en",
        "hosts",
        "status",
        "status_on",
        "umbrella",
        "list_number",
    ]
    .iter()
    .enumerate()
    {
        sheet
            .write(5, u16::try_from(column).expect("few"), *name)
            .expect("a cell");
    }
    let day = Format::new().set_num_format("d/m/yyyy");
    sheet
        .write(
            6,
            0,
            Formula::new("=\"A \"&\"plant\"").set_result("A plant"),
        )
        .expect("a cell");
    sheet.write(6, 1, "泰国").expect("a cell");
    sheet.write(6, 2, "signed").expect("a cell");
    let date = ExcelDateTime::from_ymd(2018, 10, 26).expect("a date");
    sheet.write_with_format(6, 3, &date, &day).expect("a cell");
    sheet.write(6, 4, true).expect("a cell");
    sheet.write(6, 5, 42).expect("a cell");
    sheet.write(8, 0, "=cmd|'/c calc'!A1").expect("a cell");
    sheet.write(8, 1, "VNM").expect("a cell");
    if merged {
        sheet
            .merge_range(6, 6, 8, 6, "", &Format::new())
            .expect("merged");
    }
    if second {
        book.add_worksheet()
            .write(0, 0, "left over")
            .expect("a cell");
    } else {
        book.add_worksheet();
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_is_read_as_it_shows() {
    let (intake, all) = taken(&workbook(false, false), None).expect("a sheet");
    assert_eq!(
        (intake.format, intake.sheet.as_deref(), intake.header_row),
        ("xlsx", Some("Projects"), 6)
    );
    let [plant, hostile] = &all[..] else {
        panic!("two rows: {all:?}");
    };
    assert_eq!(plant.findings, []);
    assert_eq!(
        (plant.rows[0], plant.title_en.as_deref()),
        (7, Some("A plant"))
    );
    assert_eq!((plant.umbrella, plant.list_number), (Some(true), Some(42)));
    assert_eq!(
        plant.events[0].on_date,
        "2018-10-26".parse::<PartialDate>().ok()
    );
    assert_eq!(
        (hostile.rows[0], hostile.title_en.as_deref()),
        (9, Some("=cmd|'/c calc'!A1"))
    );
    assert_eq!(hostile.hosts[0].as_str(), "VN");
}

#[test]
fn what_is_not_clear_is_refused() {
    let several = workbook(false, true);
    insta::assert_snapshot!(refused(&several, None), @"several sheets have something in them: Projects, Sheet2; name one with --sheet");
    insta::assert_snapshot!(refused(&several, Some("Project")), @r#"it has no sheet "Project"; its sheets are Projects, Sheet2"#);
    assert_eq!(
        taken(&several, Some("Projects")).expect("a sheet").1.len(),
        2
    );
    insta::assert_snapshot!(refused(&workbook(true, false), None), @"the cells G7:G9 are merged: it is not clear for which rows they speak; split them, and fill each");
}

/// A workbook of one sheet with the simplest headings, and what `fill` writes under them.
fn simple(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["title_en", "list_number", "status", "status_on", "note"]
        .iter()
        .enumerate()
    {
        let column = u16::try_from(column).expect("few");
        sheet.write(0, column, *name).expect("a cell");
    }
    fill(sheet);
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_date_is_taken_as_far_as_it_is_shown() {
    let date = ExcelDateTime::from_ymd(2026, 4, 1).expect("a date");
    let book = simple(|sheet| {
        for (row, format) in ["d-mmm", "mmm-yy", "yyyy", "d/m/yyyy", "m\"月\"d\"日\""]
            .iter()
            .enumerate()
        {
            let row = u32::try_from(row).expect("few") + 1;
            let format = Format::new().set_num_format(*format);
            sheet.write(row, 0, "A plant").expect("a cell");
            sheet.write(row, 2, "signed").expect("a cell");
            sheet
                .write_with_format(row, 3, &date, &format)
                .expect("a cell");
            sheet
                .write_with_format(row, 4, &date, &format)
                .expect("a cell");
        }
    });
    let (_, all) = taken(&book, None).expect("a sheet");
    let said: Vec<_> = all
        .iter()
        .map(|incoming| {
            let date = incoming.events.first().and_then(|event| event.on_date);
            let date = date.map(|date| date.to_string());
            (incoming.note.as_deref().unwrap_or_default(), date)
        })
        .collect();
    let on = |date: &str| Some(date.to_owned());
    assert_eq!(
        said,
        [
            // The year is when it was typed, and nobody typed it.
            ("1-Apr", None),
            ("2026-04", on("2026-04")),
            ("2026", on("2026")),
            ("2026-04-01", on("2026-04-01")),
            ("1-Apr", None),
        ]
    );
    assert_eq!(all[0].findings[0].value, "1-Apr");
}

#[test]
fn cells_that_are_merged_within_a_row_make_it_unclear() {
    let book = simple(|sheet| {
        let format = Format::new();
        sheet
            .merge_range(1, 0, 1, 1, "A plant", &format)
            .expect("merged");
        sheet.write(2, 0, "A port").expect("a cell");
        sheet.merge_range(2, 8, 2, 9, "", &format).expect("merged");
    });
    let (_, all) = taken(&book, None).expect("a sheet");
    assert_eq!(all[0].effect(), Some(crate::exchange::Effect::DropRow));
    assert_eq!(all[1].title_en.as_deref(), Some("A port"));
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let xml = |inside: &str| {
        format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{inside}</t></is></c></row></sheetData></worksheet>"
        )
    };
    let long = with_sheet(&xml(&"x".repeat(5 << 20)));
    insta::assert_snapshot!(refused(&long, None), @"xl/worksheets/sheet1.xml in it has a text longer than 4 MB, longer than any cell holds");
    let far = xml("a").replace("A1", "XFE1");
    assert!(refused(&with_sheet(&far), Some("Projects")).contains("beyond the last column"));
}

#[test]
fn a_formula_without_a_value_is_refused() {
    let xml = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>title_en</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"B2\"><f>1+1</f><v></v></c></row></sheetData></worksheet>";
    insta::assert_snapshot!(refused(&with_sheet(xml), Some("Projects")), @"the cell B2 has a formula without a value; open the file in a spreadsheet, and save it there");
}

#[test]
fn a_workbook_that_cannot_be_opened_is_refused() {
    let mut protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    insta::assert_snapshot!(refused(&protected, None), @"it is protected by a password; save a copy without one");
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed
        .start_file("letter.txt", zip::write::SimpleFileOptions::default())
        .expect("an entry");
    let packed = packed.finish().expect("packed").into_inner();
    insta::assert_snapshot!(refused(&packed, None), @"it is a packed file, and no workbook");
    let whole = workbook(false, false);
    for end in [4, 30, whole.len() / 2, whole.len() - 10] {
        assert!(
            refused(&whole[..end], None).contains("cannot be read"),
            "{end}"
        );
    }
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = workbook(false, false);
        for (place, byte) in places {
            let length = bytes.len();
            bytes[place.index(length)] = byte;
        }
        let _ = taken(&bytes, None);
    }

    #[test]
    fn no_text_in_the_cells_makes_it_panic(xml in "(<(c|v|is|t|row|f|/c|/v|/row)( r=\"[A-Z0-9]{0,9}\")?( t=\"(s|b|n|e|d|str|inlineStr)\")?( s=\"[0-9]{0,3}\")?>|[0-9.e-]{1,9}){0,12}") {
        let _ = taken(&with_sheet(&format!("<worksheet><sheetData>{xml}</sheetData></worksheet>")), Some("Projects"));
    }

    #[test]
    fn no_bytes_of_an_old_workbook_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = taken(&[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &bytes].concat(), None);
    }
}

/// The workbook with another text in the place of its first sheet.
fn with_sheet(xml: &str) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut whole = zip::ZipArchive::new(Cursor::new(workbook(false, false))).expect("packed");
    let mut changed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..whole.len() {
        let mut entry = whole.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("unpacked");
        if name == "xl/worksheets/sheet1.xml" {
            bytes = xml.as_bytes().to_vec();
        }
        let options = zip::write::SimpleFileOptions::default();
        changed.start_file(name, options).expect("an entry");
        changed.write_all(&bytes).expect("packed");
    }
    changed.finish().expect("packed").into_inner()
}
