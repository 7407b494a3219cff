//! Who holds what, where all of it is and what moved, row by row, by name: for whoever writes all of it down.

use super::{Named, Thing, flow, told};
use crate::accounts::Actor;
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::problem::Problem;
use crate::ledger::model::keys::AccountKind;
use crate::ledger::model::{Account, Commodity, EntryKind, Link, Moved, Touching};
use crate::ledger::rules::Sum;

/// So much of one thing in one account.
#[derive(Debug, Clone)]
pub struct HeldTold {
    /// Whose account.
    pub place: Named,
    /// Of what.
    pub thing: Thing,
    /// Fen, or thousandths of the unit.
    pub amount: i64,
    /// What it is worth.
    pub value_fen: i64,
}

/// Where all of one thing is.
#[derive(Debug, Clone)]
pub struct SumTold {
    /// Of what.
    pub thing: Thing,
    /// Where it is.
    pub sum: Sum,
    /// What all that was received is worth.
    pub value_fen: i64,
    /// Whether it adds up, and what moved says the same.
    pub agrees: bool,
}

/// What moved from one end to another, net of what was reversed.
#[derive(Debug, Clone)]
pub struct MovedTold {
    /// Who gave.
    pub from: Named,
    /// Who took.
    pub to: Named,
    /// By which kind of entry.
    pub kind: EntryKind,
    /// Of what.
    pub thing: Thing,
    /// Fen, or thousandths of the unit.
    pub amount: i64,
    /// What it is worth.
    pub value_fen: i64,
}

/// Who holds what, now or at a moment; only accounts of one kind, where it is named, a team's with its overdraft.
///
/// # Errors
/// When the campaign is out of sight.
pub fn held_rows(conn: &mut Conn, actor: &Actor, campaign: CampaignId, kind: Option<AccountKind>, at: Option<Moment>) -> Result<Vec<HeldTold>, Problem> {
    let told = told(conn, actor, campaign, at)?;
    let kinds = kind.map(|kind| Touching::named(kind, None).kinds);
    let rows = told.balances.iter().filter(|((account, _), _)| kinds.as_ref().is_none_or(|kinds| kinds.contains(&account.kind())));
    let row = |(&(account, commodity), held): (&(Account, Commodity), &Moved)| HeldTold {
        place: told.names.place(account.kind(), account.id()),
        thing: told.names.thing(commodity),
        amount: held.amount,
        value_fen: held.worth_fen(commodity),
    };
    Ok(rows.map(row).collect())
}

/// Where all of each fund and each item is; nothing for who sees a part only.
///
/// # Errors
/// When the campaign is out of sight.
pub fn sum_rows(conn: &mut Conn, actor: &Actor, campaign: CampaignId, at: Option<Moment>) -> Result<Vec<SumTold>, Problem> {
    let told = told(conn, actor, campaign, at)?;
    let row = |(commodity, (sum, agrees)): (&Commodity, &(Sum, bool))| SumTold {
        thing: told.names.thing(*commodity),
        sum: *sum,
        value_fen: Moved { amount: sum.received, value_fen: sum.value_fen }.worth_fen(*commodity),
        agrees: *agrees,
    };
    Ok(told.sums.iter().map(row).collect())
}

/// What moved from where to where, all of it or what had by a moment.
///
/// # Errors
/// When the campaign is out of sight.
pub fn moved_rows(conn: &mut Conn, actor: &Actor, campaign: CampaignId, at: Option<Moment>, now: Moment) -> Result<Vec<MovedTold>, Problem> {
    let told = flow(conn, actor, campaign, at, now)?;
    let row = |(link, moved): (&Link, &Moved)| MovedTold {
        from: told.names.place(link.from.kind(), link.from.id()),
        to: told.names.place(link.to.kind(), link.to.id()),
        kind: link.kind,
        thing: told.names.thing(link.commodity),
        amount: moved.amount,
        value_fen: moved.worth_fen(link.commodity),
    };
    Ok(told.links.iter().map(row).collect())
}
