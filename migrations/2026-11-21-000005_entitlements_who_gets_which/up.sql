CREATE TABLE entitlements (
    id TEXT PRIMARY KEY NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    category TEXT NOT NULL,
    cash_fen BIGINT NOT NULL CHECK (cash_fen >= 0),
    purpose TEXT NOT NULL CHECK (purpose IN ('living', 'medical', 'schooling', 'heating')),
    -- the facts that decided, as JSON, frozen with the decision
    facts TEXT NOT NULL,
    frozen_at BIGINT NOT NULL,
    UNIQUE (campaign_id, household_id)
);
CREATE INDEX entitlements_by_household ON entitlements (household_id);

CREATE TABLE entitlement_goods (
    entitlement_id TEXT NOT NULL REFERENCES entitlements (id),
    item_id TEXT NOT NULL REFERENCES goods (id),
    quantity_milli BIGINT NOT NULL CHECK (quantity_milli > 0),
    PRIMARY KEY (entitlement_id, item_id)
);
