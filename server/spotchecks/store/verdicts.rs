//! What households answered, and the verdicts.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::accounts::{PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{check_answers, checks, people, replacements, samples, verdicts};
use crate::spotchecks::model::{Answers, CheckId, CheckState, Counted, Fallen, Judged, Kind, SampleId, Verdict};

type Answered = (String, String, Moment);

/// What a household answered, who asked, and when.
pub(in crate::spotchecks) fn answers(conn: &mut Conn, check: CheckId) -> QueryResult<Option<(Answers, String, Moment)>> {
    let row: Option<Answered> = check_answers::table
        .inner_join(people::table.on(people::id.eq(check_answers::answered_by)))
        .filter(check_answers::check_id.eq(check))
        .select((check_answers::body, people::name, check_answers::answered_at))
        .first(conn)
        .optional()?;
    row.map(|(body, by, at)| Ok((read(&body)?, by, at))).transpose()
}

/// Answers as they are kept.
pub(super) fn read(body: &str) -> QueryResult<Answers> {
    serde_json::from_str(body).map_err(|error| diesel::result::Error::DeserializationError(error.into()))
}

/// Answers to be kept.
pub(super) fn written(answers: &Answers) -> QueryResult<String> {
    serde_json::to_string(answers).map_err(|error| diesel::result::Error::SerializationError(error.into()))
}

/// Keeps what a household answered.
pub(in crate::spotchecks) fn insert_answers(conn: &mut Conn, check: CheckId, answers: &Answers, by: PersonId, at: Moment) -> QueryResult<()> {
    let row =
        (check_answers::check_id.eq(check), check_answers::body.eq(written(answers)?), check_answers::answered_by.eq(by), check_answers::answered_at.eq(at));
    diesel::insert_into(check_answers::table).values(row).execute(conn).map(drop)
}

/// Notes how far a check has come.
pub(in crate::spotchecks) fn set_state(conn: &mut Conn, check: CheckId, state: CheckState, verdict: Option<Verdict>) -> QueryResult<()> {
    diesel::update(checks::table.find(check)).set((checks::state.eq(state), checks::verdict.eq(verdict))).execute(conn).map(drop)
}

type VerdictRow = (i64, Verdict, String, String, String, i64, PersonId, String, Moment);

/// Every verdict of a check, the first first.
pub(in crate::spotchecks) fn verdicts(conn: &mut Conn, check: CheckId) -> QueryResult<Vec<Judged>> {
    let rows: Vec<VerdictRow> = verdicts::table
        .inner_join(people::table.on(people::id.eq(verdicts::judged_by)))
        .filter(verdicts::check_id.eq(check))
        .order(verdicts::version)
        .select((
            verdicts::version,
            verdicts::verdict,
            verdicts::measures,
            verdicts::words,
            verdicts::reason,
            verdicts::at_risk_fen,
            people::id,
            people::name,
            verdicts::judged_at,
        ))
        .load(conn)?;
    let judged = |(version, verdict, measures, words, reason, at_risk_fen, judged_by, by, judged_at)| Judged {
        version,
        verdict,
        measures,
        words,
        reason,
        at_risk_fen,
        judged_by,
        by,
        judged_at,
    };
    Ok(rows.into_iter().map(judged).collect())
}

/// Keeps a verdict.
pub(in crate::spotchecks) fn insert_verdict(conn: &mut Conn, check: CheckId, of: &Judged) -> QueryResult<()> {
    let row = (
        (verdicts::check_id.eq(check), verdicts::version.eq(of.version), verdicts::verdict.eq(of.verdict)),
        (verdicts::measures.eq(&of.measures), verdicts::words.eq(&of.words), verdicts::reason.eq(&of.reason)),
        (verdicts::at_risk_fen.eq(of.at_risk_fen), verdicts::judged_by.eq(of.judged_by), verdicts::judged_at.eq(of.judged_at)),
    );
    diesel::insert_into(verdicts::table).values(row).execute(conn).map(drop)
}

/// Why a check fell out, in what words, and when.
pub(in crate::spotchecks) fn replacement(conn: &mut Conn, check: CheckId) -> QueryResult<Option<(Fallen, String, Moment)>> {
    replacements::table.find(check).select((replacements::reason, replacements::words, replacements::replaced_at)).first(conn).optional()
}

/// Keeps why a check fell out.
pub(in crate::spotchecks) fn insert_replacement(conn: &mut Conn, check: CheckId, (reason, words): (Fallen, &str), by: PersonId, at: Moment) -> QueryResult<()> {
    let row = (
        (replacements::check_id.eq(check), replacements::reason.eq(reason), replacements::words.eq(words)),
        (replacements::replaced_by.eq(by), replacements::replaced_at.eq(at)),
    );
    diesel::insert_into(replacements::table).values(row).execute(conn).map(drop)
}

/// The checks of a sample that count, with the verdicts that stand.
pub(in crate::spotchecks) fn counted(conn: &mut Conn, sample: SampleId) -> QueryResult<Vec<Counted>> {
    let here = checks::table.filter(checks::sample_id.eq(sample).and(checks::state.ne(CheckState::Replaced)));
    let rows: Vec<(CheckId, String, Option<Verdict>)> =
        here.order((checks::stratum, checks::place)).select((checks::id, checks::stratum, checks::verdict)).load(conn)?;
    let of_sample = verdicts::table.inner_join(checks::table.on(checks::id.eq(verdicts::check_id))).filter(checks::sample_id.eq(sample));
    let risks: Vec<(CheckId, i64)> = of_sample.order((verdicts::check_id, verdicts::version)).select((verdicts::check_id, verdicts::at_risk_fen)).load(conn)?;
    // The last one stands.
    let risks: HashMap<CheckId, i64> = risks.into_iter().collect();
    Ok(rows.into_iter().map(|(id, stratum, verdict)| Counted { stratum, verdict, at_risk_fen: risks.get(&id).copied().unwrap_or_default() }).collect())
}

/// How many verdicts of this kind stand in the drawn checks of a team.
pub(in crate::spotchecks) fn verdicts_in_team(conn: &mut Conn, campaign: CampaignId, team: TeamId, verdict: Verdict) -> QueryResult<i64> {
    checks::table
        .inner_join(samples::table.on(samples::id.eq(checks::sample_id)))
        .filter(checks::campaign_id.eq(campaign).and(checks::team_id.eq(team)).and(checks::verdict.eq(verdict)))
        .filter(checks::state.ne(CheckState::Replaced).and(samples::kind.eq(Kind::Assisted)))
        .count()
        .get_result(conn)
}

/// Whether a team's check is a full one already.
pub(in crate::spotchecks) fn is_escalated(conn: &mut Conn, campaign: CampaignId, team: TeamId) -> QueryResult<bool> {
    let of = samples::table.filter(samples::campaign_id.eq(campaign).and(samples::kind.eq(Kind::Escalation)).and(samples::team_id.eq(team)));
    Ok(of.count().get_result::<i64>(conn)? > 0)
}
