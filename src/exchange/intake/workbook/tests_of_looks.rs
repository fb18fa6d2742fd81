//! What a person sees in a workbook is what is read of it.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::exchange::Error;
use crate::exchange::intake::references::tests::some;
use crate::exchange::intake::{Hidden, Incoming, Intake, IntakeOptions, Leave, Mapping, read};

fn taken(
    bytes: &[u8],
    options: &IntakeOptions,
    mapping: Option<&str>,
) -> Result<(Intake, Vec<Incoming>), Error> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let mapping = mapping
        .map(|text| Mapping::from_toml("m.toml", text))
        .transpose()?;
    let mut all = Vec::new();
    let intake = read(
        file.path(),
        options,
        &some(),
        mapping.as_ref(),
        &mut |incoming| {
            all.push(incoming);
            true
        },
    )?;
    Ok((intake, all))
}

fn titles(all: &[Incoming]) -> Vec<&str> {
    all.iter()
        .map(|one| one.title_en.as_deref().unwrap_or("-"))
        .collect()
}

const HEADINGS: [&str; 5] = ["title_en", "hosts", "note", "status", "status_on"];

/// A workbook with one sheet and five rows of projects, changed by `change`.
fn book(change: impl FnOnce(&mut Worksheet)) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADINGS).expect("headings");
    for (row, title) in (1..).zip(["Road", "Dam", "Port", "Rail", "Mine"]) {
        sheet
            .write_row(row, 0, [title, "TH", "a note"])
            .expect("a row");
    }
    change(sheet);
    book
}

#[test]
fn what_is_hidden_is_left_out_and_counted() {
    let mut book = book(|sheet| {
        sheet.set_row_hidden(2).expect("hidden");
        sheet.set_row_hidden(4).expect("hidden");
        sheet.set_column_hidden(2).expect("hidden");
    });
    let second = book.add_worksheet();
    second.set_hidden(true).set_name("Old").expect("a name");
    second.write(0, 0, "left over").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let skip = IntakeOptions::default();
    let (intake, all) = taken(&bytes, &skip, None).expect("a sheet");
    assert_eq!(titles(&all), ["Road", "Port", "Mine"]);
    assert!(all.iter().all(|one| one.note.is_none()));
    let left = &intake.left_out;
    assert_eq!(
        (left.hidden_rows.count, left.hidden_rows.first.as_slice()),
        (2, &[3, 5][..])
    );
    assert_eq!(
        (
            left.hidden_columns.as_slice(),
            left.hidden_sheets.as_slice()
        ),
        (&["C note".to_owned()][..], &["Old".to_owned()][..])
    );
    assert_eq!((intake.rows_read, intake.rows_skipped), (5, 2));
    let columns = IntakeOptions {
        hidden: Some(Hidden::Columns),
        ..skip.clone()
    };
    let (_, all) = taken(&bytes, &columns, None).expect("a sheet");
    assert_eq!((all.len(), all[0].note.as_deref()), (3, Some("a note")));
    let mapping = "sheet = 'Sheet1'\n[fields]\ntitle_en = 'title_en'\nnote = 'note'\n";
    let error = taken(&bytes, &skip, Some(mapping)).expect_err("the column is hidden");
    assert!(error.to_string().contains("is hidden"), "{error}");
    let mapping = format!("hidden = 'take'\n{mapping}");
    let (_, all) = taken(&bytes, &skip, Some(&mapping)).expect("a sheet");
    assert_eq!((all.len(), all[1].note.as_deref()), (5, Some("a note")));
}

#[test]
fn a_hidden_sheet_is_read_where_it_is_named() {
    let mut book = Workbook::new();
    book.add_worksheet();
    let hidden = book.add_worksheet();
    hidden
        .set_very_hidden(true)
        .set_name("Old")
        .expect("a name");
    hidden.write_row(0, 0, HEADINGS).expect("headings");
    hidden.write(1, 0, "Road").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let error = taken(&bytes, &IntakeOptions::default(), None).expect_err("only a hidden sheet");
    assert!(error.to_string().contains("only hidden sheets"), "{error}");
    let options = IntakeOptions {
        sheet: Some("Old".to_owned()),
        ..IntakeOptions::default()
    };
    let (intake, all) = taken(&bytes, &options, None).expect("a sheet");
    assert_eq!((intake.sheet_is_hidden, titles(&all)), (true, vec!["Road"]));
}

#[test]
fn struck_out_text_is_left_out_and_counted() {
    let struck = Format::new().set_font_strikethrough();
    let plain = Format::new();
    let mut book = book(|sheet| {
        for (column, text) in (0..).zip(["Dam", "TH", "a note"]) {
            sheet
                .write_with_format(2, column, text, &struck)
                .expect("a cell");
        }
        sheet
            .write_with_format(3, 2, "an old note", &struck)
            .expect("a cell");
        sheet
            .write_rich_string(4, 0, &[(&struck, "Old "), (&plain, "Rail")])
            .expect("a cell");
    });
    let bytes = book.save_to_buffer().expect("a workbook");
    let skip = IntakeOptions::default();
    let (intake, all) = taken(&bytes, &skip, None).expect("a sheet");
    assert_eq!(titles(&all), ["Road", "Port", "Rail", "Mine"]);
    assert_eq!(all[1].note, None);
    let left = &intake.left_out;
    assert_eq!(
        (left.struck_rows.first.as_slice(), left.struck_cells),
        (&[3][..], 2)
    );
    let take = IntakeOptions {
        struck: Some(Leave::Take),
        ..skip
    };
    let (_, all) = taken(&bytes, &take, None).expect("a sheet");
    assert_eq!(titles(&all), ["Road", "Dam", "Port", "Old Rail", "Mine"]);
}

#[test]
fn a_cell_that_shows_a_day_is_that_day() {
    let mut book = book(|sheet| {
        let time = ExcelDateTime::parse_from_str("2018-10-26T15:00:00").expect("a time");
        for (row, format) in (1..).zip(["yyyy-mm-dd", "d/m/yyyy", "yyyy-mm-dd hh:mm"]) {
            sheet.write(row, 3, "signed").expect("a cell");
            sheet
                .write_with_format(row, 4, &time, &Format::new().set_num_format(format))
                .expect("a cell");
        }
    });
    let bytes = book.save_to_buffer().expect("a workbook");
    let (_, all) = taken(&bytes, &IntakeOptions::default(), None).expect("a sheet");
    let day = |one: &Incoming| {
        one.events
            .first()
            .and_then(|event| event.on_date)
            .map(|date| date.to_string())
    };
    assert_eq!(day(&all[0]).as_deref(), Some("2018-10-26"));
    assert_eq!(day(&all[1]).as_deref(), Some("2018-10-26"));
}

#[test]
fn an_identifier_is_read_as_its_cell_shows_it() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["No", "Name"]).expect("headings");
    let zeros = Format::new().set_num_format("0000");
    for (row, number) in (1..).zip([7.0, 12_345.0, 1_234_567_890_123_456_789.0]) {
        sheet
            .write_with_format(row, 0, number, &zeros)
            .expect("a cell");
        sheet
            .write(row, 1, format!("Project {row}"))
            .expect("a cell");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let mapping = "[key]\nscheme = 'list'\ncolumns = ['No']\n[fields]\ntitle_en = 'Name'\n";
    let (_, all) = taken(&bytes, &IntakeOptions::default(), Some(mapping)).expect("a sheet");
    let key = |one: &Incoming| one.key.as_ref().map(|key| key.identifier.clone());
    assert_eq!(key(&all[0]).as_deref(), Some("0007"));
    assert_eq!(key(&all[1]).as_deref(), Some("12345"));
    assert_eq!(
        all[2].findings[0].said.what,
        crate::report::Flaw::LongNumber
    );
}

/// A workbook of OpenDocument with this table, and styles for it.
fn open_document(table: &str) -> Vec<u8> {
    let styles = r#"<number:date-style style:name="D"><number:year/><number:text>-</number:text><number:month/><number:text>-</number:text><number:day/></number:date-style><number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="4"/></number:number-style><style:style style:name="day" style:family="table-cell" style:data-style-name="D"/><style:style style:name="zeros" style:family="table-cell" style:data-style-name="N"/><style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="old" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>"#;
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:number="n"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="List">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        file.start_file(name, options).expect("a part");
        file.write_all(text.as_bytes()).expect("packed");
    }
    file.finish().expect("packed").into_inner()
}

#[test]
fn the_same_holds_for_open_documents() {
    let text = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let row = |attributes: &str, cells: &[String]| {
        format!(
            "<table:table-row{attributes}>{}</table:table-row>",
            cells.concat()
        )
    };
    let table = [
        r#"<table:table-column/><table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/><table:table-column/>"#.to_owned(),
        row("", &["title_en", "list_number", "note", "status", "status_on"].map(text)),
        row("", &[
            text("<text:span text:style-name=\"old\">Old </text:span>Road"),
            r#"<table:table-cell table:style-name="zeros" office:value-type="float" office:value="7"><text:p>0007</text:p></table:table-cell>"#.to_owned(),
            text("internal"),
            text("signed"),
            r#"<table:table-cell table:style-name="day" office:value-type="date" office:date-value="2018-10-26T15:00:00"><text:p>2018-10-26</text:p></table:table-cell>"#.to_owned(),
        ]),
        row(r#" table:visibility="filter""#, &[text("Dam")]),
        row(r#" table:visibility="collapse" table:number-rows-repeated="2""#, &[text("Port")]),
        row("", &[r#"<table:table-cell table:style-name="struck" office:value-type="string"><text:p>Mine</text:p></table:table-cell>"#.to_owned()]),
        row("", &[text("Rail &amp; road")]),
    ];
    let bytes = open_document(&table.concat());
    let (intake, all) = taken(&bytes, &IntakeOptions::default(), None).expect("a sheet");
    assert_eq!(titles(&all), ["Road", "Rail & road"]);
    assert_eq!((all[0].list_number, &all[0].note), (Some(7), &None));
    assert_eq!(
        all[0].events[0]
            .on_date
            .map(|date| date.to_string())
            .as_deref(),
        Some("2018-10-26")
    );
    let left = &intake.left_out;
    assert_eq!(
        (
            left.hidden_rows.count,
            left.struck_rows.count,
            left.struck_cells
        ),
        (3, 1, 1)
    );
    assert_eq!(left.hidden_columns, ["C note"]);
}
