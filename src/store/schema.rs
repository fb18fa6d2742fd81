//! The tables as types. `open::tests::schema_matches_migrations` keeps this true.

mod desk;
mod imports;
mod mechanism;

pub(crate) use desk::{account, draft, session};
pub(crate) use imports::{mapping, refusal};
pub(crate) use mechanism::*;

diesel::table! {
    batch (number) {
        number -> BigInt,
        recorded_at -> Text,
        actor -> Text,
        command -> Text,
        reason -> Nullable<Text>,
        undoes -> Nullable<BigInt>,
        first_entry -> BigInt,
        entries -> BigInt,
    }
}

diesel::table! {
    entry (number) {
        number -> BigInt,
        batch -> BigInt,
        kind -> Text,
        record_id -> Nullable<Text>,
        code -> Text,
        bytes -> Text,
    }
}

diesel::table! {
    tile (level, number) {
        level -> Integer,
        number -> BigInt,
        hashes -> Binary,
    }
}

diesel::table! {
    country (code) {
        code -> Text,
        id -> Text,
        alpha3 -> Text,
        numeric -> Text,
        name_en -> Text,
        name_zh -> Text,
        name_ja -> Text,
        asean_since -> Nullable<Date>,
        side -> Nullable<Text>,
    }
}

diesel::table! {
    currency (code) {
        code -> Text,
        id -> Text,
        numeric -> Nullable<Text>,
        name_en -> Text,
        name_zh -> Nullable<Text>,
        name_ja -> Nullable<Text>,
        decimal_places -> Nullable<Integer>,
        withdrawn -> Nullable<Text>,
    }
}

diesel::table! {
    source (code) {
        code -> Text,
        id -> Text,
        url -> Nullable<Text>,
        title -> Nullable<Text>,
        publisher -> Nullable<Text>,
        publisher_kind -> Nullable<Text>,
        language -> Nullable<Text>,
        read_on -> Nullable<Date>,
        confidence -> Text,
        note -> Nullable<Text>,
        kind -> Nullable<Text>,
        link -> Nullable<Text>,
        file_sha256 -> Nullable<Text>,
        file_type -> Nullable<Text>,
        file_size -> Nullable<BigInt>,
    }
}

diesel::table! {
    content (sha256) {
        sha256 -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    party (code) {
        code -> Text,
        id -> Text,
        name_en -> Nullable<Text>,
        name_zh -> Nullable<Text>,
        name_ja -> Nullable<Text>,
        name_native -> Nullable<Text>,
        country -> Nullable<Text>,
        side -> Nullable<Text>,
        kind -> Text,
        note -> Nullable<Text>,
        general_knowledge -> Nullable<Text>,
    }
}

diesel::table! {
    party_name (party, number) {
        party -> Text,
        number -> Integer,
        name -> Text,
        language -> Text,
        kind -> Text,
        basis -> Nullable<Text>,
    }
}

diesel::table! {
    party_identifier (party, number) {
        party -> Text,
        number -> Integer,
        scheme -> Text,
        identifier -> Text,
    }
}

diesel::table! {
    forum (code) {
        code -> Text,
        id -> Text,
        name_en -> Text,
        name_zh -> Text,
        name_ja -> Text,
        held_on -> Date,
        agreements -> Nullable<BigInt>,
        source -> Nullable<Text>,
    }
}

diesel::table! {
    project (code) {
        code -> Text,
        id -> Text,
        list_number -> Nullable<BigInt>,
        forum -> Nullable<Text>,
        identified -> Bool,
        umbrella -> Nullable<Bool>,
        instrument -> Nullable<Text>,
        title_en -> Nullable<Text>,
        title_zh -> Nullable<Text>,
        title_ja -> Nullable<Text>,
        title_original -> Nullable<Text>,
        mode -> Nullable<Text>,
        mode_basis -> Nullable<Text>,
        sector -> Nullable<Text>,
        host_note -> Nullable<Text>,
        membership -> Nullable<Text>,
        confidence -> Nullable<Text>,
        note -> Nullable<Text>,
        status -> Nullable<Text>,
        status_on -> Nullable<Text>,
        evidence_on -> Nullable<Text>,
        entered_on -> Nullable<Text>,
        title_zh_basis -> Nullable<Text>,
        title_ja_basis -> Nullable<Text>,
        desk -> Nullable<Text>,
    }
}

diesel::table! {
    project_host (project, number) {
        project -> Text,
        number -> Integer,
        country -> Text,
    }
}

diesel::table! {
    project_objective (project, number) {
        project -> Text,
        number -> Integer,
        objective -> Text,
    }
}

diesel::table! {
    project_identifier (project, number) {
        project -> Text,
        number -> Integer,
        scheme -> Text,
        identifier -> Text,
    }
}

diesel::table! {
    project_origin (project, number) {
        project -> Text,
        number -> Integer,
        scheme -> Text,
        identifier -> Text,
        states -> Text,
    }
}

diesel::table! {
    citation (project, number) {
        project -> Text,
        number -> Integer,
        source -> Text,
    }
}

diesel::table! {
    participation (project, number) {
        project -> Text,
        number -> Integer,
        party -> Text,
        role -> Text,
        share_percent -> Nullable<Text>,
        prospective -> Bool,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    event (project, number) {
        project -> Text,
        number -> Integer,
        on_date -> Nullable<Text>,
        due_on -> Nullable<Text>,
        kind -> Text,
        status -> Nullable<Text>,
        text -> Nullable<Text>,
        source -> Nullable<Text>,
        confidence -> Nullable<Text>,
        evidence -> Nullable<Text>,
        last_day -> Nullable<Text>,
    }
}

diesel::table! {
    amount (project, number) {
        project -> Text,
        number -> Integer,
        kind -> Text,
        basis -> Text,
        currency -> Text,
        minor_units -> BigInt,
        estimated -> Bool,
        on_date -> Nullable<Text>,
        source -> Nullable<Text>,
        note -> Nullable<Text>,
        party -> Nullable<Text>,
    }
}

diesel::table! {
    risk (project, number) {
        project -> Text,
        number -> Integer,
        category -> Text,
        level -> Text,
        state -> Text,
        on_date -> Nullable<Text>,
        text -> Text,
        source -> Nullable<Text>,
    }
}

diesel::table! {
    indicator_observation (code) {
        code -> Text,
        id -> Text,
        place -> Text,
        indicator -> Text,
        period -> Text,
        value -> Text,
        unit -> Text,
        derived -> Bool,
        printed_in -> Text,
        original_source -> Text,
        source -> Text,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    judgement (code) {
        code -> Text,
        id -> Text,
        first_party -> Text,
        second_party -> Text,
        verdict -> Text,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    waiver (code) {
        code -> Text,
        id -> Text,
        rule -> Text,
        record -> Text,
        owner -> Text,
        reason -> Text,
        until_date -> Date,
    }
}

diesel::table! {
    exchange_rate (code) {
        code -> Text,
        id -> Text,
        from_currency -> Text,
        to_currency -> Text,
        on_date -> Date,
        rate -> Text,
        source -> Text,
        note -> Nullable<Text>,
    }
}

diesel::joinable!(participation -> party (party));
diesel::allow_tables_to_appear_in_same_query!(
    batch,
    entry,
    country,
    currency,
    source,
    party,
    party_name,
    party_identifier,
    forum,
    project,
    project_host,
    project_objective,
    project_identifier,
    project_origin,
    citation,
    participation,
    event,
    amount,
    risk,
    mechanism_event,
    mechanism_event_source,
    mechanism_event_text,
    guideline_case,
    guideline_case_country,
    guideline_case_source,
    indicator_observation,
    judgement,
    waiver,
    exchange_rate,
);
