-- A frame is kept as the very bytes that its root is the hash of, 1,000 lines to a row: a million rows take the writer ten times as long.
CREATE TABLE frame_lots (
    sample_id TEXT NOT NULL REFERENCES samples (id),
    -- from 0; one after the other they are the frame
    lot BIGINT NOT NULL,
    -- `household_id TAB stratum LF`, by household
    lines TEXT NOT NULL,
    PRIMARY KEY (sample_id, lot)
);
INSERT INTO frame_lots (sample_id, lot, lines)
SELECT sample_id, lot, string_agg(household_id || '	' || stratum || '
', '' ORDER BY household_id)
FROM (
    SELECT sample_id, household_id, stratum, (row_number() OVER (PARTITION BY sample_id ORDER BY household_id) - 1) / 1000 AS lot FROM sample_frame
) AS numbered
GROUP BY sample_id, lot;
DROP TABLE sample_frame;
