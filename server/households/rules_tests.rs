use chrono::NaiveDate;

use super::*;
use crate::households::import::{self, Verdict};
use crate::households::model::{HouseholdId, Status};
use crate::kit::clock::{Chance, Moment};

const ROSTER: &str = "姓名,身份证号码,困难类别,家庭住址,联系电话,备注\n罗珍秀,510104195209043743,低保户,建设街112号,14040260662,独居\n顾燕秀,510104198410130500,大病,人民中路75号,17921773490,";

fn verdict(roster: &str) -> Verdict {
    import::read(roster.as_bytes(), NaiveDate::from_ymd_opt(2027, 1, 26).unwrap()).unwrap()
}

fn org(number: u8) -> OrgId {
    OrgId::parse(&format!("00000000-0000-7000-8000-0000000000{number:02}")).unwrap()
}

fn file(described: Described, org_id: OrgId, status: Status) -> Household {
    let now = Moment::from_ms(1);
    let id = HouseholdId::fresh(now, &Chance::of(|bytes| bytes.fill(7)));
    Household {
        id,
        org_id,
        team_id: None,
        cadre_id: None,
        import_id: None,
        described,
        home: None,
        status,
        approved_at: None,
        ended_at: None,
        made_at: now,
        version: 1,
    }
}

fn planned(roster: &str, files: Vec<Household>) -> (Verdict, Plan) {
    let mut verdict = verdict(roster);
    let files = files.into_iter().map(|file| (file.described.id_number.clone(), file)).collect();
    let plan = plan(&mut verdict, &files, &HashSet::from([org(1)]));
    (verdict, plan)
}

fn first() -> Described {
    verdict(ROSTER).accepted[0].described.clone()
}

#[test]
fn nobody_on_file_means_all_are_created() {
    let (verdict, plan) = planned(ROSTER, Vec::new());
    assert_eq!((plan.created.len(), plan.corrected.len(), plan.unchanged), (2, 0, 0));
    assert!(verdict.warnings.is_empty());
}

#[test]
fn a_file_that_says_the_same_is_left_alone() {
    let (verdict, plan) = planned(ROSTER, vec![file(first(), org(1), Status::Approved)]);
    assert_eq!((plan.created.len(), plan.corrected.len(), plan.unchanged), (1, 0, 1));
    assert!(verdict.warnings.is_empty());
}

#[test]
fn a_file_that_says_otherwise_is_corrected_field_by_field() {
    let before = Described { address: "红星巷1号".into(), people: Some(3), ..first() };
    let (verdict, plan) = planned(ROSTER, vec![file(before, org(1), Status::Approved)]);
    let [correction] = &plan.corrected[..] else { panic!("{plan:?}") };
    assert_eq!(correction.changes, [Change { field: "address", old: Some("红星巷1号".into()), new: Some("建设街112号".into()) }]);
    assert_eq!(correction.after.people, Some(3), "what the roster does not say stays");
    assert_eq!(verdict.warnings, [Warning { row: 2, code: Notice::FileCorrected }]);
}

#[test]
fn silence_about_a_flag_changes_nothing_and_an_answer_does() {
    let before = Described { migrant: true, laid_off: true, ..first() };
    let (_, plan) = planned(ROSTER, vec![file(before.clone(), org(1), Status::Approved)]);
    assert!(plan.corrected.is_empty());
    let answered = ROSTER.replace("备注", "是否下岗").replace("独居", "否");
    let (_, plan) = planned(&answered, vec![file(before, org(1), Status::Approved)]);
    assert_eq!(plan.corrected[0].changes.iter().map(|c| c.field).collect::<Vec<_>>(), ["laid_off"]);
}

#[test]
fn a_file_kept_by_another_org_makes_its_row_a_refused_one() {
    let cleaned = ROSTER.replace("510104195209043743", "510104 195209043743");
    let (verdict, plan) = planned(&cleaned, vec![file(first(), org(2), Status::Approved)]);
    assert_eq!(verdict.rejected.iter().map(|r| (r.row, r.column.as_str(), r.code)).collect::<Vec<_>>(), [(2, "身份证号码", Refusal::FileElsewhere)]);
    assert_eq!((verdict.accepted.len(), verdict.warnings.len(), plan.created.len()), (1, 0, 1));
}

#[test]
fn a_roster_does_not_bring_a_closed_file_back() {
    let before = Described { phone: None, ..first() };
    let (verdict, plan) = planned(ROSTER, vec![file(before, org(1), Status::Closed)]);
    assert_eq!(plan.corrected[0].before.status, Status::Closed);
    assert_eq!(verdict.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), [Notice::FileOver, Notice::FileCorrected]);
}

#[test]
fn importing_what_was_corrected_changes_nothing_more() {
    let before = Described { address: "红星巷1号".into(), remarks: "旧".into(), ..first() };
    let (_, plan) = planned(ROSTER, vec![file(before, org(1), Status::Approved)]);
    let after = file(plan.corrected[0].after.clone(), org(1), Status::Approved);
    assert_eq!(planned(ROSTER, vec![after]).1.unchanged, 1);
}
