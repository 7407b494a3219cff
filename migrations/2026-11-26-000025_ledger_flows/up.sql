-- What the goods an account holds were worth when they were booked, signed as the amount is; nothing for money.
ALTER TABLE balances ADD COLUMN value_fen BIGINT NOT NULL DEFAULT 0;

-- Who gave how much to whom: the fold of the entries by their two ends, kept in the same transaction, net of what was reversed.
-- A team and its overdraft are one end; households, enterprises and persons are one end each, whose id is empty.
CREATE TABLE flows (
    campaign_id TEXT NOT NULL,
    from_kind TEXT NOT NULL,
    from_id TEXT NOT NULL,
    to_kind TEXT NOT NULL,
    to_id TEXT NOT NULL,
    -- of the entries; of the reversed one, where one was reversed
    kind TEXT NOT NULL,
    commodity_kind TEXT NOT NULL,
    commodity_id TEXT NOT NULL,
    -- fen, or thousandths of the item's unit
    amount BIGINT NOT NULL,
    -- what the goods were worth; nothing for money
    value_fen BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, from_kind, from_id, to_kind, to_id, kind, commodity_kind, commodity_id)
);

-- What moved after a date: taken from what moved in all, it leaves what had moved by then.
CREATE INDEX entries_by_time ON entries (campaign_id, happened_at);

INSERT INTO flows (campaign_id, from_kind, from_id, to_kind, to_id, kind, commodity_kind, commodity_id, amount, value_fen)
    SELECT moved.campaign_id, moved.from_kind, moved.from_id, moved.to_kind, moved.to_id, moved.kind, moved.commodity_kind, moved.commodity_id, CAST(SUM(moved.amount) AS BIGINT), 0
    FROM (
        SELECT entries.campaign_id AS campaign_id,
            CASE gave.account_kind WHEN 'unexplained' THEN 'team' ELSE gave.account_kind END AS from_kind,
            CASE WHEN gave.account_kind IN ('household', 'enterprise', 'person') THEN '' ELSE gave.account_id END AS from_id,
            CASE took.account_kind WHEN 'unexplained' THEN 'team' ELSE took.account_kind END AS to_kind,
            CASE WHEN took.account_kind IN ('household', 'enterprise', 'person') THEN '' ELSE took.account_id END AS to_id,
            COALESCE(undone.kind, entries.kind) AS kind,
            gave.commodity_kind AS commodity_kind,
            gave.commodity_id AS commodity_id,
            -- one end has one posting, the other one or two: the smaller part is what went between the two
            CASE WHEN entries.reverses IS NULL THEN 1 ELSE -1 END
                * CASE WHEN ABS(gave.amount) < ABS(took.amount) THEN ABS(gave.amount) ELSE ABS(took.amount) END AS amount
        FROM entries
        LEFT JOIN entries AS undone ON undone.id = entries.reverses
        JOIN postings AS gave ON gave.entry_id = entries.id
        JOIN postings AS took ON took.entry_id = entries.id AND took.commodity_kind = gave.commodity_kind AND took.commodity_id = gave.commodity_id
        WHERE (gave.amount < 0) = (entries.reverses IS NULL) AND (took.amount > 0) = (entries.reverses IS NULL)
    ) AS moved
    GROUP BY moved.campaign_id, moved.from_kind, moved.from_id, moved.to_kind, moved.to_id, moved.kind, moved.commodity_kind, moved.commodity_id;

-- A phone asks for the answer to its item.
CREATE INDEX acknowledgements_by_item ON acknowledgements (item_id);
