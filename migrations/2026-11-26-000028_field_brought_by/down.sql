ALTER TABLE items DROP COLUMN brought_by;
