//! The tables of what imports leave behind besides records.

diesel::table! {
    mapping (code) {
        code -> Text,
        id -> Text,
        text -> Text,
    }
}

diesel::table! {
    refusal (code) {
        code -> Text,
        id -> Text,
        project -> Nullable<Text>,
        digest -> Text,
        file -> Text,
        title -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}
