-- What a campaign's draws are made from: 32 bytes of chance that nobody has seen, promised by their hash before the first household is visited.
CREATE TABLE draw_seeds (
    campaign_id TEXT PRIMARY KEY NOT NULL REFERENCES campaigns (id),
    -- SHA-256 of the seed, published at once
    commitment TEXT NOT NULL,
    -- sealed to the server's sealing secret, which does not stand in the database; in base64
    seed TEXT NOT NULL,
    committed_at BIGINT NOT NULL,
    -- the seed in hexadecimal, once it is published; there are no more draws after that
    revealed TEXT,
    revealed_at BIGINT
);
