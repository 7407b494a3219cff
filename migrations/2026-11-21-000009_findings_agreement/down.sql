DROP TABLE progress;
DROP TABLE standings;
DROP TABLE findings;
