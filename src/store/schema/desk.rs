//! The tables of the web desk: no records, and not in the journal.

diesel::table! {
    account (name) {
        name -> Text,
        role -> Text,
        password -> Nullable<Text>,
    }
}

diesel::table! {
    session (digest) {
        digest -> Text,
        account -> Text,
        ends_at -> Text,
    }
}

diesel::table! {
    draft (number) {
        number -> BigInt,
        made_at -> Text,
        author -> Text,
        command -> Text,
        arguments -> Text,
        language -> Text,
        seen -> Text,
        file_name -> Nullable<Text>,
        file -> Nullable<Binary>,
        decided_at -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        reason -> Nullable<Text>,
        batch -> Nullable<BigInt>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(account, session);
