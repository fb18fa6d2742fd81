//! The bytes of an entry, frozen: they are hashed, and proofs of them are in the hands of others.
