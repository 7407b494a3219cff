use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use super::*;

fn sample(name: &str) -> (Vec<u8>, Value) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters");
    let expected = std::fs::read(folder.join(format!("{name}.expected.json"))).unwrap();
    (std::fs::read(folder.join(format!("{name}.xlsx"))).unwrap(), serde_json::from_slice(&expected).unwrap())
}

fn as_expected(file: &Value, verdict: &Verdict) -> Value {
    let household = |a: &Accepted| {
        let d = &a.described;
        json!({
            "row": a.row, "name": d.name, "id_number": d.id_number.whole(), "phone": d.phone, "category": d.category, "cause": d.cause, "people": d.people,
            "income_fen": d.income_fen, "migrant": d.migrant, "bank_card": d.bank_card, "address": d.address
        })
    };
    json!({
        "file": file, "rows": verdict.rows, "accepted": verdict.accepted.len(),
        "rejected": verdict.rejected.iter().map(|r| json!({"row": r.row, "column": r.column, "code": r.code})).collect::<Vec<_>>(),
        "warnings": verdict.warnings.iter().map(|w| json!({"row": w.row, "code": w.code})).collect::<Vec<_>>(),
        "households": verdict.accepted.iter().map(household).collect::<Vec<_>>(),
    })
}

/// The cells of a sample as a spreadsheet writes them into a text file.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::Float(number) if *number >= 1e15 => format!("{number:.5E}").replace('E', "E+"),
        cell => cell.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

fn csv_of(rows: &[Vec<String>]) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join("\r\n")
}

const SAMPLES: [&str; 2] = ["chengdong-204", "faulty-60"];

#[test]
fn both_samples_give_exactly_what_is_expected() {
    for name in SAMPLES {
        let (bytes, expected) = sample(name);
        assert_eq!(as_expected(&expected["file"], &read(&bytes, today()).unwrap()), expected, "{name}");
    }
}

#[test]
fn the_same_content_as_text_gives_the_same_in_every_encoding() {
    for name in SAMPLES {
        let (bytes, expected) = sample(name);
        let text = csv_of(&cells(&bytes));
        let gb18030 = encoding_rs::GB18030.encode(&text).0.into_owned();
        let utf16: Vec<u8> = [0xFEFF].into_iter().chain(text.replace("\",\"", "\"\t\"").encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for (encoding, bytes) in
            [("utf-8", text.clone().into_bytes()), ("utf-8 with mark", format!("\u{feff}{text}").into_bytes()), ("gb18030", gb18030), ("utf-16", utf16)]
        {
            assert_eq!(as_expected(&expected["file"], &read(&bytes, today()).unwrap()), expected, "{name} in {encoding}");
        }
    }
}

#[test]
fn columns_in_any_order_under_other_names_give_the_same() {
    const OTHER_NAMES: [(&str, &str); 11] = [
        ("姓 名", "户主姓名"),
        ("身份证号码", "公民身份号码（18位）"),
        ("工作单位", "单 位"),
        ("家庭住址", "现 住 址"),
        ("联系电话", "手机号"),
        ("困难类别", "建档标准类别"),
        ("致困原因", "主要致困原因"),
        ("家庭人口", "家庭人口数(人)"),
        ("人均月收入(元)", "家庭人均月收入（元）"),
        ("是否农民工", "农民工*"),
        ("工行卡号", "农业银行卡号"),
    ];
    for name in SAMPLES {
        let (bytes, mut expected) = sample(name);
        let mut rows = cells(&bytes);
        for header in &mut rows[2] {
            if let Some((_, other)) = OTHER_NAMES.iter().find(|(usual, _)| usual == header) {
                *header = (*other).to_owned();
            }
        }
        // The first column keeps its place: the closing lines begin there.
        for row in &mut rows {
            row[1..].reverse();
            row[1..].rotate_left(3);
        }
        for rejected in expected["rejected"].as_array_mut().unwrap() {
            let usual = rejected["column"].as_str().unwrap();
            rejected["column"] = json!(match usual {
                "姓名" => "户主姓名",
                "身份证号码" => "公民身份号码(18位)",
                _ => "建档标准类别",
            });
        }
        assert_eq!(as_expected(&expected["file"], &read(csv_of(&rows).as_bytes(), today()).unwrap()), expected, "{name}");
    }
}
