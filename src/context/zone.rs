//! Which time zone this machine is in, where the user names none.

use chrono::{Local, Offset as _, Utc};

use crate::domain::Zone;

/// The zone that `TZ` names, else the one that the machine is set to, by its name where it has one.
pub(super) fn of_machine() -> Zone {
    let variable = std::env::var("TZ").ok().filter(|zone| !zone.is_empty());
    let name = match variable {
        Some(zone) => Some(zone.trim_start_matches(':').to_owned()),
        None => iana_time_zone::get_timezone().ok(),
    };
    let named = name.and_then(|name| name.parse().ok());
    named.unwrap_or_else(|| {
        let offset = Utc::now().with_timezone(&Local).offset().fix();
        offset.to_string().parse().unwrap_or(Zone::UTC)
    })
}
