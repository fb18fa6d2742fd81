//! What can be searched of a record: the same texts for the index and for the snippets.

use crate::domain::SearchField;
use crate::store::record::{Country, Document, Identifier, Party, Project, Source};

/// The texts of a record that a search looks into; none for kinds that it leaves out.
pub(crate) fn searchable(document: &Document) -> Vec<(SearchField, &str)> {
    let mut fields = match document {
        Document::Project(project) => of_project(project),
        Document::Party(party) => of_party(party),
        Document::Source(source) => of_source(source),
        Document::Country(country) => of_country(country),
        _ => return Vec::new(),
    };
    fields.insert(0, (SearchField::Code, document.code()));
    fields
}

type Fields<'a> = Vec<(SearchField, &'a str)>;

fn add<'a>(
    fields: &mut Fields<'a>,
    field: SearchField,
    texts: impl IntoIterator<Item = &'a Option<String>>,
) {
    let stated = texts.into_iter().flatten();
    fields.extend(stated.map(|text| (field, text.as_str())));
}

fn identifiers<'a>(fields: &mut Fields<'a>, identifiers: &'a [Identifier]) {
    let each = identifiers
        .iter()
        .map(|other| (SearchField::Identifier, other.identifier.as_str()));
    fields.extend(each);
}

fn of_project(project: &Project) -> Fields<'_> {
    let mut fields = Fields::new();
    let facts = &project.facts;
    let titles = [
        &facts.title_en,
        &facts.title_zh,
        &facts.title_ja,
        &facts.title_original,
    ];
    add(&mut fields, SearchField::Title, titles);
    identifiers(&mut fields, &project.identifiers);
    add(&mut fields, SearchField::Note, [&facts.host_note]);
    add(
        &mut fields,
        SearchField::Event,
        project.events.iter().map(|event| &event.text),
    );
    add(
        &mut fields,
        SearchField::Amount,
        project.amounts.iter().map(|amount| &amount.note),
    );
    let risks = project.risks.iter();
    fields.extend(risks.map(|risk| (SearchField::Risk, risk.text.as_str())));
    add(
        &mut fields,
        SearchField::Part,
        project.participations.iter().map(|part| &part.note),
    );
    add(&mut fields, SearchField::Note, [&facts.note]);
    fields
}

fn of_party(party: &Party) -> Fields<'_> {
    let mut fields = Fields::new();
    let facts = &party.facts;
    let names = [
        &facts.name_en,
        &facts.name_zh,
        &facts.name_ja,
        &facts.name_native,
    ];
    add(&mut fields, SearchField::Name, names);
    let others = party.other_names.iter();
    fields.extend(others.map(|other| (SearchField::Name, other.name.as_str())));
    identifiers(&mut fields, &party.identifiers);
    add(&mut fields, SearchField::Note, [&facts.note]);
    fields
}

fn of_source(source: &Source) -> Fields<'_> {
    let mut fields = Fields::new();
    add(&mut fields, SearchField::Title, [&source.title]);
    add(&mut fields, SearchField::Publisher, [&source.publisher]);
    add(&mut fields, SearchField::Address, [&source.url]);
    add(&mut fields, SearchField::Note, [&source.note]);
    fields
}

fn of_country(country: &Country) -> Fields<'_> {
    let names = [&country.name_en, &country.name_zh, &country.name_ja];
    names
        .map(|name| (SearchField::Name, name.as_str()))
        .to_vec()
}
