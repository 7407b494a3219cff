//! The table of this room.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::likeness::bands_of;
use super::media::MediaType;
use super::model::{Evidence, Placed, State};
use crate::accounts::{PersonId, TeamId};
use crate::each;
use crate::kit::blob::BlobName;
use crate::kit::clock::Moment;
use crate::kit::db::schema::{evidence, likenesses, orgs, people, team_members};
use crate::kit::db::{Conn, among};

/// A row of the table.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = evidence)]
struct Row {
    sha256: BlobName,
    media_type: MediaType,
    bytes: i64,
    state: State,
    width: Option<i64>,
    height: Option<i64>,
    taken_at: Option<Moment>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    camera: Option<String>,
    editor: Option<String>,
    perceptual_hash: Option<String>,
    received_by: PersonId,
    received_at: Moment,
}

impl From<Evidence> for Row {
    fn from(piece: Evidence) -> Self {
        let Evidence {
            sha256,
            media_type,
            bytes,
            state,
            width,
            height,
            taken_at,
            latitude,
            longitude,
            camera,
            editor,
            perceptual_hash,
            received_by,
            received_at,
        } = piece;
        Self { sha256, media_type, bytes, state, width, height, taken_at, latitude, longitude, camera, editor, perceptual_hash, received_by, received_at }
    }
}

impl From<Row> for Evidence {
    fn from(piece: Row) -> Self {
        let Row { sha256, media_type, bytes, state, width, height, taken_at, latitude, longitude, camera, editor, perceptual_hash, received_by, received_at } =
            piece;
        Self { sha256, media_type, bytes, state, width, height, taken_at, latitude, longitude, camera, editor, perceptual_hash, received_by, received_at }
    }
}

/// Adds pieces; answers the names of those that are new.
pub(super) fn add(conn: &mut Conn, pieces: Vec<Evidence>) -> QueryResult<BTreeSet<BlobName>> {
    let rows: Vec<Row> = pieces.into_iter().map(Row::from).collect();
    let mut new = BTreeSet::new();
    match conn {
        Conn::Sqlite(conn) => {
            for row in &rows {
                if diesel::insert_into(evidence::table).values(row).on_conflict_do_nothing().execute(conn)? == 1 {
                    new.insert(row.sha256);
                }
            }
        }
        Conn::Postgres(conn) => {
            let added = diesel::insert_into(evidence::table).values(&rows).on_conflict_do_nothing().returning(evidence::sha256);
            new.extend(added.get_results::<BlobName>(conn)?);
        }
    }
    Ok(new)
}

/// One piece.
pub(super) fn find(conn: &mut Conn, sha256: BlobName) -> QueryResult<Option<Evidence>> {
    Ok(evidence::table.find(sha256).select(Row::as_select()).first(conn).optional()?.map(Evidence::from))
}

/// Those of these that are here.
pub(super) fn present(conn: &mut Conn, sha256: &[BlobName]) -> QueryResult<Vec<BlobName>> {
    evidence::table.filter(among(evidence::sha256, sha256.iter().map(BlobName::as_str))).select(evidence::sha256).load(conn)
}

/// Pieces by name after one, each with its bytes.
///
/// # Errors
/// When they cannot be read.
pub fn listed(conn: &mut Conn, after: Option<BlobName>, limit: i64) -> QueryResult<Vec<(BlobName, u64)>> {
    let after = after.map_or_else(String::new, |name| name.to_string());
    let rows: Vec<(BlobName, i64)> =
        evidence::table.filter(evidence::sha256.gt(after)).order(evidence::sha256).limit(limit).select((evidence::sha256, evidence::bytes)).load(conn)?;
    Ok(rows.into_iter().map(|(name, bytes)| (name, bytes.unsigned_abs())).collect())
}

/// One piece, with what decides who may see it.
pub(super) fn find_placed(conn: &mut Conn, sha256: BlobName, teams: &[TeamId]) -> QueryResult<Option<Placed>> {
    let joined = evidence::table
        .inner_join(people::table.on(people::id.eq(evidence::received_by)))
        .inner_join(orgs::table.on(orgs::id.eq(people::org_id)))
        .filter(evidence::sha256.eq(sha256));
    let row: Option<(Row, String)> = joined.select((Row::as_select(), orgs::path)).first(conn).optional()?;
    let Some((evidence, org_path)) = row.map(|(row, path)| (Evidence::from(row), path)) else { return Ok(None) };
    let is_of_own_team = shares_a_team(conn, evidence.received_by, teams)?;
    Ok(Some(Placed { evidence, org_path, is_of_own_team }))
}

fn shares_a_team(conn: &mut Conn, person: PersonId, teams: &[TeamId]) -> QueryResult<bool> {
    let shared = team_members::table.filter(team_members::person_id.eq(person).and(among(team_members::team_id, teams)));
    Ok(shared.count().get_result::<i64>(conn)? > 0)
}

/// Notes that a piece was drawn.
pub(super) fn set_drawn(conn: &mut Conn, sha256: BlobName, (width, height): (u32, u32), likeness: Option<&str>) -> QueryResult<()> {
    diesel::update(evidence::table.find(sha256))
        .set((
            evidence::state.eq(State::Rendered),
            evidence::width.eq(i64::from(width)),
            evidence::height.eq(i64::from(height)),
            evidence::perceptual_hash.eq(likeness),
        ))
        .execute(conn)?;
    let Some(bands) = likeness.and_then(bands_of) else { return Ok(()) };
    let row = |(band, value, bits)| (likenesses::band.eq(band), likenesses::value.eq(value), likenesses::sha256.eq(sha256), likenesses::bits.eq(bits));
    let rows: Vec<_> = bands.into_iter().map(row).collect();
    each!(&mut *conn, |c| diesel::insert_into(likenesses::table).values(&rows).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Notes that a piece cannot be drawn.
pub(super) fn set_unreadable(conn: &mut Conn, sha256: BlobName) -> QueryResult<()> {
    diesel::update(evidence::table.find(sha256)).set(evidence::state.eq(State::Unreadable)).execute(conn)?;
    Ok(())
}
