CREATE TABLE sample_frame (
    sample_id TEXT NOT NULL REFERENCES samples (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    stratum TEXT NOT NULL,
    PRIMARY KEY (sample_id, household_id)
);
-- Line by line: 36 letters, a tab, and the one stratum of the sample that stands there whole.
WITH RECURSIVE walked (sample_id, lines, next, household_id, stratum) AS (
    SELECT sample_id, lines, 1, '', '' FROM frame_lots
    UNION ALL
    SELECT walked.sample_id, walked.lines, walked.next + 38 + length(sample_strata.stratum), substr(walked.lines, walked.next, 36), sample_strata.stratum
    FROM walked
    JOIN sample_strata ON sample_strata.sample_id = walked.sample_id
        AND substr(walked.lines, walked.next + 36, length(sample_strata.stratum) + 2) = '	' || sample_strata.stratum || '
'
    WHERE walked.next < length(walked.lines)
)
INSERT INTO sample_frame (sample_id, household_id, stratum) SELECT sample_id, household_id, stratum FROM walked WHERE household_id <> '';
DROP TABLE frame_lots;
