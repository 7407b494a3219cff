//! What is missing before a campaign opens: pure.

use crate::boards::model::{Checked, Readiness, ReadyCheck, ReadyFacts, ReadyLine, ReadyState};
use crate::campaigns::{Earmark, Purpose};
use crate::households::Status;

/// Lines of one check at most: who has more to mend begins with these.
const MOST_LINES: usize = 50;

/// Every check, in the order in which they are usually seen to.
pub(in crate::boards) fn readiness(facts: &ReadyFacts) -> Readiness {
    let checks = vec![
        days(facts),
        standards(facts),
        categories(facts),
        files(facts),
        notices(facts),
        objections(facts),
        teams(facts),
        members(facts),
        cash(facts),
        goods(facts),
        automatic(ReadyCheck::SealKey, facts.has_seal_key),
        automatic(ReadyCheck::Commitment, facts.is_committed),
    ];
    let can_open = facts.is_draft && checks.iter().all(|check| check.state != ReadyState::Missing);
    Readiness { campaign_id: facts.campaign_id, can_open, checks }
}

fn checked(check: ReadyCheck, state: ReadyState, count: i64, mut lines: Vec<ReadyLine>) -> Checked {
    lines.truncate(MOST_LINES);
    Checked { check, state, count, lines }
}

/// Ready, unless there are lines that lack something.
fn by_lines(check: ReadyCheck, count: i64, lines: Vec<ReadyLine>) -> Checked {
    let state = if lines.is_empty() { ReadyState::Ready } else { ReadyState::Attention };
    checked(check, state, count, lines)
}

fn word(word: &str, needed: i64, there: i64) -> ReadyLine {
    ReadyLine { word: Some(word.to_owned()), needed, there, ..ReadyLine::default() }
}

fn days(facts: &ReadyFacts) -> Checked {
    checked(ReadyCheck::Days, if facts.is_past { ReadyState::Attention } else { ReadyState::Ready }, 0, Vec::new())
}

fn standards(facts: &ReadyFacts) -> Checked {
    let count = facts.standards.as_slice().len();
    let state = if count == 0 { ReadyState::Missing } else { ReadyState::Ready };
    checked(ReadyCheck::Standards, state, i64::try_from(count).unwrap_or(i64::MAX), Vec::new())
}

fn categories(facts: &ReadyFacts) -> Checked {
    let without = facts.approved.iter().filter(|of| facts.standards.of(of.category).is_none());
    let lines: Vec<ReadyLine> = without.map(|of| word(of.category.as_str(), of.files, 0)).collect();
    by_lines(ReadyCheck::Categories, lines.iter().map(|line| line.needed).sum(), lines)
}

fn files(facts: &ReadyFacts) -> Checked {
    let count = facts.approved.iter().map(|of| of.files).sum();
    checked(ReadyCheck::Files, if count == 0 { ReadyState::Attention } else { ReadyState::Ready }, count, Vec::new())
}

fn standing(facts: &ReadyFacts, status: Status) -> i64 {
    facts.by_status.iter().filter(|(of, _)| *of == status).map(|(_, files)| *files).sum()
}

/// What waits for somebody: to be made public, for the days to pass, to be approved. Approved too early is told first.
fn notices(facts: &ReadyFacts) -> Checked {
    let on_notice = standing(facts, Status::Noticed);
    let running = on_notice.saturating_sub(facts.notice_over);
    let told = [
        ("approved", facts.notice_running),
        ("over", facts.notice_over),
        ("running", running),
        ("reviewed", standing(facts, Status::Reviewed)),
        ("applied", standing(facts, Status::Applied)),
    ];
    let lines: Vec<ReadyLine> = told.into_iter().filter(|(_, files)| *files > 0).map(|(of, files)| word(of, files, 0)).collect();
    by_lines(ReadyCheck::Notices, lines.iter().map(|line| line.needed).sum(), lines)
}

fn objections(facts: &ReadyFacts) -> Checked {
    let open = standing(facts, Status::Verifying);
    checked(ReadyCheck::Objections, if open == 0 { ReadyState::Ready } else { ReadyState::Attention }, open, Vec::new())
}

fn teams(facts: &ReadyFacts) -> Checked {
    let without = facts.approved.iter().map(|of| of.files - of.with_team).sum();
    checked(ReadyCheck::Teams, if without == 0 { ReadyState::Ready } else { ReadyState::Attention }, without, Vec::new())
}

/// Without a lead nobody signs for what a team receives; without a cadre nobody goes.
fn members(facts: &ReadyFacts) -> Checked {
    let line = |lacks: &str, team: &crate::boards::model::Visiting| ReadyLine {
        id: Some(team.id.to_string()),
        name: Some(team.name.clone()),
        word: Some(lacks.to_owned()),
        needed: team.households,
        ..ReadyLine::default()
    };
    let leads = facts.teams.iter().filter(|team| team.leads == 0).map(|team| line("lead", team));
    let cadres = facts.teams.iter().filter(|team| team.leads + team.cadres == 0).map(|team| line("cadre", team));
    let lines: Vec<ReadyLine> = leads.chain(cadres).collect();
    by_lines(ReadyCheck::Members, i64::try_from(facts.teams.len()).unwrap_or(i64::MAX), lines)
}

/// Each purpose takes what is earmarked for it, and what is left of the funds that are not earmarked.
fn cash(facts: &ReadyFacts) -> Checked {
    let received = |earmark: Earmark| facts.cash.iter().filter(|(of, _)| *of == earmark).map(|(_, fen)| *fen).fold(0, i64::saturating_add);
    let (mut free, mut needed_in_all, mut lines) = (received(Earmark::Any), 0_i64, Vec::new());
    for purpose in Purpose::ALL {
        let needed = facts.cash_needed(*purpose);
        let own = Earmark::ALL.iter().filter(|earmark| **earmark != Earmark::Any && earmark.allows(*purpose)).map(|earmark| received(*earmark)).sum::<i64>();
        let taken = needed.saturating_sub(own).clamp(0, free.max(0));
        free -= taken;
        needed_in_all = needed_in_all.saturating_add(needed);
        let there = own.saturating_add(taken).min(needed);
        if there < needed {
            lines.push(word(purpose.as_str(), needed, there));
        }
    }
    by_lines(ReadyCheck::Cash, needed_in_all, lines)
}

fn goods(facts: &ReadyFacts) -> Checked {
    let lacking = facts.goods.iter().map(|stock| (stock, facts.goods_needed(stock.item_id))).filter(|(stock, needed)| stock.received_milli < *needed);
    let line = |(stock, needed): (&crate::boards::model::Stock, i64)| ReadyLine {
        id: Some(stock.item_id.to_string()),
        name: Some(stock.name.clone()),
        unit: Some(stock.unit.clone()),
        needed,
        there: stock.received_milli.max(0),
        ..ReadyLine::default()
    };
    by_lines(ReadyCheck::Goods, i64::try_from(facts.goods.len()).unwrap_or(i64::MAX), lacking.map(line).collect())
}

fn automatic(check: ReadyCheck, is_there: bool) -> Checked {
    checked(check, if is_there { ReadyState::Ready } else { ReadyState::Automatic }, 0, Vec::new())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::boards::model::Approved;
    use crate::campaigns::{CampaignId, Standard, Standards};
    use crate::households::Category;

    fn facts(standards: Vec<Standard>, approved: Vec<Approved>, cash: Vec<(Earmark, i64)>) -> ReadyFacts {
        ReadyFacts {
            campaign_id: CampaignId::nil(),
            is_draft: true,
            is_past: false,
            standards: Standards::from(standards),
            approved,
            by_status: Vec::new(),
            notice_over: 0,
            notice_running: 0,
            teams: Vec::new(),
            cash,
            goods: Vec::new(),
            has_seal_key: false,
            is_committed: false,
        }
    }

    fn standard(category: Category, cash_fen: i64, purpose: Purpose) -> Standard {
        Standard { category, cash_fen, purpose, goods: Vec::new() }
    }

    fn of(readiness: &Readiness, check: ReadyCheck) -> &Checked {
        readiness.checks.iter().find(|one| one.check == check).unwrap()
    }

    #[test]
    fn money_for_one_purpose_covers_no_other_and_free_money_covers_what_is_left() {
        let standards = vec![standard(Category::Sudden, 100, Purpose::Medical), standard(Category::Student, 50, Purpose::Schooling)];
        let approved = vec![Approved { category: Category::Sudden, files: 3, with_team: 3 }, Approved { category: Category::Student, files: 2, with_team: 1 }];
        let told = readiness(&facts(standards.clone(), approved.clone(), vec![(Earmark::Medical, 1_000), (Earmark::Any, 60)]));
        let cash = of(&told, ReadyCheck::Cash);
        assert_eq!((cash.state, cash.count), (ReadyState::Attention, 400));
        assert_eq!(cash.lines, [word("schooling", 100, 60)]);
        let told = readiness(&facts(standards, approved, vec![(Earmark::Medical, 300), (Earmark::Any, 100)]));
        assert_eq!(of(&told, ReadyCheck::Cash).state, ReadyState::Ready);
        assert_eq!((of(&told, ReadyCheck::Teams).count, told.can_open), (1, true));
    }

    #[test]
    fn without_a_standard_it_cannot_open() {
        let told = readiness(&facts(Vec::new(), vec![Approved { category: Category::Sudden, files: 3, with_team: 3 }], Vec::new()));
        assert!(!told.can_open);
        assert_eq!(of(&told, ReadyCheck::Categories).lines, [word("sudden", 3, 0)]);
    }

    proptest! {
        #[test]
        fn what_is_said_to_be_lacking_is_what_no_share_of_the_funds_could_cover(needs in prop::collection::vec(0..1_000_i64, 4), has in prop::collection::vec(0..1_000_i64, 5)) {
            let categories = [Category::Sudden, Category::Student, Category::Migrant, Category::Disabled];
            let standards = categories.iter().zip(Purpose::ALL).zip(&needs).map(|((category, purpose), fen)| standard(*category, *fen, *purpose)).collect();
            let approved = categories.iter().map(|category| Approved { category: *category, files: 1, with_team: 1 }).collect();
            let cash = Earmark::ALL.iter().copied().zip(has.iter().copied()).collect::<Vec<_>>();
            let told = readiness(&facts(standards, approved, cash.clone()));
            let lacking: i64 = of(&told, ReadyCheck::Cash).lines.iter().map(|line| line.needed - line.there).sum();
            let received = |earmark: Earmark| cash.iter().find(|(of, _)| *of == earmark).map_or(0, |(_, fen)| *fen);
            let own = |purpose: &Purpose| Earmark::ALL.iter().filter(|e| **e != Earmark::Any && e.allows(*purpose)).map(|e| received(*e)).sum::<i64>();
            let beyond: i64 = Purpose::ALL.iter().zip(&needs).map(|(purpose, need)| (need - own(purpose)).max(0)).sum();
            prop_assert_eq!(lacking, (beyond - received(Earmark::Any)).max(0));
        }
    }
}
