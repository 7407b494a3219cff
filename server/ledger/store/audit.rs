//! The ledger held against itself: what is kept beside the postings must follow from them.

use diesel::RunQueryDsl;
use diesel::sql_types::Text;

use crate::each;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;

/// Faults named at most.
const MOST: usize = 20;

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    what: String,
}

/// Lines of one entry that do not sum to nothing.
const UNEVEN: &str = "SELECT entry_id AS what FROM postings GROUP BY entry_id, commodity_kind, commodity_id HAVING SUM(amount) <> 0 LIMIT 20";

/// Balances that are not the fold of their postings; nothing kept is a balance of nothing.
const UNFOLDED: &str = "
    SELECT account_kind || ' ' || account_id || ' ' || commodity_id AS what FROM (
        SELECT campaign_id, account_kind, account_id, commodity_kind, commodity_id, amount FROM balances
        UNION ALL
        SELECT campaign_id, account_kind, account_id, commodity_kind, commodity_id, -amount FROM postings
    ) AS both_sides GROUP BY campaign_id, account_kind, account_id, commodity_kind, commodity_id HAVING SUM(amount) <> 0 LIMIT 20";

/// What does not hold, in words; empty for a sound ledger.
///
/// # Errors
/// When it cannot be read.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>, Problem> {
    let mut faults = Vec::new();
    for (query, what) in [(UNEVEN, "the lines of an entry do not sum to nothing"), (UNFOLDED, "a balance is not the sum of its postings")] {
        let found: Vec<Found> = each!(&mut *conn, |c| diesel::sql_query(query).load(c))?;
        faults.extend(found.into_iter().take(MOST).map(|row| format!("{what}: {}", row.what)));
    }
    Ok(faults)
}
