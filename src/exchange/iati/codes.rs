//! Our words in the codelists of IATI.

use crate::domain::*;

/// OrganisationRole: 1 funding, 2 accountable, 3 extending, 4 implementing. None for a customer: it is served.
pub(super) fn role(role: Role) -> Option<&'static str> {
    match role {
        Role::Financier | Role::Insurer | Role::Guarantor => Some("1"),
        Role::Signatory | Role::Sponsor | Role::Owner | Role::Government => Some("2"),
        Role::Promoter => Some("3"),
        Role::Contractor | Role::Supplier | Role::Operator | Role::Developer | Role::Adviser => {
            Some("4")
        }
        Role::Customer => None,
    }
}

/// OrganisationType. A company is private (70 and, by its side, 71 to 73); whether the state owns it, the registry does not say.
pub(super) fn organisation(kind: PartyKind, side: Option<Side>) -> &'static str {
    match (kind, side) {
        (PartyKind::Government, _) => "10",
        (PartyKind::LocalGovernment, _) => "11",
        (PartyKind::GovernmentAgency, _) => "15",
        (PartyKind::Multilateral, _) => "40",
        (PartyKind::Company, Some(Side::Chinese | Side::Japanese)) => "71",
        (PartyKind::Company, Some(Side::Host)) => "72",
        (PartyKind::Company, Some(Side::Other)) => "73",
        (PartyKind::Company, None) => "70",
        _ => "90",
    }
}

/// SectorCategory (DAC, three digits): the nearest; 998 where none is stated or none is near.
pub(super) fn sector(sector: Option<Sector>) -> &'static str {
    match sector {
        Some(Sector::Finance) => "240",
        Some(Sector::Logistics) => "210",
        Some(Sector::It) => "220",
        Some(Sector::Energy) => "230",
        Some(Sector::Healthcare) => "121",
        Some(Sector::Environment) => "410",
        Some(Sector::Manufacturing | Sector::Automotive) => "321",
        Some(Sector::UrbanDevelopment) => "430",
        Some(Sector::TradePromotion) => "331",
        Some(Sector::Infrastructure | Sector::Other) | None => "998",
    }
}

/// TransactionType: a pledge is not a commitment.
pub(super) fn transaction(basis: AmountBasis) -> &'static str {
    match basis {
        AmountBasis::Pledge => "12",
        AmountBasis::Commitment => "2",
        AmountBasis::Disbursement => "3",
    }
}

/// FinanceType, where the kind of amount tells it.
pub(super) fn finance(kind: AmountKind) -> Option<&'static str> {
    match kind {
        AmountKind::Loan => Some("421"),
        AmountKind::Equity => Some("510"),
        AmountKind::Guarantee => Some("1100"),
        AmountKind::Grant => Some("110"),
        AmountKind::Contract | AmountKind::TotalCost | AmountKind::Other => None,
    }
}

/// Codes of ISO 4217 in use that the codelist Currency does not have.
const UNKNOWN_CURRENCIES: [&str; 6] = ["CHE", "CHW", "UYW", "XAD", "XCG", "ZWG"];

/// Whether the codelist Currency has a currency that is in use.
pub(super) fn has_currency(code: &str) -> bool {
    !UNKNOWN_CURRENCIES.contains(&code)
}

/// FileFormat of a document at an address.
pub(super) fn file_format(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.to_ascii_lowercase().ends_with(".pdf") {
        "application/pdf"
    } else {
        "text/html"
    }
}
