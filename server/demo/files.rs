//! The households' files: rosters brought in station by station, completed, approved, and given to the teams.

use std::collections::HashMap;
use std::fmt::Write;

use actix_web::http::Method;
use bytes::Bytes;
use serde_json::{Value, json};

use super::doors::{Doors, Fault, Person};
use super::folk::Family;
use super::people::{Offices, problem};
use super::wares::PROMISES;
use crate::app::Parts;
use crate::households::{self, Status};
use crate::kit::idnumber::IdNumber;

/// Brings everybody in; answers the ids of the households in the order of the families.
pub(super) async fn bring_in(parts: &Parts, doors: &Doors, centre: &Person, offices: &Offices, families: &[Family]) -> Result<Vec<String>, Fault> {
    for (team, station) in offices.stations.iter().enumerate() {
        let csv = roster(families.iter().filter(|family| family.team == team));
        let reply = doors.bring(centre, Method::POST, &format!("/households/imports?org={station}&name=roster.csv"), "text/csv", Bytes::from(csv)).await?;
        if reply.get("rejected").and_then(Value::as_array).is_none_or(|rejected| !rejected.is_empty()) {
            return Err(Fault(format!("a roster was refused: {reply}")));
        }
    }
    let stations = offices.stations.clone();
    let files = parts.db.read(move |conn| Ok(households::found_in(conn, &stations, Status::Applied)?)).await.map_err(problem)?;
    let ids: HashMap<&IdNumber, String> = files.iter().map(|file| (&file.described.id_number, file.id.to_string())).collect();
    let id = |family: &Family| ids.get(&family.id_number).cloned().ok_or_else(|| Fault(format!("{} was lost", family.address)));
    families.iter().map(id).collect()
}

/// Writes down where everybody lives and who lives there.
pub(super) async fn complete(doors: &Doors, centre: &Person, families: &[Family], ids: &[String]) -> Result<(), Fault> {
    for (family, id) in families.iter().zip(ids) {
        let members: Vec<Value> = family.members.iter().map(|member| json!({"name": member.name, "relation": member.relation})).collect();
        let mut edit = json!({"members": members});
        if let (Some(home), Some(edit)) = (family.home, edit.as_object_mut()) {
            let given = home.to_datum(family.datum);
            edit.insert("home".into(), json!({"latitude": given.latitude, "longitude": given.longitude, "datum": family.datum}));
        }
        if !members.is_empty() || family.home.is_some() {
            doors.change(centre, &format!("/households/{id}"), &json!(1), &edit).await?;
        }
    }
    Ok(())
}

/// Approves files.
pub(super) async fn approve(doors: &Doors, centre: &Person, ids: &[String]) -> Result<(), Fault> {
    doors.send(centre, Method::POST, "/households/approvals", &json!({"household_ids": ids})).await.map(drop)
}

/// Gives every team its households.
pub(super) async fn assign(doors: &Doors, centre: &Person, offices: &Offices, families: &[Family], ids: &[String]) -> Result<(), Fault> {
    for (team, team_id) in offices.teams.iter().enumerate() {
        let own: Vec<&String> = families.iter().zip(ids).filter(|(family, _)| family.team == team).map(|(_, id)| id).collect();
        doors.send(centre, Method::POST, "/households/assignments", &json!({"household_ids": own, "team_id": team_id})).await?;
    }
    Ok(())
}

/// A roster as a station sends it.
fn roster<'a>(families: impl Iterator<Item = &'a Family>) -> String {
    let mut csv = String::from("姓名,身份证号码,工作单位,家庭住址,联系电话,困难类别,致困原因,家庭人口,人均月收入,是否农民工,是否下岗,是否退休,备注\r\n");
    let yes = |is: bool| if is { "是" } else { "否" };
    for family in families {
        let promise = family.promise.and_then(|n| PROMISES.get(n));
        let (category, cause) = promise.map_or(("环卫工人", "收入低"), |promise| (promise.written, promise.cause));
        // Writing to a string cannot fail.
        let _ = write!(
            csv,
            "{},{},{},{},{},{category},{cause},{},{},{},{},{},\"{}\"\r\n",
            family.head,
            family.id_number.whole(),
            family.workplace,
            family.address,
            family.phone,
            family.members.len() + 1,
            family.income_yuan,
            yes(family.migrant),
            yes(family.laid_off),
            yes(family.retired),
            family.remarks,
        );
    }
    csv
}
