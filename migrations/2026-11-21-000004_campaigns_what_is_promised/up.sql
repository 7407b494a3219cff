CREATE TABLE goods (
    id TEXT PRIMARY KEY NOT NULL,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    -- value of one whole unit, for the statistics forms
    unit_value_fen BIGINT NOT NULL CHECK (unit_value_fen >= 0),
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (org_id, name)
);

CREATE TABLE campaigns (
    id TEXT PRIMARY KEY NOT NULL,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    name TEXT NOT NULL,
    theme TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'closed')),
    opens_at BIGINT NOT NULL,
    deadline_at BIGINT NOT NULL,
    policy TEXT NOT NULL,
    opened_at BIGINT,
    closed_at BIGINT,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    CHECK (opens_at < deadline_at)
);
CREATE INDEX campaigns_by_org ON campaigns (org_id, id);

CREATE TABLE standards (
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    category TEXT NOT NULL,
    cash_fen BIGINT NOT NULL CHECK (cash_fen >= 0),
    purpose TEXT NOT NULL CHECK (purpose IN ('living', 'medical', 'schooling', 'heating')),
    PRIMARY KEY (campaign_id, category)
);

CREATE TABLE standard_goods (
    campaign_id TEXT NOT NULL,
    category TEXT NOT NULL,
    item_id TEXT NOT NULL REFERENCES goods (id),
    quantity_milli BIGINT NOT NULL CHECK (quantity_milli > 0),
    PRIMARY KEY (campaign_id, category, item_id),
    FOREIGN KEY (campaign_id, category) REFERENCES standards (campaign_id, category)
);
