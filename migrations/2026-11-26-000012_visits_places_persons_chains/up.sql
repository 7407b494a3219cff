-- Where a visit took place, in WGS 84: what is looked up around it. A visit without a position has no row.
CREATE TABLE visit_places (
    visit_id TEXT PRIMARY KEY NOT NULL REFERENCES visits (id),
    campaign_id TEXT NOT NULL,
    household_id TEXT,
    cadre_id TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    accuracy_m DOUBLE PRECISION NOT NULL,
    -- the same in whole hundred-thousandths of a degree, rounded down: about a metre
    row_e5 BIGINT NOT NULL,
    column_e5 BIGINT NOT NULL
);
CREATE INDEX visit_places_by_cadre ON visit_places (cadre_id, started_at, visit_id);
CREATE INDEX visit_places_by_cell ON visit_places (campaign_id, row_e5, column_e5);

-- Who received in a group, by identity number.
CREATE TABLE visit_persons (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    line BIGINT NOT NULL,
    campaign_id TEXT NOT NULL,
    id_number TEXT NOT NULL,
    PRIMARY KEY (visit_id, line)
);
CREATE INDEX visit_persons_by_number ON visit_persons (id_number, campaign_id);

-- Every phone's own chain: what it sealed, in its order. An item that is not a visit stands here too, for there is one chain.
CREATE TABLE links (
    item_id TEXT PRIMARY KEY NOT NULL,
    device_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    -- the hash of the item before it, as the phone says; empty for the first
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    -- the newest signed server time the phone held when it sealed the item: it was not sealed before
    not_before_at BIGINT,
    received_at BIGINT NOT NULL
);
CREATE INDEX links_by_device ON links (device_id, sequence, item_id);
-- What came before this was kept: its hash is not known, and is held against nobody.
INSERT INTO links (item_id, device_id, sequence, previous, hash, not_before_at, received_at)
    SELECT id, device_id, sequence, previous, '', not_before_at, received_at FROM items;
