//! A campaign's name.

use diesel::prelude::*;

use crate::campaigns::{CampaignId, CampaignStatus};
use crate::kit::db::Conn;
use crate::kit::db::schema::campaigns;

/// The name of a campaign that is no draft.
pub(in crate::spotchecks) fn name_of_campaign(conn: &mut Conn, id: CampaignId) -> QueryResult<Option<String>> {
    campaigns::table.filter(campaigns::id.eq(id).and(campaigns::status.ne(CampaignStatus::Draft))).select(campaigns::name).first(conn).optional()
}
