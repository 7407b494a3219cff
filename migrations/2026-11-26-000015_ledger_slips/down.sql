DROP TABLE acknowledged_lines;
DROP TABLE acknowledgements;
DROP TABLE slips;
ALTER TABLE postings DROP COLUMN value_fen;
