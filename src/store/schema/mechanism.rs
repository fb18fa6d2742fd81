//! The tables of the cooperation as a whole: its steps, and the cases of the guidelines.

diesel::table! {
    mechanism_event (code) {
        code -> Text,
        id -> Text,
        on_date -> Text,
        title -> Text,
        kind -> Text,
        place -> Nullable<Text>,
        participants -> Nullable<Text>,
        outcome -> Nullable<Text>,
        mentions_third_country_cooperation -> Text,
        confidence -> Text,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    mechanism_event_source (mechanism_event, number) {
        mechanism_event -> Text,
        number -> Integer,
        source -> Text,
    }
}

diesel::table! {
    mechanism_event_text (mechanism_event, number) {
        mechanism_event -> Text,
        number -> Integer,
        language -> Text,
        title -> Text,
        place -> Nullable<Text>,
        participants -> Nullable<Text>,
        outcome -> Nullable<Text>,
        basis -> Nullable<Text>,
    }
}

diesel::table! {
    guideline_case (code) {
        code -> Text,
        id -> Text,
        standing -> Text,
        project -> Nullable<Text>,
        title_en -> Text,
        mode -> Nullable<Text>,
        mode_basis -> Nullable<Text>,
        sector -> Nullable<Text>,
        partners -> Nullable<Text>,
        japan_related -> Text,
        host_note -> Nullable<Text>,
        status -> Nullable<Text>,
        status_on -> Nullable<Text>,
        confidence -> Text,
        note -> Nullable<Text>,
        title_zh -> Nullable<Text>,
        title_ja -> Nullable<Text>,
        title_zh_basis -> Nullable<Text>,
        title_ja_basis -> Nullable<Text>,
    }
}

diesel::table! {
    guideline_case_country (guideline_case, relation, number) {
        guideline_case -> Text,
        relation -> Text,
        number -> Integer,
        country -> Text,
    }
}

diesel::table! {
    guideline_case_source (guideline_case, number) {
        guideline_case -> Text,
        number -> Integer,
        source -> Text,
    }
}
