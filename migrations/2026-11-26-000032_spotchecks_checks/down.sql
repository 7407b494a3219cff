DROP TABLE replacements;
DROP TABLE verdicts;
DROP TABLE check_answers;
DROP TABLE checks;
