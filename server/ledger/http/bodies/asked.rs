//! An entry as it is asked for.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::{OrgId, TeamId};
use crate::campaigns::{CampaignId, ItemId};
use crate::kit::clock::Moment;
use crate::kit::http::faults::Faults;
use crate::kit::http::problem::Problem;
use crate::ledger::model::{Commodity, Deed, EntryId, EntryKind, FundId, Lines, MOST, MOST_LINES, NewEntry};

/// So much of one fund's money or of one item.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum LineBody {
    /// Money.
    Cash {
        /// The fund.
        fund_id: FundId,
        /// Fen.
        amount_fen: i64,
    },
    /// Goods.
    Goods {
        /// The item.
        item_id: ItemId,
        /// Thousandths of its unit.
        quantity_milli: i64,
    },
}

/// An entry to be booked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryBody {
    id: EntryId,
    kind: EntryKind,
    campaign_id: CampaignId,
    /// Who gives; of a receipt.
    fund_id: Option<FundId>,
    /// Who receives, returns or lost.
    team_id: Option<TeamId>,
    /// The store; your own org's where none is named.
    org_id: Option<OrgId>,
    #[serde(default)]
    lines: Vec<LineBody>,
    /// The entry that was a mistake; of a reversal.
    reverses: Option<EntryId>,
    happened_at: Moment,
    words: String,
}

impl TryFrom<EntryBody> for NewEntry {
    type Error = Problem;

    fn try_from(body: EntryBody) -> Result<Self, Problem> {
        let mut faults = Faults::default();
        let words = faults.text(&body.words, 500, "/words");
        // What a kind needs, what it may have, and what would mean nothing.
        let (fund, team, lines, reverses) = (body.fund_id.is_some(), body.team_id.is_some(), !body.lines.is_empty(), body.reverses.is_some());
        let reversal = body.kind == EntryKind::Reversal;
        faults.unless(body.kind != EntryKind::Handover, "/kind", "wrong_kind");
        faults.unless(fund || body.kind != EntryKind::Receipt, "/fund_id", "missing");
        faults.unless(!fund || body.kind == EntryKind::Receipt, "/fund_id", "must_be_empty");
        faults.unless(team || body.kind != EntryKind::Issue, "/team_id", "missing");
        faults.unless(!team || !matches!(body.kind, EntryKind::Receipt | EntryKind::Reversal), "/team_id", "must_be_empty");
        faults.unless(body.org_id.is_none() || !reversal, "/org_id", "must_be_empty");
        faults.unless(reverses || !reversal, "/reverses", "missing");
        faults.unless(!reverses || reversal, "/reverses", "must_be_empty");
        faults.unless(lines || reversal, "/lines", "missing");
        faults.unless(!lines || !reversal, "/lines", "must_be_empty");
        faults.unless(body.lines.len() <= MOST_LINES, "/lines", "too_many");
        let lines = read_lines(&mut faults, &body.lines);
        let Some(deed) = deed(&body, lines) else {
            // What is missing is among the faults.
            return faults.or(()).and(Err(Problem::field("/kind", "wrong_kind")));
        };
        faults.or(Self { id: body.id, campaign_id: body.campaign_id, deed, happened_at: body.happened_at, words })
    }
}

fn read_lines(faults: &mut Faults, lines: &[LineBody]) -> Lines {
    let mut read: Vec<(Commodity, i64)> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let (commodity, amount, at) = match *line {
            LineBody::Cash { fund_id, amount_fen } => (Commodity::Cash(fund_id), amount_fen, "amount_fen"),
            LineBody::Goods { item_id, quantity_milli } => (Commodity::Goods(item_id), quantity_milli, "quantity_milli"),
        };
        faults.unless((1..=MOST).contains(&amount), format!("/lines/{n}/{at}"), "out_of_range");
        faults.unless(read.iter().all(|(other, _)| *other != commodity), format!("/lines/{n}"), "duplicate");
        read.push((commodity, amount));
    }
    Lines::adding_up(&read).unwrap_or_default()
}

fn deed(body: &EntryBody, lines: Lines) -> Option<Deed> {
    let store = body.org_id;
    Some(match body.kind {
        EntryKind::Receipt => Deed::Receipt { fund: body.fund_id?, store, lines },
        EntryKind::Issue => Deed::Issue { store, team: body.team_id?, lines },
        EntryKind::Return => Deed::Return { team: body.team_id, store, lines },
        EntryKind::Loss => Deed::Loss { team: body.team_id, store, lines },
        EntryKind::Reversal => Deed::Reversal { of: body.reverses? },
        EntryKind::Handover => return None,
    })
}
