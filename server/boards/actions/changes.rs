//! What changed since somebody last looked: read from the log by a cursor. Where nothing happened it is one look at where the chains end.

use std::collections::BTreeMap;

use crate::accounts::{Actor, TeamId};
use crate::boards::model::{ChangeKind, Changes, ChangesAsked, Happening, ReadThrough};
use crate::boards::queries::{self, InSight};
use crate::boards::rules::{self, Heard, VERBS};
use crate::campaigns;
use crate::households::HouseholdId;
use crate::kit::db::Conn;
use crate::kit::digest::sha256_hex;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::LogRow;
use crate::visits::VisitId;

/// Events read at once.
const PAGE: i64 = 1_000;
/// Past this many nobody reads them one by one.
const MOST: i64 = 20_000;
/// Most that are told one by one.
const TOLD: usize = 50;

/// What changed in a campaign, within what somebody may see.
///
/// # Errors
/// [`Code::NotFound`] for a campaign out of sight, [`Code::BadRequest`] for a cursor that is not ours.
pub(in crate::boards) fn changes(conn: &mut Conn, actor: &Actor, asked: &ChangesAsked) -> Result<Changes, Problem> {
    campaigns::visible(conn, actor, asked.campaign)?;
    let now = ReadThrough { view: view_of(actor), chains: queries::heads(conn, actor)? };
    let since = asked.since.as_deref().map(|text| ReadThrough::parse(text).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let at_the_end = |skipped| Changes { cursor: now.write(), skipped, ..Changes::default() };
    let Some(since) = since else { return Ok(at_the_end(false)) };
    let seen = |chain: &str| since.chains.get(chain).copied();
    let missed: i64 = now.chains.iter().map(|(chain, head)| head - seen(chain).unwrap_or(*head)).sum();
    let is_ours = since.view == now.view && now.chains.iter().all(|(chain, head)| seen(chain).is_some_and(|seen| (0..=*head).contains(&seen)));
    if !is_ours || missed > MOST {
        return Ok(at_the_end(true));
    }
    let after: BTreeMap<&str, i64> =
        now.chains.iter().filter_map(|(chain, head)| Some((chain.as_str(), seen(chain)?)).filter(|(_, seen)| seen < head)).collect();
    if after.is_empty() {
        return Ok(at_the_end(false));
    }
    let rows = queries::events(conn, &after, &VERBS, PAGE)?;
    let more = i64::try_from(rows.len()).is_ok_and(|read| read >= PAGE);
    let mut through = now.clone();
    if let Some(last) = rows.last().filter(|_| more) {
        // Chains are read one after the other: those behind the last event were not begun.
        for (chain, place) in &mut through.chains {
            match chain.cmp(&last.chain) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => *place = last.sequence,
                std::cmp::Ordering::Greater => *place = seen(chain).unwrap_or(*place),
            }
        }
    }
    let mut told = told(conn, actor, asked, rows)?;
    (told.cursor, told.more) = (through.write(), more);
    Ok(told)
}

fn told(conn: &mut Conn, actor: &Actor, asked: &ChangesAsked, rows: Vec<LogRow>) -> Result<Changes, Problem> {
    let heard: Vec<(LogRow, Heard)> = rows.into_iter().filter_map(|row| rules::heard(&row, asked.campaign).map(|heard| (row, heard))).collect();
    let households: Vec<HouseholdId> = heard.iter().filter_map(|(_, heard)| heard.household).collect();
    let visits: Vec<VisitId> = heard.iter().filter(|(_, heard)| heard.household.is_none()).filter_map(|(_, heard)| heard.visit).collect();
    let teams: Vec<TeamId> = heard.iter().filter_map(|(_, heard)| heard.team).collect();
    let by: Vec<String> = heard.iter().filter_map(|(row, _)| row.actor.clone()).collect();
    let sight = queries::in_sight(conn, actor, (&households, &visits, &teams), &by)?;
    let mut changes = Changes::default();
    for (row, heard) in heard {
        let Some(happening) = happening(actor, &row, heard, &sight) else { continue };
        *changes.counts.entry(happening.kind.to_string()).or_default() += 1;
        if happening.kind != ChangeKind::Standing {
            changes.items.push(happening);
        }
    }
    changes.items.sort_by_key(|one| std::cmp::Reverse(one.at));
    changes.items.truncate(TOLD);
    Ok(changes)
}

/// The event by name; none where it is out of sight.
fn happening(actor: &Actor, row: &LogRow, heard: Heard, sight: &InSight) -> Option<Happening> {
    let file = heard.household.and_then(|id| sight.households.get(&id));
    let (head_name, (team_id, team_name)) = match (file, heard.household, heard.visit, heard.team) {
        (Some((name, team)), ..) => (Some(name.clone()), team.clone()),
        // A household that was taken away is named no more, but that it went is told.
        (None, Some(_), ..) if heard.from.is_some_and(|from| actor.is_of(from)) => (None, (heard.team, None)),
        (None, Some(_), ..) => return None,
        (None, None, Some(visit), _) => (None, sight.visits.get(&visit)?.clone()),
        (None, None, None, Some(team)) => (None, (Some(team), Some(sight.teams.get(&team)?.clone()))),
        (None, None, None, None) => return None,
    };
    Some(Happening {
        at: row.at,
        kind: heard.kind,
        household_id: heard.household,
        head_name,
        visit_id: heard.visit,
        team_id,
        team_name,
        detail: heard.detail,
        by_name: row.actor.as_ref().and_then(|id| sight.people.get(id)).cloned(),
    })
}

/// Names what a person sees: another org, role or team makes another view.
fn view_of(actor: &Actor) -> String {
    let mut parts = vec![actor.id.to_string(), actor.org.path.clone()];
    parts.extend(actor.roles.iter().map(ToString::to_string));
    parts.extend(actor.teams.iter().map(|team| format!("{}{}", team.id, team.is_lead)));
    sha256_hex(parts.join(" ").as_bytes()).get(..16).unwrap_or_default().to_owned()
}
