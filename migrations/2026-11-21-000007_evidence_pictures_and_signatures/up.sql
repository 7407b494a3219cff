CREATE TABLE evidence (
    sha256 TEXT PRIMARY KEY NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('stored', 'rendered', 'unreadable')),
    width BIGINT,
    height BIGINT,
    -- what the file itself says; absent is never held against anyone
    taken_at BIGINT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    camera TEXT,
    editor TEXT,
    perceptual_hash TEXT,
    received_by TEXT NOT NULL REFERENCES people (id),
    received_at BIGINT NOT NULL
);
CREATE INDEX evidence_by_likeness ON evidence (perceptual_hash);
