-- The perceptual hash of every picture, cut into four bands of sixteen bits: two pictures that differ in few bits share a band, or
-- nearly, so that alike pictures are found without reading all.
CREATE TABLE likenesses (
    band BIGINT NOT NULL,
    value BIGINT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES evidence (sha256),
    bits BIGINT NOT NULL,
    PRIMARY KEY (band, value, sha256)
);
DROP INDEX evidence_by_likeness;
