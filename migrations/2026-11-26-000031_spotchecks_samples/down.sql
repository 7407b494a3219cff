DROP TABLE sample_frame;
DROP TABLE sample_strata;
DROP TABLE samples;
