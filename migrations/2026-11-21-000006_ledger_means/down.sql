DROP TABLE balances;
DROP TABLE postings;
DROP TABLE entries;
DROP TABLE funds;
