use proptest::prelude::*;

use super::super::clean::{self, Found};
use super::super::table::Cell;
use super::*;

fn text(text: &str) -> Option<Cell> {
    Some(Cell::Text(text.to_owned()))
}

fn income(cell: Option<Cell>) -> Found<i64> {
    clean::income_fen(cell.as_ref(), "人均月收入(元)")
}

#[test]
fn numbers_a_spreadsheet_ruined_are_told_from_numbers_mistyped() {
    let refusal = |cell: Cell| clean::id_number(Some(&cell)).unwrap_err();
    assert_eq!(refusal(Cell::Number(5.101_041_981_030_804e17)), Refusal::IdLostDigits);
    assert_eq!(refusal(Cell::Text("5.10104E+17".into())), Refusal::IdLostDigits);
    assert_eq!(refusal(Cell::Text("5.10104e17".into())), Refusal::IdLostDigits);
    assert_eq!(refusal(Cell::Text("510104198103080000".into())), Refusal::IdLostDigits, "rounded, then saved as text");
    assert_eq!(refusal(Cell::Text("510104194904065091".into())), Refusal::IdCheckDigit);
    assert_eq!(refusal(Cell::Text("不详".into())), Refusal::IdCharacters);
    assert_eq!(refusal(Cell::Text("EEE".into())), Refusal::IdCharacters);
    assert_eq!(refusal(Cell::Text(" ".into())), Refusal::Missing);
    assert_eq!(refusal(Cell::Broken), Refusal::Missing);
    let old = clean::id_number(Some(&Cell::Number(510_104_700_801_692.0))).unwrap();
    assert!(old.converted && !old.cleaned, "15 digits survive as a number");
}

#[test]
fn somebody_born_after_today_is_refused() {
    let number = crate::kit::idnumber::IdNumber::compose(510_104, NaiveDate::from_ymd_opt(2027, 1, 27).unwrap(), 12).unwrap();
    let verdict = judged(&["姓名,身份证号码,困难类别", &format!("罗珍秀,{},低保", number.whole())]);
    assert_eq!(verdict.rejected[0].code, Refusal::IdBirthDate);
}

#[test]
fn telephones_are_read_as_people_write_them() {
    let phone = |written| clean::phone(text(written).as_ref());
    for written in [
        "13912345678",
        "139-1234-5678",
        " 139 1234 5678 ",
        "+86 13912345678",
        "８６１３９１２３４５６７８",
        "13912345678/13800000000",
        "13912345678(儿子)、028-1234",
    ] {
        assert_eq!(phone(written), Found::Value("13912345678".into()), "{written}");
    }
    assert_eq!(phone("028-86543210"), Found::Value("02886543210".into()));
    assert_eq!(clean::phone(Some(&Cell::Number(13_912_345_678.0))), Found::Value("13912345678".into()));
    assert_eq!(phone("12345"), Found::Unreadable);
    assert_eq!(phone(" "), Found::Nothing);
}

#[test]
fn money_is_exact_to_the_fen() {
    for (written, fen) in [("1,501元", 150_100), ("１，５０１．５０", 150_150), ("￥465", 46_500), ("约800元/月", 80_000), ("0.15万元", 150_000), ("0", 0)]
    {
        assert_eq!(income(text(written)), Found::Value(fen), "{written}");
    }
    assert_eq!(income(Some(Cell::Number(1208.0))), Found::Value(120_800));
    assert_eq!(income(Some(Cell::Number(0.1 + 0.2))), Found::Value(30));
    assert_eq!(clean::income_fen(Some(&Cell::Number(0.1208)), "人均月收入(万元)"), Found::Value(120_800));
    for written in ["-5", "不详", "1.234", "99999999", "1e5", "NaN"] {
        assert_eq!(income(text(written)), Found::Unreadable, "{written}");
    }
}

#[test]
fn cards_people_and_flags_are_read_or_left_empty() {
    assert_eq!(clean::bank_card(text("6222 0262 2026 5934 552").as_ref()), Found::Value("6222026220265934552".into()));
    assert_eq!(clean::bank_card(text("6222026220265934553").as_ref()), Found::Unreadable);
    assert_eq!(clean::bank_card(Some(&Cell::Number(6.222_026_220_265_934e18))), Found::Unreadable);
    assert_eq!(clean::people(text("5人").as_ref()), Found::Value(5));
    assert_eq!(clean::people(Some(&Cell::Number(3.5))), Found::Unreadable);
    assert_eq!(clean::people(text("0").as_ref()), Found::Unreadable);
    assert_eq!(clean::flag(text("是").as_ref()), Found::Value(true));
    assert_eq!(clean::flag(text("否").as_ref()), Found::Value(false));
    assert_eq!(clean::flag(None), Found::Nothing);
}

proptest! {
    #[test]
    fn no_cell_panics(words in "\\PC{0,40}", number in proptest::num::f64::ANY) {
        for cell in [Cell::Text(words.clone()), Cell::Number(number)] {
            let cell = Some(&cell);
            let _ = (clean::id_number(cell), clean::phone(cell), clean::bank_card(cell), clean::people(cell), clean::income_fen(cell, "万元"), clean::flag(cell));
        }
        let _ = (super::super::words::category(&words), super::super::words::cause(&words));
    }

    #[test]
    fn yuan_with_two_places_are_read_exactly(fen in 0_i64..100_000_000) {
        let written = format!("{}.{:02}元", fen / 100, fen % 100);
        prop_assert_eq!(income(text(&written)), Found::Value(fen));
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drop(read(&bytes, today()));
        drop(read(&[b"PK\x03\x04".as_slice(), &bytes].concat(), today()));
    }

    #[test]
    fn rows_are_accepted_or_refused_and_nothing_else(cells in proptest::collection::vec(("[张李王]{0,2}", "[0-9X]{0,18}", "(低保|大病|怪)?"), 0..20)) {
        let mut lines = vec!["姓名,身份证号码,困难类别".to_owned()];
        lines.extend(cells.into_iter().map(|(name, id, category)| format!("{name},{id},{category}")));
        let verdict = read(lines.join("\n").as_bytes(), today()).unwrap();
        prop_assert_eq!(verdict.rows, verdict.accepted.len() + verdict.rejected.len());
    }
}
