//! The auditors' session of the README.
