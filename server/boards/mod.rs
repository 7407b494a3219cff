//! The season as it stands: progress and lists for the desk. Read-only.
