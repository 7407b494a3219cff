-- What goods were worth when they were booked, signed as the amount is; null for money, and for goods booked before this was kept.
ALTER TABLE postings ADD COLUMN value_fen BIGINT;

-- Custody changes hands with two signatures: an issue to a team, or its return, waits as a slip until the team's lead has counted and signed.
CREATE TABLE slips (
    -- the entry the store made
    entry_id TEXT PRIMARY KEY NOT NULL REFERENCES entries (id),
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    org_id TEXT NOT NULL REFERENCES orgs (id),
    team_id TEXT NOT NULL REFERENCES teams (id),
    kind TEXT NOT NULL CHECK (kind IN ('issue', 'return')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'agreed', 'differs', 'reversed'))
);
CREATE INDEX slips_by_team ON slips (team_id, campaign_id, state);
CREATE INDEX slips_by_campaign ON slips (campaign_id, state);

-- The second signature: what the lead counted, made on the phone.
CREATE TABLE acknowledgements (
    entry_id TEXT PRIMARY KEY NOT NULL REFERENCES entries (id),
    -- the phone's item
    item_id TEXT NOT NULL,
    signature_sha256 TEXT NOT NULL,
    words TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id),
    -- by the phone's clock, corrected
    made_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL
);

CREATE TABLE acknowledged_lines (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    commodity_kind TEXT NOT NULL CHECK (commodity_kind IN ('cash', 'goods')),
    commodity_id TEXT NOT NULL,
    -- fen, or thousandths of the item's unit
    counted BIGINT NOT NULL CHECK (counted >= 0),
    PRIMARY KEY (entry_id, commodity_kind, commodity_id)
);

-- What teams hold already is looked at when the deadline is past.
INSERT INTO jobs (queue, subject, due_at, attempts)
    SELECT DISTINCT 'reconcile', campaign_id || '/team/' || account_id, 0, 0 FROM balances WHERE account_kind = 'team';
