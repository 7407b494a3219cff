-- The desk's table of households in each of its orders, with what it is filtered by, so that a page is found in the index alone.
-- By how a text begins: PostgreSQL takes no long one into an index.
CREATE INDEX households_by_name ON households ((substr(head_name, 1, 60)), id, org_id, team_id, category, status, cadre_id);
CREATE INDEX households_by_address ON households ((substr(address, 1, 60)), id, org_id, team_id, category, status, cadre_id);
CREATE INDEX entitlements_by_cash ON entitlements (campaign_id, cash_fen, household_id);
