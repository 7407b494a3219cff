//! A household becomes known: its file, its members, its history, and how rosters come in.
