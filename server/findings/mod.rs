//! Agreement: every visit held against its witnesses, and what became of each finding.
