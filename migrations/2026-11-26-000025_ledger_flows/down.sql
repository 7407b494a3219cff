DROP INDEX acknowledgements_by_item;
DROP INDEX entries_by_time;
DROP TABLE flows;
ALTER TABLE balances DROP COLUMN value_fen;
