CREATE INDEX evidence_by_likeness ON evidence (perceptual_hash);
DROP TABLE likenesses;
