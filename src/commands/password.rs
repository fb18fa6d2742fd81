//! Passwords of the web desk: read without being shown, kept as Argon2 in the PHC string format.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use inquire::{Password, PasswordDisplayMode};

use super::ask::broken_off;
use crate::context::Context;
use crate::domain::Invalid;
use crate::error::Error;
use crate::input;

/// The fewest characters of a password.
const SHORTEST: usize = 12;
/// The most bytes of a password.
pub(super) const LONGEST: usize = 1 << 10;
/// Bytes of salt (RFC 9106, section 3.1).
const SALT: usize = 16;

/// Returns a new password as it is kept: typed twice at a terminal, else the first line of standard input.
///
/// # Errors
/// When it is too short or too long, or was typed in two ways.
pub(super) fn asked(context: &Context) -> Result<String, Error> {
    let password = match context.can_ask() {
        true => {
            let question = context.out.in_words(&message!("ask-password"));
            let again = context.out.in_words(&message!("ask-password-again"));
            let differs = context.out.in_words(&message!("ask-password-differs"));
            let asking = Password::new(&question)
                .with_display_mode(PasswordDisplayMode::Hidden)
                .with_custom_confirmation_message(&again)
                .with_custom_confirmation_error_message(&differs);
            broken_off(asking.prompt())?
        }
        false => {
            let text = input::read_all(std::io::stdin().lock(), input::LONGEST_TEXT)?;
            let text = String::from_utf8_lossy(&text).into_owned();
            text.lines().next().unwrap_or_default().to_owned()
        }
    };
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        let why = message!("why-password", least = SHORTEST, most = LONGEST);
        return Err(Invalid::new("what-password", "…", why).into());
    }
    hashed(&password)
}

fn hashed(password: &str) -> Result<String, Error> {
    let mut salt = [0; SALT];
    let failed = |error: String| Error::Output(std::io::Error::other(error));
    getrandom::fill(&mut salt).map_err(|error| failed(error.to_string()))?;
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    let hash: PasswordHash = hash.map_err(|error| failed(error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether `password` is the one that is kept. It takes as long where none is kept.
pub(super) fn is_right(password: &str, kept: Option<&str>) -> bool {
    let kept = kept.and_then(|kept| PasswordHash::new(kept).ok());
    match kept {
        Some(kept) => Argon2::default()
            .verify_password(password.as_bytes(), &kept)
            .is_ok(),
        None => {
            let _ = hashed(password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_not_kept() {
        let kept = hashed("correct horse battery").expect("hashed");
        assert!(kept.starts_with("$argon2id$v=19$") && !kept.contains("horse"));
        assert!(is_right("correct horse battery", Some(&kept)));
        assert!(!is_right("correct horse", Some(&kept)));
        assert!(!is_right("correct horse battery", None));
        assert!(!is_right("", Some("nonsense")));
    }
}
