DROP TABLE heard;
DROP TABLE progress_days;
DROP TABLE progress;
DROP TABLE standings;
DROP TABLE findings;
