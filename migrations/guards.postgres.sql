-- Rebuilt at every start, apart from history: what was written once is never changed.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
DROP TRIGGER IF EXISTS log_is_append_only ON log;
CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS entries_are_append_only ON entries;
CREATE TRIGGER entries_are_append_only BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS postings_are_append_only ON postings;
CREATE TRIGGER postings_are_append_only BEFORE UPDATE OR DELETE ON postings FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS visits_are_append_only ON visits;
CREATE TRIGGER visits_are_append_only BEFORE UPDATE OR DELETE ON visits FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS items_are_append_only ON items;
CREATE TRIGGER items_are_append_only BEFORE UPDATE OR DELETE ON items FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS links_are_append_only ON links;
CREATE TRIGGER links_are_append_only BEFORE UPDATE OR DELETE ON links FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS acknowledgements_are_append_only ON acknowledgements;
CREATE TRIGGER acknowledgements_are_append_only BEFORE UPDATE OR DELETE ON acknowledgements FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS acknowledged_lines_are_append_only ON acknowledged_lines;
CREATE TRIGGER acknowledged_lines_are_append_only BEFORE UPDATE OR DELETE ON acknowledged_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS settlements_are_append_only ON settlements;
CREATE TRIGGER settlements_are_append_only BEFORE UPDATE OR DELETE ON settlements FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS samples_are_append_only ON samples;
CREATE TRIGGER samples_are_append_only BEFORE UPDATE OR DELETE ON samples FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS sample_strata_are_append_only ON sample_strata;
CREATE TRIGGER sample_strata_are_append_only BEFORE UPDATE OR DELETE ON sample_strata FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS frame_lots_are_append_only ON frame_lots;
CREATE TRIGGER frame_lots_are_append_only BEFORE UPDATE OR DELETE ON frame_lots FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS check_answers_are_append_only ON check_answers;
CREATE TRIGGER check_answers_are_append_only BEFORE UPDATE OR DELETE ON check_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS check_evidence_are_append_only ON check_evidence;
CREATE TRIGGER check_evidence_are_append_only BEFORE UPDATE OR DELETE ON check_evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS check_asides_are_append_only ON check_asides;
CREATE TRIGGER check_asides_are_append_only BEFORE UPDATE OR DELETE ON check_asides FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS verdicts_are_append_only ON verdicts;
CREATE TRIGGER verdicts_are_append_only BEFORE UPDATE OR DELETE ON verdicts FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS replacements_are_append_only ON replacements;
CREATE TRIGGER replacements_are_append_only BEFORE UPDATE OR DELETE ON replacements FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- A JSON list taken apart as SQLite does it, so that a list of any length is one value of one statement. Not STRICT: it is to be inlined.
CREATE OR REPLACE FUNCTION json_each(list text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS $$ SELECT jsonb_array_elements_text(list::jsonb) $$;
