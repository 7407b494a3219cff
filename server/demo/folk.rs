//! The 204 households of the city, each with a head whose number adds up, a home on a street, and a reason to be on file.

use chrono::NaiveDate;

use super::dice::Dice;
use super::names;
use super::places::{REGIONS, STATIONS, Station};
use super::wares::PROMISES;
use crate::kit::geo::{Datum, Point};
use crate::kit::idnumber::IdNumber;

/// Somebody who lives with the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// Their name.
    pub name: String,
    /// `spouse`, `child`, `parent`.
    pub relation: &'static str,
}

/// A household.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// Which team visits it, from 0.
    pub team: usize,
    /// The head's name.
    pub head: String,
    /// The head's number.
    pub id_number: IdNumber,
    /// A number that no operator hands out.
    pub phone: String,
    /// Where the head works or worked.
    pub workplace: String,
    /// Street, house, flat.
    pub address: String,
    /// Which of the standards; none for front-line workers.
    pub promise: Option<usize>,
    /// The rest of the household.
    pub members: Vec<Relative>,
    /// Yuan a head and month.
    pub income_yuan: i64,
    /// A migrant worker's.
    pub migrant: bool,
    /// The head was laid off.
    pub laid_off: bool,
    /// The head is retired.
    pub retired: bool,
    /// Where the home is; how it was put down is `datum`. None: nobody has put it down.
    pub home: Option<Point>,
    /// The datum of the map somebody picked it on.
    pub datum: Datum,
    /// What else the file says.
    pub remarks: &'static str,
}

const WORKPLACES: [&str; 12] = [
    "暖川第二棉纺厂",
    "东溪机械厂",
    "市公共交通公司",
    "南陌食品厂",
    "环卫二所",
    "北杏建筑公司",
    "原东风电机厂(已改制)",
    "顺达物流",
    "市第三建筑公司",
    "杏林中药饮片厂",
    "石桥农贸市场",
    "灵活就业",
];
const REMARKS: [&str; 8] = ["", "", "", "住六楼,无电梯", "白天上班,晚上六点后在家", "老人听力不好,敲门请大声", "院内有狗", "正在市三医院透析,每周二四六不在家"];

/// Everybody, team by team.
#[must_use]
pub fn families(seed: u64) -> Vec<Family> {
    let mut families = Vec::new();
    for (team, station) in STATIONS.iter().enumerate() {
        let mut dice = Dice::of(seed, &format!("folk/{}", station.code));
        let before = families.len();
        families.extend((0..station.households).map(|n| family(team, station, n, before + n, &mut dice)));
    }
    families
}

fn family(team: usize, station: &Station, n: usize, serial: usize, dice: &mut Dice) -> Family {
    let promise = category(dice);
    let category = PROMISES.get(promise).map_or("", |promise| promise.category);
    let is_old = matches!(category, "elderly_alone" | "party_member" | "model_worker" | "veteran_family");
    let (surname, is_male) = (names::surname(dice), dice.chance(0.58));
    let migrant = category == "migrant" || dice.chance(0.05);
    let retired = is_old || dice.chance(0.12);
    let street = n % station.streets.len();
    Family {
        team,
        head: names::of_surname(surname, is_male, dice),
        id_number: number(station.district, serial, is_male, is_old, dice),
        phone: format!("1990000{serial:04}"),
        workplace: dice.pick(&WORKPLACES).to_owned(),
        address: address(station, street, n, dice),
        promise: Some(promise),
        members: members(surname, is_male, category, dice),
        income_yuan: dice.whole(320, 1_450),
        migrant,
        laid_off: !retired && dice.chance(0.3),
        retired,
        home: (!dice.chance(0.04)).then(|| home(station, street, n, dice)),
        datum: if dice.chance(0.3) { Datum::Gcj02 } else { Datum::Wgs84 },
        remarks: dice.pick(&REMARKS),
    }
}

fn category(dice: &mut Dice) -> usize {
    let mut throw = dice.below(PROMISES.iter().map(|promise| promise.share).sum());
    for (n, promise) in PROMISES.iter().enumerate() {
        match throw.checked_sub(promise.share) {
            Some(rest) => throw = rest,
            None => return n,
        }
    }
    0
}

/// Odd sequence numbers are men's, even ones women's; each serial stands once, so that no number stands twice.
fn number(district: usize, serial: usize, is_male: bool, is_old: bool, dice: &mut Dice) -> IdNumber {
    let year = if is_old { dice.whole(1938, 1957) } else { dice.whole(1958, 1992) };
    let day = NaiveDate::from_ymd_opt(
        i32::try_from(year).unwrap_or(1970),
        u32::try_from(dice.whole(1, 12)).unwrap_or(1),
        u32::try_from(dice.whole(1, 28)).unwrap_or(1),
    );
    let sequence = u32::try_from(serial * 2 + usize::from(is_male)).unwrap_or_default() + 100;
    let region = REGIONS.get(district).copied().unwrap_or(519_801);
    day.and_then(|day| IdNumber::compose(region, day, sequence)).unwrap_or_else(|| number(district, serial, is_male, is_old, dice))
}

fn address(station: &Station, street: usize, n: usize, dice: &mut Dice) -> String {
    let street = station.streets.get(street).copied().unwrap_or_default();
    let house = n * 3 + 2;
    if dice.chance(0.7) {
        format!("{street}{house}号{}单元{}0{}室", dice.whole(1, 4), dice.whole(1, 6), dice.whole(1, 4))
    } else {
        format!("{street}{house}号附{}号", dice.whole(1, 9))
    }
}

/// Streets run across and down from the station; houses stand along them.
fn home(station: &Station, street: usize, n: usize, dice: &mut Dice) -> Point {
    let along = f64::from(u32::try_from(n / 4).unwrap_or_default()).mul_add(0.000_62, dice.between(-0.000_08, 0.000_08)) - 0.001_9;
    let aside = f64::from(u32::try_from(street / 2).unwrap_or_default()).mul_add(0.002_4, dice.between(-0.000_12, 0.000_12)) - 0.001_1;
    let (north, east) = if street.is_multiple_of(2) { (aside, along) } else { (along, aside) };
    Point { latitude: station.latitude + north, longitude: station.longitude + east }
}

fn members(surname: char, is_male: bool, category: &str, dice: &mut Dice) -> Vec<Relative> {
    let mut members = Vec::new();
    let married = !matches!(category, "single_parent" | "elderly_alone") && dice.chance(0.7);
    if married {
        let own = names::surname(dice);
        members.push(Relative { name: names::of_surname(own, !is_male, dice), relation: "spouse" });
    }
    if category != "elderly_alone" {
        let children = if matches!(category, "single_parent" | "student") { 1 } else { dice.below(3) };
        members.extend((0..children).map(|_| {
            let is_son = dice.chance(0.5);
            Relative { name: names::of_surname(surname, is_son, dice), relation: "child" }
        }));
        if dice.chance(0.22) {
            members.push(Relative { name: names::of_surname(surname, false, dice), relation: "parent" });
        }
    }
    members
}
