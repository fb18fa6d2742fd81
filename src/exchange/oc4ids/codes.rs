//! Our words in the codelists of OC4IDS.

use crate::domain::*;

/// partyRole: the nearest. None where the list has nothing near.
pub(super) fn role(role: Role) -> Option<&'static str> {
    match role {
        Role::Financier => Some("funder"),
        Role::Owner | Role::Sponsor | Role::Developer => Some("administrativeEntity"),
        Role::Contractor | Role::Supplier => Some("supplier"),
        Role::Customer => Some("buyer"),
        Role::Government => Some("publicAuthority"),
        Role::Signatory | Role::Promoter | Role::Adviser | Role::Operator => {
            Some("interestedParty")
        }
        Role::Insurer | Role::Guarantor => None,
    }
}

/// projectSector: the nearest. None where the list has nothing near.
pub(super) fn sector(sector: Sector) -> Option<&'static str> {
    match sector {
        Sector::Energy => Some("energy"),
        Sector::It => Some("communications"),
        Sector::Healthcare => Some("health"),
        Sector::Logistics => Some("transport"),
        Sector::Finance | Sector::TradePromotion | Sector::Manufacturing | Sector::Automotive => {
            Some("economy")
        }
        Sector::Environment | Sector::Infrastructure | Sector::UrbanDevelopment | Sector::Other => {
            None
        }
    }
}

/// Currencies that the standard's list does not have.
pub(super) const UNKNOWN_CURRENCIES: [&str; 5] = ["SLE", "VED", "XAD", "XCG", "ZWG"];
