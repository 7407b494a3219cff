-- Within the team that visits, the cadre who goes first; null: any of them. It keeps nobody else from going.
ALTER TABLE households ADD COLUMN cadre_id TEXT;
-- The list of those who wait longest, of a million as of a hundred.
CREATE INDEX standings_by_last_try ON standings (campaign_id, (COALESCE(last_visit_at, 0)), household_id);
