use super::*;
use crate::households::model::{Category, Cause};
use crate::kit::http::language::Language;

const HEADER: &str = "姓名,身份证号码,困难类别,家庭住址,联系电话,备注";
const GOOD: &str = "罗珍秀,510104195209043743,低保户,建设街112号,14040260662,";
const OTHER: &str = "顾燕秀,510104198410130500,大病,人民中路75号,17921773490,";

#[test]
fn the_header_is_found_within_thirty_rows_and_not_after() {
    let found = |titles: usize| {
        let mut lines = vec!["花名册"; titles];
        lines.extend([HEADER, GOOD]);
        read(lines.join("\n").as_bytes(), today()).map(|verdict| verdict.accepted[0].row)
    };
    assert_eq!(found(29).unwrap(), 31);
    assert_eq!(found(30).unwrap_err().code, Code::HeaderNotFound);
}

#[test]
fn a_header_of_two_lines_is_read_as_one() {
    let verdict = judged(&["姓名,身份证号,联系,,家庭情况,", ",,电话,住址,人口,人均月收入(万元)", "罗珍秀,510104195209043743,14040260662,建设街112号,3,0.1208"]);
    let rejected = &verdict.rejected[0];
    assert_eq!((rejected.row, rejected.column.as_str(), rejected.code), (3, "困难类别", Refusal::Missing), "the column is named although it is not there");
    let verdict = judged(&["姓名,身份证号,类别,家庭情况,", ",,,人口,人均月收入(万元)", "罗珍秀,510104195209043743,低保,3人,0.1208"]);
    assert_eq!((verdict.accepted[0].described.people, verdict.accepted[0].described.income_fen), (Some(3), Some(120_800)));
}

#[test]
fn closing_lines_blank_lines_and_repeated_headers_are_no_rows() {
    let verdict = judged(&[
        HEADER,
        GOOD,
        "小计,,,,,共 1 户",
        "",
        HEADER,
        OTHER,
        "合 计,,,,,共 2 户",
        "填报说明:身份证号码须为文本格式。,,,,负责人签字:,",
        ",,,审核人:,,",
        "单位负责人:王某,,,填表人:李某,13800000000,",
        ",,,,,",
    ]);
    assert_eq!((verdict.rows, verdict.rejected.len()), (2, 0));
    assert_eq!(verdict.accepted.iter().map(|a| a.row).collect::<Vec<_>>(), [2, 6], "rows keep the numbers the sheet shows");
}

#[test]
fn a_row_whose_name_only_looks_like_a_closing_word_is_refused_for_what_it_lacks() {
    let verdict = judged(&[HEADER, ",,低保户,建设街112号,14040260662,"]);
    assert_eq!(verdict.rejected[0].code, Refusal::Missing);
    let detail = verdict.rejected[0].detail(Language::English);
    assert!(detail.contains("身份证号码"), "the other fault of the row is named too: {detail}");
}

#[test]
fn of_two_rows_with_one_number_the_first_good_one_stands() {
    let nameless = GOOD.replacen("罗珍秀", "", 1);
    let verdict = judged(&[HEADER, &nameless, GOOD, OTHER, GOOD]);
    assert_eq!(verdict.accepted.iter().map(|a| a.row).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(
        verdict.rejected.iter().map(|r| (r.row, r.code, r.earlier)).collect::<Vec<_>>(),
        [(2, Refusal::Missing, None), (5, Refusal::IdDuplicate, Some(3))]
    );
    assert!(verdict.rejected[1].detail(Language::Chinese).contains("第 3 行"));
}

#[test]
fn what_begins_like_a_formula_is_kept_as_text() {
    let verdict = judged(&[HEADER, "罗珍秀,510104195209043743,低保户,-1栋2单元,14040260662,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""]);
    let d = &verdict.accepted[0].described;
    assert_eq!((d.address.as_str(), d.remarks.as_str()), ("-1栋2单元", "=HYPERLINK(\"http://x\",\"y\")"));
}

#[test]
fn a_line_break_inside_a_cell_moves_no_row_number() {
    let verdict = judged(&[HEADER, "罗珍秀,510104195209043743,低保户,\"建设街\n112号\",14040260662,", "", "无名氏,1,低保户,x,,"]);
    assert_eq!(verdict.accepted[0].described.address, "建设街 112号");
    assert_eq!(verdict.rejected[0].row, 4);
}

#[test]
fn words_nobody_listed_are_kept() {
    let verdict = judged(&[
        "姓名,身份证号码,困难类别,致困原因,是否农民工",
        "阿卜杜拉•买买提,510104195209043743,\"大病、单亲家庭\",遭遇诈骗,不详",
        "李　明,510104198410130500,below_line,因病致困,√",
    ]);
    let [first, second] = &verdict.accepted[..] else { panic!("{verdict:?}") };
    assert_eq!(
        (first.described.name.as_str(), first.described.category, first.described.cause),
        ("阿卜杜拉·买买提", Category::SeriousIllness, Some(Cause::Other))
    );
    assert_eq!(first.described.remarks, "致困原因:遭遇诈骗");
    assert_eq!((second.described.name.as_str(), second.described.cause, second.described.migrant), ("李明", Some(Cause::Illness), true));
    let codes: Vec<Notice> = verdict.warnings.iter().filter(|w| w.row == 2).map(|w| w.code).collect();
    assert_eq!(codes, [Notice::CategoryFirstTaken, Notice::FlagUnreadable, Notice::CauseOther, Notice::AddressMissing]);
}

#[test]
fn a_category_of_migrants_makes_a_migrant() {
    let verdict = judged(&[HEADER, "罗珍秀,510104195209043743,困难农民工,建设街112号,,"]);
    assert!(verdict.accepted[0].described.migrant);
}

#[test]
fn every_refusal_and_notice_has_words_in_both_languages() {
    let both = |says: &dyn Fn(Language) -> &'static str| {
        says(Language::Chinese).len() > 10 && says(Language::English).len() > 10 && says(Language::Chinese) != says(Language::English)
    };
    assert!(Refusal::ALL.iter().all(|code| both(&|language| code.says(language))));
    assert!(Notice::ALL.iter().all(|code| both(&|language| code.says(language))));
}
