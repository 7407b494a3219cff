//! The phone's door: what it may know, what it sends, what it is answered.
