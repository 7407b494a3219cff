-- What was asked for at a door. The words are the visit's own; here they are found by household. A need of a visit that was amended
-- stays: whether the visit still stands is looked up where needs are read.
CREATE TABLE needs (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    line BIGINT NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    -- null: of a household found at the door, or of a group
    household_id TEXT REFERENCES households (id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    urgency TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    PRIMARY KEY (visit_id, line)
);
CREATE INDEX needs_by_household ON needs (household_id);
