//! What the nouns of this room promise, one by one.

use super::keys::{AccountKind, CommodityKind};
use super::*;
use crate::kit::clock::Moment;

const ID: &str = "01900000-0000-7000-8000-000000000001";
const OTHER: &str = "01900000-0000-7000-8000-000000000002";

fn fund() -> FundId {
    FundId::parse(ID).unwrap()
}
fn item() -> ItemId {
    ItemId::parse(OTHER).unwrap()
}
fn team() -> TeamId {
    TeamId::parse(ID).unwrap()
}
fn org() -> OrgId {
    OrgId::parse(OTHER).unwrap()
}

/// Every account that belongs to somebody, and the two that belong to nobody.
fn accounts() -> [Account; 9] {
    [
        Account::Source(fund()),
        Account::Store(OrgId::parse(ID).unwrap()),
        Account::Team(team()),
        Account::Unexplained(team()),
        Account::Household(HouseholdId::parse(ID).unwrap()),
        Account::Enterprise(EnterpriseId::parse(ID).unwrap()),
        Account::Person(RecipientId::parse(ID).unwrap()),
        Account::Returned,
        Account::Loss,
    ]
}

#[test]
fn an_account_is_named_by_its_kind_and_id_and_by_nothing_else() {
    assert_eq!(accounts().map(Account::kind).as_slice(), AccountKind::ALL);
    for (n, account) in accounts().into_iter().enumerate() {
        assert_eq!(account.id(), if n < 7 { ID } else { "" });
        assert_eq!(Account::named(account.kind(), account.id()), Some(account));
        assert_eq!(Account::named(account.kind(), "x").is_some(), n >= 7);
    }
}

#[test]
fn a_commodity_is_a_fund_or_an_item() {
    let (cash, goods) = (Commodity::Cash(fund()), Commodity::Goods(item()));
    assert_eq!((cash.kind(), cash.id(), cash.fund_id(), cash.item_id()), (CommodityKind::Cash, ID, Some(fund()), None));
    assert_eq!((goods.kind(), goods.id(), goods.fund_id(), goods.item_id()), (CommodityKind::Goods, OTHER, None, Some(item())));
    for commodity in [cash, goods] {
        assert_eq!(Commodity::named(commodity.kind(), commodity.id()), Some(commodity));
        assert_eq!(Commodity::named(commodity.kind(), "x"), None);
    }
}

#[test]
fn a_place_gathers_recipients_and_both_sides_of_a_team() {
    let kinds = ["source", "store", "team", "team", "household", "enterprise", "person", "returned", "loss"];
    for (n, (account, kind)) in accounts().into_iter().zip(kinds).enumerate() {
        let place = Place::of(account);
        let id = if n < 4 { ID } else { "" };
        assert_eq!((place.kind().as_str(), place.id()), (kind, id));
        assert_eq!(place.key(), if id.is_empty() { kind.to_owned() } else { format!("{kind}:{id}") });
        assert_eq!(Place::named(place.kind(), id), Some(place));
        assert_eq!(Place::named(place.kind(), "x").is_some(), n >= 4);
    }
    assert_eq!(Place::named(AccountKind::Unexplained, ID), Some(Place::Team(team())));
}

#[test]
fn what_moved_adds_up_turns_and_is_worth_something() {
    let (one, other) = (Moved { amount: 5, value_fen: 3 }, Moved { amount: -2, value_fen: -1 });
    assert_eq!(one.plus(other), Moved { amount: 3, value_fen: 2 });
    assert_eq!(one.turned(), Moved { amount: -5, value_fen: -3 });
    assert_eq!((one.worth_fen(Commodity::Cash(fund())), one.worth_fen(Commodity::Goods(item()))), (5, 3));
}

#[test]
fn a_team_is_asked_for_with_its_overdraft() {
    let id = || Some(ID.to_owned());
    assert_eq!(Touching::named(AccountKind::Team, id()), Touching { kinds: vec![AccountKind::Team, AccountKind::Unexplained], id: id() });
    assert_eq!(Touching::named(AccountKind::Store, None), Touching { kinds: vec![AccountKind::Store], id: None });
}

#[test]
fn a_slip_stands_as_its_signature_and_its_reversal_say() {
    for (is_reversed, agrees, state) in [
        (false, None, SlipState::Waiting),
        (false, Some(true), SlipState::Agreed),
        (false, Some(false), SlipState::Differs),
        (true, None, SlipState::Reversed),
        (true, Some(true), SlipState::Reversed),
        (true, Some(false), SlipState::Reversed),
    ] {
        assert_eq!(SlipState::of(is_reversed, agrees), state);
    }
    assert_eq!(SlipLine::of(Commodity::Cash(fund()), 5, None), SlipLine::Cash { fund_id: fund(), amount: 5, counted: None });
    assert_eq!(SlipLine::of(Commodity::Goods(item()), 5, Some(4)), SlipLine::Goods { item_id: item(), amount: 5, counted: Some(4) });
}

#[test]
fn lines_of_the_same_commodity_add_up_and_none_is_nothing() {
    let (cash, goods) = (Commodity::Cash(fund()), Commodity::Goods(item()));
    let lines = Lines::adding_up(&[(goods, 1), (cash, 2), (cash, 3)]).unwrap();
    assert_eq!(lines.as_slice(), [Line { commodity: cash, amount: 5 }, Line { commodity: goods, amount: 1 }]);
    for wrong in [vec![(cash, 0)], vec![(cash, -1)], vec![(cash, 5), (cash, -1)], vec![(cash, i64::MAX), (cash, 1)]] {
        assert_eq!(Lines::adding_up(&wrong), None, "{wrong:?}");
    }
    assert_eq!(Lines::adding_up(&[]), Some(Lines::default()));
}

fn lines() -> Lines {
    Lines::adding_up(&[(Commodity::Cash(fund()), 5)]).unwrap()
}

fn deeds() -> [Deed; 7] {
    let store = Some(org());
    [
        Deed::Receipt { fund: fund(), store, lines: lines() },
        Deed::Issue { store, team: team(), lines: lines() },
        Deed::Return { team: Some(team()), store, lines: lines() },
        Deed::Return { team: None, store, lines: lines() },
        Deed::Loss { team: Some(team()), store, lines: lines() },
        Deed::Loss { team: None, store: None, lines: lines() },
        Deed::Reversal { of: EntryId::parse(ID).unwrap() },
    ]
}

#[test]
fn a_deed_names_its_ends_and_its_lines() {
    let kinds = [EntryKind::Receipt, EntryKind::Issue, EntryKind::Return, EntryKind::Return, EntryKind::Loss, EntryKind::Loss, EntryKind::Reversal];
    for (n, (deed, kind)) in deeds().into_iter().zip(kinds).enumerate() {
        assert_eq!(deed.kind(), kind);
        assert_eq!(deed.lines().len(), usize::from(n < 6));
        assert_eq!(deed.store(), (n < 5).then(org));
        assert_eq!(deed.team(), [1, 2, 4].contains(&n).then(team));
        assert_eq!(deed.fund(), (n == 0).then(fund));
    }
}

#[test]
fn everything_that_is_asked_for_changes_the_hash_of_an_entry() {
    let entry = |deed| NewEntry {
        id: EntryId::parse(ID).unwrap(),
        campaign_id: CampaignId::parse(ID).unwrap(),
        deed,
        happened_at: Moment::from_ms(1),
        words: "x".to_owned(),
    };
    let mut seen: Vec<String> = deeds().into_iter().map(|deed| entry(deed).content_hash()).collect();
    let one = || entry(Deed::Loss { team: None, store: None, lines: lines() });
    let more = Lines::adding_up(&[(Commodity::Cash(fund()), 6)]).unwrap();
    let others = [
        NewEntry { happened_at: Moment::from_ms(2), ..one() },
        NewEntry { words: "y".to_owned(), ..one() },
        NewEntry { campaign_id: CampaignId::parse(OTHER).unwrap(), ..one() },
        NewEntry { deed: Deed::Loss { team: None, store: None, lines: more }, ..one() },
        NewEntry { deed: Deed::Reversal { of: EntryId::parse(OTHER).unwrap() }, ..one() },
    ];
    seen.extend(others.iter().map(NewEntry::content_hash));
    assert!(seen.iter().all(|hash| hash.len() == 64));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 12);
    assert_eq!(one().content_hash(), one().content_hash());
}

#[test]
fn a_receiver_has_an_account_unless_its_id_is_none() {
    let household = HouseholdId::parse(ID).unwrap();
    assert_eq!(Receiver::Household(household).account().unwrap(), Account::Household(household));
    assert_eq!(Receiver::Enterprise(ID.to_owned()).account().unwrap(), accounts()[5]);
    assert_eq!(Receiver::Person(ID.to_owned()).account().unwrap(), accounts()[6]);
    assert!(Receiver::Enterprise("x".to_owned()).account().is_err() && Receiver::Person("x".to_owned()).account().is_err());
}
