//! A file as a row of its table.

use diesel::prelude::*;

use crate::accounts::{OrgId, PersonId, TeamId};
use crate::households::model::{Category, Cause, Described, Home, Household, HouseholdId, ImportId, Status};
use crate::kit::clock::Moment;
use crate::kit::db::schema::households;
use crate::kit::geo::Datum;
use crate::kit::idnumber::IdNumber;

/// How many values a row binds.
pub(super) const COLUMNS: usize = 27;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = households, treat_none_as_default_value = false)]
pub(super) struct Row {
    id: HouseholdId,
    org_id: OrgId,
    team_id: Option<TeamId>,
    import_id: Option<ImportId>,
    head_name: String,
    head_id_number: IdNumber,
    phone: Option<String>,
    workplace: Option<String>,
    address: String,
    home_latitude: Option<f64>,
    home_longitude: Option<f64>,
    home_datum: Option<Datum>,
    category: Category,
    cause: Option<Cause>,
    people: Option<i64>,
    income_fen: Option<i64>,
    migrant: bool,
    laid_off: bool,
    retired: bool,
    bank_card: Option<String>,
    remarks: String,
    status: Status,
    approved_at: Option<Moment>,
    ended_at: Option<Moment>,
    version: i64,
    made_at: Moment,
    cadre_id: Option<PersonId>,
}

impl From<Household> for Row {
    fn from(file: Household) -> Self {
        let d = file.described;
        Self {
            id: file.id,
            org_id: file.org_id,
            team_id: file.team_id,
            import_id: file.import_id,
            head_name: d.name,
            head_id_number: d.id_number,
            phone: d.phone,
            workplace: d.workplace,
            address: d.address,
            home_latitude: file.home.map(|home| home.latitude),
            home_longitude: file.home.map(|home| home.longitude),
            home_datum: file.home.map(|home| home.datum),
            category: d.category,
            cause: d.cause,
            people: d.people,
            income_fen: d.income_fen,
            migrant: d.migrant,
            laid_off: d.laid_off,
            retired: d.retired,
            bank_card: d.bank_card,
            remarks: d.remarks,
            status: file.status,
            approved_at: file.approved_at,
            ended_at: file.ended_at,
            version: file.version,
            made_at: file.made_at,
            cadre_id: file.cadre_id,
        }
    }
}

impl From<Row> for Household {
    fn from(row: Row) -> Self {
        let home = row.home_latitude.zip(row.home_longitude).zip(row.home_datum);
        Self {
            id: row.id,
            org_id: row.org_id,
            team_id: row.team_id,
            cadre_id: row.cadre_id,
            import_id: row.import_id,
            described: Described {
                name: row.head_name,
                id_number: row.head_id_number,
                phone: row.phone,
                workplace: row.workplace,
                address: row.address,
                category: row.category,
                cause: row.cause,
                people: row.people,
                income_fen: row.income_fen,
                migrant: row.migrant,
                laid_off: row.laid_off,
                retired: row.retired,
                bank_card: row.bank_card,
                remarks: row.remarks,
            },
            home: home.map(|((latitude, longitude), datum)| Home { latitude, longitude, datum }),
            status: row.status,
            approved_at: row.approved_at,
            ended_at: row.ended_at,
            made_at: row.made_at,
            version: row.version,
        }
    }
}
