//! Means: double-entry postings of cash and goods; a balance is a fold.
