//! Raises the city: deed by deed in the order of the weeks.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::http::Method;
use serde_json::{Value, json};

use super::album::Album;
use super::doors::{Doors, Fault, Person, word};
use super::folk::{self, Family};
use super::means::{self, Season};
use super::oddity::Oddity;
use super::paint::Size;
use super::people::{self, problem};
use super::phone::Phone;
use super::places::STATIONS;
use super::rounds::{self, CADRES, Call};
use super::slips::Leads;
use super::tour::{Tour, arrives, commissions};
use super::{checks, dice, files};
use crate::app::Parts;
use crate::findings;
use crate::kit::clock::{Chance, DAY_MS, HOUR_MS, MINUTE_MS, Moment};
use crate::kit::id::Id;

/// What city is wished for.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The same seed on the same day makes the same city.
    pub seed: u64,
    /// The first moment of today in China.
    pub today: Moment,
    /// How large pictures are.
    pub size: Size,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised {
    /// Households on file.
    pub households: usize,
    /// Visits sent.
    pub visits: usize,
    /// Pictures painted.
    pub pictures: usize,
}

/// Raises the city in an empty store. `time` is what the clock of `parts` shows; it is moved through five weeks and left at the last
/// deed, yesterday evening.
///
/// # Errors
/// What a door answered, when it was not what the city needs.
pub async fn raise(parts: &Parts, time: &AtomicI64, wish: Wish) -> Result<Raised, Fault> {
    let set = |at: Moment| time.store(at.ms(), Ordering::Relaxed);
    let day = |day: i64, hour: i64| wish.today.plus_ms(day * DAY_MS + hour * HOUR_MS);
    let (families, calls) = plan(wish.seed);
    let shots = in_order(&calls, wish).into_iter().filter_map(|(n, call)| Some(commissions(call, n, families.get(call.family)?, wish.today)));
    let commissions: Vec<_> = shots.flatten().collect();
    let pictures = commissions.len();
    let album = Album::commission(wish.seed, wish.size, commissions);

    set(day(-48, 9));
    let offices = people::enter(parts, wish.seed).await?;
    let doors = Doors::open(parts).await;
    let centre = doors.sign_in("centre").await?;
    set(day(-46, 10));
    let ids = files::bring_in(parts, &doors, &centre, &offices, &families).await?;
    files::complete(&doors, &centre, &families, &ids).await?;
    set(day(-40, 15));
    let late = of(&calls, Oddity::NotApproved, &ids);
    let approved: Vec<String> = ids.iter().filter(|id| !late.contains(id)).cloned().collect();
    files::approve(&doors, &centre, &approved).await?;
    files::assign(&doors, &centre, &offices, &families, &ids).await?;
    set(day(-36, 9));
    let season = means::set_up(&doors, &centre, wish.today).await?;
    set(day(-35, 9));
    doors.send(&centre, Method::POST, &format!("/campaigns/{}/open", season.campaign), &json!({})).await?;
    set(day(-34, 9));
    let mut entry = deeds(wish, "entries", day(-34, 9));
    means::stock(&doors, &centre, &season, &offices, &means::issues(&families, &calls), day(-34, 9), &mut entry).await?;
    set(day(-34, 11));
    let mut leads = Leads::enter(&doors, wish.seed, &mut deeds(wish, "lead devices", day(-47, 9))).await?;
    leads.sign(&doors, day(-34, 10), &mut deeds(wish, "slips", day(-34, 10))).await?;

    let album = Tour {
        seed: wish.seed,
        today: wish.today,
        families: &families,
        ids: &ids,
        season: &season,
        album,
        taken: 0,
        last: HashMap::new(),
        amendable: HashMap::new(),
    };
    visit_all(parts, &doors, &calls, album, wish, time, (&centre, &late)).await?;
    set(day(-1, 19));
    means::mishaps(&doors, &centre, &season, &offices, day(-1, 18), &mut entry).await?;
    leads.sign(&doors, day(-1, 19), &mut deeds(wish, "returned slips", day(-1, 18))).await?;
    findings::catch_up(&parts.db).await.map_err(problem)?;
    set(day(-1, 20));
    settle(&doors, &season).await?;
    findings::catch_up(&parts.db).await.map_err(problem)?;
    set(day(-1, 21));
    checks::check(&doors, &season).await?;
    Ok(Raised { households: families.len(), visits: calls.len(), pictures })
}

/// Everybody and every call; who is planted as promised nothing is a front-line worker.
fn plan(seed: u64) -> (Vec<Family>, Vec<Call>) {
    let mut families = folk::families(seed);
    let calls = rounds::calls(seed, &families);
    for call in calls.iter().filter(|call| call.oddity == Some(Oddity::Unpromised)) {
        if let Some(family) = families.get_mut(call.family) {
            family.promise = None;
        }
    }
    (families, calls)
}

/// The calls in the order in which they arrive: pictures are painted and taken in this order.
fn in_order(calls: &[Call], wish: Wish) -> Vec<(usize, &Call)> {
    let mut order: Vec<(usize, &Call)> = calls.iter().enumerate().collect();
    order.sort_by_key(|(n, call)| (arrives(call, wish.today), *n));
    order
}

/// The households of the calls that are odd in this way.
fn of(calls: &[Call], oddity: Oddity, ids: &[String]) -> Vec<String> {
    calls.iter().filter(|call| call.oddity == Some(oddity)).filter_map(|call| ids.get(call.family).cloned()).collect()
}

/// Ids for what clients make, from the seed.
fn deeds(wish: Wish, label: &str, at: Moment) -> impl FnMut() -> Id + use<> {
    let chance: Chance = dice::chance(wish.seed ^ dice::Dice::of(wish.seed, label).next());
    let mut made = 0;
    move || {
        made += 1;
        Id::fresh(at.plus_ms(made), &chance)
    }
}

/// Sends all calls in the order in which they arrive.
async fn visit_all(
    parts: &Parts,
    doors: &Doors,
    calls: &[Call],
    mut tour: Tour<'_>,
    wish: Wish,
    time: &AtomicI64,
    (centre, late): (&Person, &[String]),
) -> Result<(), Fault> {
    let mut phones = Vec::new();
    let mut device = deeds(wish, "devices", wish.today.plus_ms(-47 * DAY_MS));
    for cadre in 1..=STATIONS.len() * CADRES {
        phones.push(Phone::new(doors.sign_in(&format!("cadre{cadre}")).await?, device()));
    }
    let mut approval = calls.iter().find(|call| call.oddity == Some(Oddity::NotApproved)).map(|call| call.day + 2);
    let mut today = i64::MIN;
    for (n, call) in in_order(calls, wish) {
        let at = arrives(call, wish.today);
        let day = at.since(wish.today).div_euclid(DAY_MS);
        if day != today {
            // Evidence that is overdue is found by the day it is missed.
            findings::catch_up(&parts.db).await.map_err(problem)?;
            today = day;
        }
        time.store(at.ms(), Ordering::Relaxed);
        if approval.is_some_and(|then| day > then) {
            approval = None;
            files::approve(doors, centre, late).await?;
            doors.send(centre, Method::POST, &format!("/campaigns/{}/entitlements", tour.season.campaign), &json!({})).await?;
        }
        let Some(phone) = phones.get_mut(call.cadre) else { continue };
        let mut id = deeds(wish, &format!("visit/{n}"), at.plus_ms(-MINUTE_MS));
        tour.make(doors, phone, n, call, id()).await?;
    }
    Ok(())
}

/// A few findings are settled already, by a lead who knows and a supervisor who asked.
async fn settle(doors: &Doors, season: &Season) -> Result<(), Fault> {
    const WORDS: [(&str, &str, &str); 3] = [
        ("P03", "explained", "老人住院,家属约在社区卫生站领取,已电话核实。"),
        ("A02", "explained", "余款待补办银行卡后转账,已列入下次走访。"),
        ("E02", "confirmed", "未按规定签字,已约谈并责成补签。"),
    ];
    let supervisor = doors.sign_in("supervisor").await?;
    let found = doors.list(&supervisor, &format!("/findings?campaign={}&status=open", season.campaign)).await?;
    for (code, how, words) in WORDS {
        let is_it = |finding: &&Value| word(finding, "/code") == code && word(finding, "/severity") != "info";
        if let Some(id) = found.iter().find(is_it).map(|finding| word(finding, "/id")) {
            doors.send(&supervisor, Method::POST, &format!("/findings/{id}/settle"), &json!({"how": how, "words": words})).await?;
        }
    }
    Ok(())
}
