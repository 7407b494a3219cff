//! What phones brought: answers in numbers, their pictures, and what was set aside.

use std::collections::HashMap;

use diesel::prelude::*;

use super::verdicts::{read, written};
use crate::accounts::PersonId;
use crate::insert_all;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{check_answers, check_asides, check_evidence, checks, people};
use crate::kit::db::{Conn, among};
use crate::spotchecks::model::{Answers, AnswersSent, CheckAside, CheckId, CheckState, SetAside};

/// Most answers that are shown as set aside: more than anybody compares.
const MOST_ASIDE: i64 = 20;

/// What was answered of these checks.
pub(in crate::spotchecks) fn answers_of(conn: &mut Conn, ids: &[CheckId]) -> QueryResult<HashMap<CheckId, Answers>> {
    let rows: Vec<(CheckId, String)> =
        check_answers::table.filter(among(check_answers::check_id, ids)).select((check_answers::check_id, check_answers::body)).load(conn)?;
    rows.into_iter().map(|(id, body)| Ok((id, read(&body)?))).collect()
}

/// Keeps answers and their pictures; the checks stand as answered from then on. A verdict that there is already stands until another.
pub(in crate::spotchecks) fn insert_sent(conn: &mut Conn, sent: &[(PersonId, &AnswersSent)]) -> QueryResult<()> {
    let row = |(by, of): &(PersonId, &AnswersSent)| {
        let body = written(&of.answers)?;
        Ok((
            check_answers::check_id.eq(of.check_id),
            check_answers::body.eq(body),
            check_answers::answered_by.eq(*by),
            check_answers::answered_at.eq(of.asked_at),
        ))
    };
    let rows = sent.iter().map(row).collect::<QueryResult<Vec<_>>>()?;
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(check_answers::table).values(values))?;
    let ids: Vec<CheckId> = sent.iter().map(|(_, of)| of.check_id).collect();
    diesel::update(checks::table.filter(among(checks::id, &ids))).set(checks::state.eq(CheckState::Answered)).execute(conn)?;
    insert_pictures(conn, sent)
}

/// Keeps answers that cannot count, and their pictures.
pub(in crate::spotchecks) fn insert_aside(conn: &mut Conn, aside: &[(SetAside, PersonId, &AnswersSent)], now: Moment) -> QueryResult<()> {
    let row = |(reason, by, of): &(SetAside, PersonId, &AnswersSent)| {
        let body = written(&of.answers)?;
        Ok((
            (check_asides::item_id.eq(of.item_id.clone()), check_asides::check_id.eq(of.check_id), check_asides::reason.eq(*reason)),
            (check_asides::body.eq(body), check_asides::answered_by.eq(*by), check_asides::answered_at.eq(of.asked_at), check_asides::received_at.eq(now)),
        ))
    };
    let rows = aside.iter().map(row).collect::<QueryResult<Vec<_>>>()?;
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(check_asides::table).values(values))?;
    let pictures: Vec<(PersonId, &AnswersSent)> = aside.iter().map(|(_, by, of)| (*by, *of)).collect();
    insert_pictures(conn, &pictures)
}

fn insert_pictures(conn: &mut Conn, sent: &[(PersonId, &AnswersSent)]) -> QueryResult<()> {
    let mut rows = Vec::new();
    for (_, of) in sent {
        for (line, picture) in (0_i64..).zip(&of.pictures) {
            let said = serde_json::to_string(picture).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
            rows.push((
                (check_evidence::item_id.eq(of.item_id.clone()), check_evidence::line.eq(line), check_evidence::check_id.eq(of.check_id)),
                (check_evidence::sha256.eq(picture.sha256.clone()), check_evidence::said.eq(said)),
            ));
        }
    }
    insert_all!(&mut *conn, &rows, |values| diesel::insert_into(check_evidence::table).values(values))
}

/// What was set aside of a check, the first first.
pub(in crate::spotchecks) fn asides(conn: &mut Conn, check: CheckId) -> QueryResult<Vec<CheckAside>> {
    let rows: Vec<(SetAside, String, String, Moment)> = check_asides::table
        .inner_join(people::table.on(people::id.eq(check_asides::answered_by)))
        .filter(check_asides::check_id.eq(check))
        .order((check_asides::received_at, check_asides::item_id))
        .limit(MOST_ASIDE)
        .select((check_asides::reason, check_asides::body, people::name, check_asides::answered_at))
        .load(conn)?;
    rows.into_iter().map(|(reason, body, by, at)| Ok(CheckAside { reason, said: read(&body)?, by, at })).collect()
}
