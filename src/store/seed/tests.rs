//! The shipped records tested as data.
