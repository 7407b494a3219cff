-- Pictures of a second visit, as the phone named them; those of answers that were set aside, too.
CREATE TABLE check_evidence (
    -- the phone's item
    item_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    check_id TEXT NOT NULL REFERENCES checks (id),
    sha256 TEXT NOT NULL,
    -- word for word: what it shows, how it came into the phone, when and where
    said TEXT NOT NULL,
    PRIMARY KEY (item_id, line)
);

-- Answers that came when they could not count any more. They are kept for people to compare, and enter nothing.
CREATE TABLE check_asides (
    -- the phone's item
    item_id TEXT PRIMARY KEY NOT NULL,
    check_id TEXT NOT NULL REFERENCES checks (id),
    reason TEXT NOT NULL CHECK (reason IN ('already_answered', 'check_replaced', 'own_team')),
    body TEXT NOT NULL,
    answered_by TEXT NOT NULL REFERENCES people (id),
    answered_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE INDEX check_asides_by_check ON check_asides (check_id, received_at);
-- What phones ask for again and again: whom nobody has asked yet.
CREATE INDEX checks_by_state ON checks (state, made_at, id);
