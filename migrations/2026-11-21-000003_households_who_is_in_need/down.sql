DROP TABLE household_changes;
DROP TABLE members;
DROP TABLE households;
DROP TABLE imports;
