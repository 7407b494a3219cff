-- A need outlives the corrections of the visit it was heard at: what says the same need is one thread, and stands where it was said last.
ALTER TABLE needs ADD COLUMN thread TEXT NOT NULL DEFAULT '';
-- what a correction of its visit made of it: nothing, said again there, or taken out
ALTER TABLE needs ADD COLUMN correction TEXT NOT NULL DEFAULT 'none' CHECK (correction IN ('none', 'carried', 'withdrawn'));
UPDATE needs SET thread = visit_id || '.' || line;
-- Left out of the lists as before, until the corrections of old are gone through, each with the rules that hold for new ones.
UPDATE needs SET correction = 'carried' WHERE EXISTS (
    SELECT 1 FROM visits WHERE visits.amends = needs.visit_id AND visits.campaign_id = needs.campaign_id AND visits.household_id = needs.household_id
);
INSERT INTO jobs (queue, subject, due_at, attempts)
    SELECT 'corrections', visits.id, 0, 0 FROM visits
    WHERE visits.amends IS NOT NULL AND EXISTS (SELECT 1 FROM needs WHERE needs.visit_id = visits.amends);
DROP INDEX needs_by_campaign;
CREATE INDEX needs_by_campaign ON needs (campaign_id, correction, state, raised_at, visit_id, line);
CREATE INDEX needs_by_thread ON needs (thread);
