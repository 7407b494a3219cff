CREATE TABLE funds (
    id TEXT PRIMARY KEY NOT NULL,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    name TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('government', 'union', 'donation', 'other')),
    earmark TEXT NOT NULL CHECK (earmark IN ('living', 'medical', 'schooling', 'heating', 'any')),
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (campaign_id, name)
);

CREATE TABLE entries (
    id TEXT PRIMARY KEY NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'issue', 'handover', 'return', 'loss', 'reversal')),
    visit_id TEXT,
    reverses TEXT REFERENCES entries (id),
    -- what was asked for, so that the same id with other content is told apart from a repeat
    content_hash TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id),
    made_at BIGINT NOT NULL,
    words TEXT NOT NULL
);
-- one visit makes at most one handover; one entry is reversed at most once
CREATE UNIQUE INDEX entries_one_handover_a_visit ON entries (visit_id) WHERE kind = 'handover';
CREATE UNIQUE INDEX entries_one_reversal ON entries (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX entries_by_campaign ON entries (campaign_id, made_at, id);

CREATE TABLE postings (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    line BIGINT NOT NULL,
    campaign_id TEXT NOT NULL,
    account_kind TEXT NOT NULL CHECK (account_kind IN ('source', 'store', 'team', 'unexplained', 'household', 'enterprise', 'person', 'returned', 'loss')),
    account_id TEXT NOT NULL,
    commodity_kind TEXT NOT NULL CHECK (commodity_kind IN ('cash', 'goods')),
    commodity_id TEXT NOT NULL,
    -- fen, or thousandths of the item's unit
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry_id, line)
);
-- with the amount, so that the sums of a season are read from the index alone
CREATE INDEX postings_by_account ON postings (campaign_id, account_kind, account_id, commodity_kind, commodity_id, amount);

-- The fold of the postings, kept in the same transaction.
CREATE TABLE balances (
    campaign_id TEXT NOT NULL,
    account_kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    commodity_kind TEXT NOT NULL,
    commodity_id TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, account_kind, account_id, commodity_kind, commodity_id),
    -- a source gives, an overdraft is owed; nobody else holds less than nothing
    CHECK (amount >= 0 OR account_kind IN ('source', 'unexplained'))
);
CREATE INDEX balances_by_account ON balances (account_kind, account_id, campaign_id);
