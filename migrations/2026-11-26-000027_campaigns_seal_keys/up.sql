-- The keys that phones seal to, several a campaign: the newest is handed out, all of them open what was sealed to them.
CREATE TABLE seal_keys (
    id TEXT PRIMARY KEY NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    -- the point, uncompressed, in base64
    public_key TEXT NOT NULL,
    -- sealed in its turn to the server's sealing secret, which does not stand in the database; in base64
    private_key TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX seal_keys_by_campaign ON seal_keys (campaign_id, made_at, id);
