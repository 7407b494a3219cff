use std::io::Write;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>SHEETS</sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const NAMES: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>身份证号码</t></is></c><c r="C1" t="inlineStr"><is><t>困难类别</t></is></c></row>"#;
const ROW: &str = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>罗珍秀</t></is></c><c r="B2" t="inlineStr"><is><t>510104195209043743</t></is></c><c r="C2" t="inlineStr"><is><t>低保</t></is></c></row>"#;

struct Book(ZipWriter<std::io::Cursor<Vec<u8>>>);

impl Book {
    fn new(sheets: &str) -> Self {
        let mut book = Self(ZipWriter::new(std::io::Cursor::new(Vec::new())));
        book.part("_rels/.rels", PACKAGE.as_bytes());
        book.part("xl/workbook.xml", WORKBOOK.replace("SHEETS", sheets).as_bytes());
        book.part("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes());
        book
    }

    fn of_one() -> Self {
        Self::new(r#"<sheet name="a" sheetId="1" r:id="rId1"/>"#)
    }

    fn part(&mut self, name: &str, bytes: &[u8]) {
        self.0.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        self.0.write_all(bytes).unwrap();
    }

    fn sheet(mut self, name: &str, rows: &str) -> Self {
        let head = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>"#;
        self.part(name, format!("{head}{rows}</sheetData></worksheet>").as_bytes());
        self
    }

    fn bytes(self) -> Vec<u8> {
        self.0.finish().unwrap().into_inner()
    }
}

fn one_sheet(rows: &str) -> Vec<u8> {
    Book::of_one().sheet("xl/worksheets/sheet1.xml", rows).bytes()
}

#[test]
fn a_plain_book_is_read_whatever_dimension_it_declares() {
    assert_eq!(read(&one_sheet(&[NAMES, ROW].concat()), today()).unwrap().accepted.len(), 1);
}

#[test]
fn one_cell_at_the_far_corner_is_refused_and_an_empty_one_is_not() {
    let far = |inside: &str| one_sheet(&format!(r#"{NAMES}{ROW}<row r="1048576"><c r="XFD1048576" s="0">{inside}</c></row>"#));
    assert_eq!(code(read(&far("<v>1</v>"), today())), Code::FileTooBigInside);
    assert_eq!(read(&far(""), today()).unwrap().accepted.len(), 1, "formatting alone asks for nothing");
    let wide = one_sheet(&format!(r#"{NAMES}<row r="2"><c r="GS2"><v>1</v></c></row>"#));
    assert_eq!(code(read(&wide, today())), Code::FileTooBigInside);
}

#[test]
fn a_sheet_that_inflates_to_half_a_gigabyte_is_refused_before_it_is_parsed() {
    let mut book = Book::of_one();
    book.0.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..500 {
        book.0.write_all(&spaces).unwrap();
    }
    let bytes = book.bytes();
    assert!(bytes.len() < LARGEST_FILE, "{} bytes", bytes.len());
    assert_eq!(code(read(&bytes, today())), Code::FileTooBigInside);
}

#[test]
fn many_entries_that_are_each_small_enough_are_refused_together() {
    let mut book = Book::of_one().sheet("xl/worksheets/sheet1.xml", NAMES);
    let spaces = vec![b' '; 50 << 20];
    for number in 0..4 {
        book.part(&format!("xl/media/{number}.bin"), &spaces);
    }
    assert_eq!(code(read(&book.bytes(), today())), Code::FileTooBigInside);
    let mut book = Book::of_one().sheet("xl/worksheets/sheet1.xml", NAMES);
    (0..1_001).for_each(|number| book.part(&format!("x{number}"), b""));
    assert_eq!(code(read(&book.bytes(), today())), Code::FileTooBigInside);
}

#[test]
fn shared_strings_that_only_claim_to_be_many_reserve_nothing() {
    let mut book = Book::of_one();
    book.part(
        "xl/sharedStrings.xml",
        br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount = "99999999999"><si><t>a</t></si></sst>"#,
    );
    assert_eq!(code(read(&book.sheet("xl/worksheets/sheet1.xml", NAMES).bytes(), today())), Code::FileTooBigInside);
}

#[test]
fn one_long_shared_string_used_often_counts_each_time() {
    let mut book = Book::of_one();
    let long = "长".repeat(30_000);
    book.part(
        "xl/sharedStrings.xml",
        format!(r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="1"><si><t>{long}</t></si></sst>"#).as_bytes(),
    );
    let rows: String = (2..2_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    assert_eq!(code(read(&book.sheet("xl/worksheets/sheet1.xml", &format!("{NAMES}{rows}")).bytes(), today())), Code::FileTooBigInside);
}

#[test]
fn a_book_that_names_one_sheet_a_thousand_times_is_looked_at_twenty_times() {
    let sheets: String = (0..1_000).map(|number| format!(r#"<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>"#)).collect();
    let verdict = read(&Book::new(&sheets).sheet("xl/worksheets/sheet1.xml", &[NAMES, ROW].concat()).bytes(), today()).unwrap();
    assert_eq!(verdict.warnings[0], Warning { row: 0, code: Notice::SheetNotRead });
    assert_eq!(verdict.accepted.len(), 1);
}

#[test]
fn the_first_sheet_with_a_header_is_read() {
    let sheets = r#"<sheet name="cover" sheetId="1" r:id="rId1"/><sheet name="roster" sheetId="2" r:id="rId2"/>"#;
    let book = Book::new(sheets).sheet("xl/worksheets/sheet1.xml", r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    let verdict = read(&book.sheet("xl/worksheets/sheet2.xml", &[NAMES, ROW].concat()).bytes(), today()).unwrap();
    assert_eq!((verdict.accepted.len(), verdict.warnings.len()), (1, 1), "{:?}", verdict.warnings);
}

#[test]
fn broken_encrypted_and_other_files_say_so() {
    let book = one_sheet(&[NAMES, ROW].concat());
    assert_eq!(code(read(&book[..book.len() / 2], today())), Code::FileUnreadable);
    let mut damaged = book.clone();
    damaged[60..120].fill(0xAA);
    assert_eq!(code(read(&damaged, today())), Code::FileUnreadable);
    for other in [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), b"%PDF-1.7", b"<html><table>", b"\x89PNG\r\n", b"a\0b"] {
        assert_eq!(code(read(other, today())), Code::FileUnreadable, "{other:?}");
    }
    assert_eq!(code(read(b"", today())), Code::HeaderNotFound);
    assert_eq!(code(read("标题\n没有表头".as_bytes(), today())), Code::HeaderNotFound);
    assert_eq!(code(read(&one_sheet(ROW), today())), Code::HeaderNotFound);
    assert_eq!(code(read(&vec![b' '; LARGEST_FILE + 1], today())), Code::TooLarge);
}

#[test]
fn a_text_file_of_too_many_rows_or_columns_is_refused() {
    let row = "罗珍秀,510104195209043743,低保\n";
    assert_eq!(code(read(format!("姓名,身份证号码,困难类别\n{}", row.repeat(100_100)).as_bytes(), today())), Code::FileTooBigInside);
    assert_eq!(code(read(format!("姓名,身份证号码,困难类别\n{}", "a,".repeat(300)).as_bytes(), today())), Code::FileTooBigInside);
}
