//! How far a campaign has come, and where it is heading.

use crate::accounts::Actor;
use crate::boards::model::{ByDay, Counted, Counts, Known, Progress};
use crate::boards::{queries, rules};
use crate::campaigns::CampaignId;
use crate::kit::clock::{DAY_MS, Moment};
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;

/// How far a campaign has come, within what somebody may see.
///
/// # Errors
/// When the campaign is out of sight.
pub(in crate::boards) fn progress(conn: &mut Conn, actor: &Actor, campaign: CampaignId, now: Moment) -> Result<Progress, Problem> {
    let Counted { mut progress, mut team_days, cadres } = queries::progress(conn, actor, campaign)?;
    let deadline = progress.deadline_at;
    let known = |counts: &Counts, by_day: Vec<(i64, i64)>, cadres: i64| known(counts, by_day, cadres, deadline, now);
    for team in &mut progress.by_team {
        let days = team.team_id.and_then(|id| Some((team_days.remove(&id)?, cadres.get(&id).copied().unwrap_or_default())));
        team.forecast = days.map(|(days, cadres)| rules::forecast(&known(&team.counts, days, cadres)).outlook);
    }
    let days = progress.by_day.iter().filter_map(|of| ByDay::number(of).map(|day| (day, of.reached))).collect();
    progress.forecast = rules::forecast(&known(&progress.counts, days, cadres.values().sum()));
    Ok(progress)
}

fn known(counts: &Counts, by_day: Vec<(i64, i64)>, cadres: i64, deadline: Moment, now: Moment) -> Known {
    // Midnight ends the day before.
    let last = deadline.plus_ms(-1);
    Known {
        households: counts.households,
        reached: counts.reached,
        attempted: counts.by_standing.attempted,
        by_day,
        today: now.china_day_number(),
        deadline_day: last.china_day_number(),
        deadline_milli: deadline.since(last.china_day_start()) * 1_000 / DAY_MS,
        is_over: now >= deadline,
        cadres,
    }
}
