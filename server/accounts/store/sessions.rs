//! Sessions and their refresh tokens.

use diesel::prelude::*;

use crate::accounts::model::session::{Ending, Family, Found};
use crate::accounts::model::{PersonId, SessionId};
use crate::each;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::db::schema::{refresh_tokens, sessions};

/// Begins a session.
pub(in crate::accounts) fn begin_session(conn: &mut Conn, id: SessionId, person: PersonId, now: Moment, expires_at: Moment) -> QueryResult<()> {
    let row = (
        sessions::id.eq(id),
        sessions::person_id.eq(person),
        sessions::generation.eq(0_i64),
        sessions::made_at.eq(now),
        sessions::used_at.eq(now),
        sessions::expires_at.eq(expires_at),
    );
    each!(conn, |c| diesel::insert_into(sessions::table).values(row).execute(c)).map(drop)
}

/// Notes a token that is handed out.
pub(in crate::accounts) fn issue_token(conn: &mut Conn, session: SessionId, generation: i64, hash: &str, now: Moment) -> QueryResult<()> {
    let row =
        (refresh_tokens::hash.eq(hash), refresh_tokens::session_id.eq(session), refresh_tokens::generation.eq(generation), refresh_tokens::made_at.eq(now));
    each!(conn, |c| diesel::insert_into(refresh_tokens::table).values(row).execute(c)).map(drop)
}

type FoundRow = (PersonId, Moment, i64, Option<String>, Moment, Moment, Option<Moment>);

/// The session of a token. On PostgreSQL its row is held until the commit, so that two tabs come one after the other.
pub(in crate::accounts) fn find_token(conn: &mut Conn, hash: &str) -> QueryResult<Option<Found>> {
    let token: Option<(SessionId, i64)> =
        refresh_tokens::table.find(hash).select((refresh_tokens::session_id, refresh_tokens::generation)).first(conn).optional()?;
    let Some((session, generation)) = token else { return Ok(None) };
    let columns =
        (sessions::person_id, sessions::made_at, sessions::generation, sessions::token_hash, sessions::used_at, sessions::expires_at, sessions::ended_at);
    let (person, made_at, newest, token_hash, used_at, expires_at, ended_at): FoundRow = match conn {
        Conn::Sqlite(c) => sessions::table.find(session).select(columns).first(c)?,
        Conn::Postgres(c) => sessions::table.find(session).select(columns).for_update().first(c)?,
    };
    let family = Family { generation: newest, token_hash, used_at, expires_at, ended: ended_at.is_some() };
    Ok(Some(Found { session, person, generation, made_at, family }))
}

/// Notes that a token was used.
pub(in crate::accounts) fn use_token(conn: &mut Conn, found: &Found, hash: &str, now: Moment, expires_at: Moment) -> QueryResult<()> {
    let set = (sessions::generation.eq(found.generation), sessions::token_hash.eq(Some(hash)), sessions::used_at.eq(now), sessions::expires_at.eq(expires_at));
    diesel::update(sessions::table.find(found.session)).set(set).execute(conn).map(drop)
}

/// Ends a session; false when it had ended.
pub(in crate::accounts) fn end_session(conn: &mut Conn, id: SessionId, why: Ending, now: Moment) -> QueryResult<bool> {
    let running = sessions::table.filter(sessions::id.eq(id).and(sessions::ended_at.is_null()));
    diesel::update(running).set((sessions::ended_at.eq(Some(now)), sessions::ended_why.eq(Some(why)))).execute(conn).map(|n| n == 1)
}

/// Ends all sessions of a person; how many there were.
pub(in crate::accounts) fn end_all_sessions(conn: &mut Conn, person: PersonId, why: Ending, now: Moment) -> QueryResult<usize> {
    let running = sessions::table.filter(sessions::person_id.eq(person).and(sessions::ended_at.is_null()));
    diesel::update(running).set((sessions::ended_at.eq(Some(now)), sessions::ended_why.eq(Some(why)))).execute(conn)
}

/// Drops the tokens of a person's sessions that are over. While a session runs they all stay: an old one that comes back is what
/// tells a theft.
pub(in crate::accounts) fn forget_tokens(conn: &mut Conn, person: PersonId, now: Moment) -> QueryResult<usize> {
    let over =
        sessions::table.filter(sessions::person_id.eq(person).and(sessions::ended_at.is_not_null().or(sessions::expires_at.le(now)))).select(sessions::id);
    let over: Vec<SessionId> = over.load(conn)?;
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(over))).execute(conn)
}

/// When a session was begun, by password.
pub fn begun_at(conn: &mut Conn, session: SessionId) -> QueryResult<Option<Moment>> {
    sessions::table.find(session).select(sessions::made_at).first(conn).optional()
}
