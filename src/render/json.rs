//! JSON, indented for people who look at it, ending in a line feed.

use serde::Serialize;

use super::Error;

/// `value` as JSON text.
pub(crate) fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut json = serde_json::to_vec_pretty(value)?;
    json.push(b'\n');
    Ok(json)
}
