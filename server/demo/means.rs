//! The season's means: campaign, standards, funds, goods; what came in, and what the teams were given to hand over.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::doors::{Doors, Fault, Person};
use super::folk::Family;
use super::oddity::Oddity;
use super::people::Offices;
use super::rounds::Call;
use super::wares::{FLOUR, FUNDS, GOODS, GOVERNMENT, MEDICAL, OIL, PROMISES, RICE, UNION};
use crate::kit::clock::{DAY_MS, Moment};
use crate::kit::id::Id;

/// The campaign and what it gives.
#[derive(Debug, Default)]
pub(super) struct Season {
    pub(super) campaign: String,
    pub(super) funds: Vec<String>,
    pub(super) goods: Vec<String>,
}

/// Fen by fund and whole units by item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heap {
    pub(super) fen: [i64; 5],
    pub(super) units: [i64; 6],
}

impl Heap {
    /// What a family is promised.
    pub(super) fn promised(family: &Family) -> Self {
        let mut heap = Self::default();
        if let Some(promise) = family.promise.and_then(|n| PROMISES.get(n)) {
            heap.put_fen(promise.fund, promise.cash_yuan * 100);
            promise.goods.iter().for_each(|(item, units)| heap.put(*item, *units));
        }
        heap
    }

    pub(super) fn put_fen(&mut self, fund: usize, fen: i64) {
        if let Some(sum) = self.fen.get_mut(fund) {
            *sum += fen;
        }
    }

    pub(super) fn put(&mut self, item: usize, units: i64) {
        if let Some(sum) = self.units.get_mut(item) {
            *sum += units;
        }
    }

    fn add(&mut self, other: &Self) {
        self.fen.iter_mut().zip(other.fen).for_each(|(sum, fen)| *sum += fen);
        self.units.iter_mut().zip(other.units).for_each(|(sum, units)| *sum += units);
    }

    /// As the lines of an entry or of a visit's aid.
    pub(super) fn lines(&self, season: &Season) -> Vec<Value> {
        let cash = self.fen.iter().zip(&season.funds).filter(|(fen, _)| **fen > 0).map(|(fen, id)| json!({"kind": "cash", "fund_id": id, "amount_fen": fen}));
        let goods = self.units.iter().zip(&season.goods).filter(|(units, _)| **units > 0);
        cash.chain(goods.map(|(units, id)| json!({"kind": "goods", "item_id": id, "quantity_milli": units * 1_000}))).collect()
    }
}

/// Sets the campaign up as a draft with its standards, funds and goods.
pub(super) async fn set_up(doors: &Doors, centre: &Person, today: Moment) -> Result<Season, Fault> {
    let text = |value: &Value| value.get("id").and_then(Value::as_str).map(str::to_owned).ok_or_else(|| Fault("something made has no id".to_owned()));
    let year = today.plus_ms(60 * DAY_MS).china_day().get(..4).unwrap_or_default().to_owned();
    let mut season = Season::default();
    let body = json!({
        "name": format!("{year}年元旦春节送温暖"),
        "theme": "情系职工 温暖过冬",
        "opens_at": today.plus_ms(-35 * DAY_MS),
        "deadline_at": today.plus_ms(13 * DAY_MS - 1_000),
    });
    season.campaign = text(&doors.send(centre, Method::POST, "/campaigns", &body).await?)?;
    for (name, unit, value, ..) in GOODS {
        let body = json!({"name": name, "unit": unit, "unit_value_fen": value});
        season.goods.push(text(&doors.send(centre, Method::POST, "/goods", &body).await?)?);
    }
    for (name, source, earmark) in FUNDS {
        let body = json!({"campaign_id": season.campaign, "name": name, "source": source, "earmark": earmark});
        season.funds.push(text(&doors.send(centre, Method::POST, "/funds", &body).await?)?);
    }
    let standards: Vec<Value> = PROMISES
        .iter()
        .map(|promise| {
            let goods = promise.goods.iter().filter_map(|(item, units)| Some(json!({"item_id": season.goods.get(*item)?, "quantity_milli": units * 1_000})));
            json!({"category": promise.category, "cash_fen": promise.cash_yuan * 100, "purpose": promise.purpose, "goods": goods.collect::<Vec<_>>()})
        })
        .collect();
    doors.send(centre, Method::PUT, &format!("/campaigns/{}/standards", season.campaign), &json!(standards)).await?;
    Ok(season)
}

/// What each team is given: enough for its households and a little more; but one team one can of oil less than it will hand over.
pub(super) fn issues(families: &[Family], calls: &[Call]) -> Vec<Heap> {
    let short_of_oil = calls.iter().find(|call| call.oddity == Some(Oddity::Overdraft)).map(|call| call.team);
    let teams = families.iter().map(|family| family.team + 1).max().unwrap_or_default();
    let mut heaps = vec![Heap { fen: [300_000, 100_000, 300_000, 0, 0], units: [3, 2, 0, 4, 2, 0] }; teams];
    for family in families {
        if let Some(heap) = heaps.get_mut(family.team) {
            heap.add(&Heap::promised(family));
        }
    }
    // The second team at one door takes from what it was given for others: it must hold that at least.
    for call in calls.iter().filter(|call| call.oddity == Some(Oddity::SecondHandover)) {
        if let (Some(heap), Some(family)) = (heaps.get_mut(call.team), families.get(call.family)) {
            heap.add(&Heap::promised(family));
        }
    }
    if let Some((team, heap)) = short_of_oil.and_then(|team| Some((team, heaps.get_mut(team)?))) {
        let gone = calls.iter().filter(|call| call.team == team && call.outcome == "reached").filter_map(|call| families.get(call.family));
        let cans: i64 = gone.filter_map(|family| Heap::promised(family).units.get(OIL).copied()).sum();
        heap.units.iter_mut().skip(OIL).take(1).for_each(|units| *units = (cans - 1).max(0));
    }
    heaps
}

/// What comes in before the first visit, and what goes out to the teams.
pub(super) async fn stock(
    doors: &Doors,
    centre: &Person,
    season: &Season,
    offices: &Offices,
    heaps: &[Heap],
    now: Moment,
    id: &mut impl FnMut() -> Id,
) -> Result<(), Fault> {
    let mut whole = Heap::default();
    heaps.iter().for_each(|heap| whole.add(heap));
    for (fund, fund_id) in season.funds.iter().enumerate() {
        let mut gift = Heap::default();
        // A fifth more than is promised, in round sums.
        gift.put_fen(fund, whole.fen.get(fund).map_or(0, |fen| (fen * 6 / 5 / 1_000_000 + 1) * 1_000_000));
        for (item, (.., giver)) in GOODS.iter().enumerate() {
            if *giver == fund {
                gift.put(item, whole.units.get(item).map_or(0, |units| (units * 6 / 5 / 10 + 1) * 10));
            }
        }
        let body = json!({"id": id().as_str(), "kind": "receipt", "campaign_id": season.campaign, "fund_id": fund_id, "org_id": offices.federation, "lines": gift.lines(season), "happened_at": now, "words": "到账入库"});
        doors.send(centre, Method::POST, "/ledger/entries", &body).await?;
    }
    for (team, heap) in offices.teams.iter().zip(heaps) {
        let body = json!({"id": id().as_str(), "kind": "issue", "campaign_id": season.campaign, "team_id": team, "org_id": offices.federation, "lines": heap.lines(season), "happened_at": now, "words": "按走访名册领用"});
        doors.send(centre, Method::POST, "/ledger/entries", &body).await?;
    }
    Ok(())
}

/// A return and a loss, as they happen.
pub(super) async fn mishaps(doors: &Doors, centre: &Person, season: &Season, offices: &Offices, now: Moment, id: &mut impl FnMut() -> Id) -> Result<(), Fault> {
    let mut back = Heap::default();
    back.put(FLOUR, 1);
    back.put_fen(UNION, 50_000);
    let body = json!({"id": id().as_str(), "kind": "return", "campaign_id": season.campaign, "team_id": offices.teams.last(), "org_id": offices.federation, "lines": back.lines(season), "happened_at": now, "words": "备用物资退回"});
    doors.send(centre, Method::POST, "/ledger/entries", &body).await?;
    let mut wet = Heap::default();
    wet.put(RICE, 1);
    let body = json!({"id": id().as_str(), "kind": "loss", "campaign_id": season.campaign, "org_id": offices.federation, "lines": wet.lines(season), "happened_at": now, "words": "库房渗水,一袋受潮"});
    doors.send(centre, Method::POST, "/ledger/entries", &body).await.map(drop)
}

/// What a call hands over.
pub(super) fn handed(family: &Family, oddity: Option<Oddity>, is_put_right: bool) -> Heap {
    let mut heap = Heap::promised(family);
    let fund = family.promise.and_then(|n| PROMISES.get(n)).map_or(GOVERNMENT, |promise| promise.fund);
    match oddity {
        Some(Oddity::MoreCash) => heap.put_fen(fund, 20_000),
        Some(Oddity::LessCash) => heap.put_fen(fund, -30_000),
        Some(Oddity::Amended) if !is_put_right => heap.put_fen(fund, 40_000),
        Some(Oddity::OtherGoods) => {
            heap.units.iter_mut().skip(OIL).take(2).for_each(|units| *units = 0);
            heap.put(FLOUR, 1);
        }
        Some(Oddity::Unpromised) => heap.put(RICE, 1),
        Some(Oddity::WrongFund) => {
            let fen = heap.fen.iter().sum();
            heap.fen = [0; 5];
            heap.put_fen(if fund == MEDICAL { GOVERNMENT } else { MEDICAL }, fen);
        }
        _ => {}
    }
    heap
}
