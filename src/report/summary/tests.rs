//! The arithmetic of the summary, without a database.
