-- A phone and how far its own chain of items has come: everything up to `accepted_through` is here, `highest` may be beyond a gap.
CREATE TABLE devices (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    app_version TEXT NOT NULL,
    clock_offset_ms BIGINT NOT NULL,
    accepted_through BIGINT NOT NULL,
    highest BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
CREATE INDEX devices_by_person ON devices (person_id);

-- Everything a phone ever sent, by the id the phone gave it, with the answer it got.
CREATE TABLE items (
    id TEXT PRIMARY KEY NOT NULL,
    device_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    sequence BIGINT NOT NULL,
    previous TEXT NOT NULL,
    kind TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- the newest server time the phone could prove it had seen: the item was not made before it
    not_before_at BIGINT,
    status TEXT NOT NULL CHECK (status IN ('stored', 'refused')),
    problem TEXT,
    receipt TEXT NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE INDEX items_by_device ON items (device_id, sequence);

-- The same id with other content: the first stays, this waits for a person.
CREATE TABLE set_aside (
    item_id TEXT NOT NULL REFERENCES items (id),
    content_hash TEXT NOT NULL,
    device_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    item TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (item_id, content_hash)
);
