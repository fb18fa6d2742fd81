//! The fields of a project as options: the same on `add` and on `set`.

use clap::Args;

use crate::args::{field, words};
use crate::commands::desk::Desk;
use crate::commands::document::Parts;
use crate::commands::options::{clearable, identifier, put};
use crate::domain::*;
use crate::error::Error;
use crate::store::{Identifier, Project};

macro_rules! project_options {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
        /// What is stated of a project. What is not known is left out.
        #[derive(Debug, Default, Args)]
        #[command(next_help_heading = "Fields")]
        pub(crate) struct FactArgs {
            $(
                #[arg(long, help = $about, value_name = placeholder::<$type>(), value_parser = field::<$type>())]
                pub(crate) $field: Option<$type>,
            )+
            /// Host country: a code of ISO 3166-1, or a name in English, Chinese or Japanese (can be repeated; all hosts are named)
            #[arg(long, value_name = "COUNTRY", value_delimiter = ',')]
            pub(crate) host: Vec<String>,
            /// What the cooperation is for (can be repeated; all objectives are named)
            #[arg(long, value_delimiter = ',', value_parser = words::<Objective>())]
            pub(crate) objective: Vec<Objective>,
            /// An identifier that others gave it (can be repeated; all identifiers are named)
            #[arg(long, value_name = "SCHEME:IDENTIFIER", value_parser = identifier)]
            pub(crate) identifier: Vec<Identifier>,
            /// Number in the forum's official list
            #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(1..))]
            pub(crate) list_number: Option<i64>,
            /// False where only the existence of the agreement is known
            #[arg(long, value_name = "true|false", value_parser = field::<bool>())]
            pub(crate) identified: Option<bool>,
            /// A source of the project as a whole: an address, a code or a document (can be repeated; added to those it has)
            #[arg(long, value_name = "URL|CODE|FILE", value_parser = SourceReference::typed)]
            pub(crate) source: Vec<SourceReference>,
        }

        impl FactArgs {
            /// Returns whether nothing is stated.
            pub(crate) fn is_empty(&self) -> bool {
                true $(&& self.$field.is_none())+
                    && self.host.is_empty()
                    && self.objective.is_empty()
                    && self.identifier.is_empty()
                    && self.list_number.is_none()
                    && self.identified.is_none()
                    && self.source.is_empty()
            }

            /// Puts the plain fields that are stated into the project.
            fn put(&self, project: &mut Project) {
                let facts = &mut project.facts;
                // What a title rested on says nothing about another one.
                if self.title_zh.is_some() && self.title_zh != facts.title_zh {
                    facts.title_zh_basis = None;
                }
                if self.title_ja.is_some() && self.title_ja != facts.title_ja {
                    facts.title_ja_basis = None;
                }
                $(put(&mut facts.$field, &self.$field);)+
                put(&mut facts.list_number, &self.list_number);
                facts.identified = self.identified.unwrap_or(facts.identified);
            }
        }

        /// Fields that can be emptied.
        const CLEARABLE: &[&str] = &[
            $(stringify!($field),)+
            "list_number", "hosts", "objectives", "identifiers", "citations",
        ];

        /// Empties a field of the project.
        fn clear(project: &mut Project, field: &str) {
            match field {
                $(stringify!($field) => project.facts.$field = None,)+
                "list_number" => project.facts.list_number = None,
                "hosts" => project.hosts.clear(),
                "objectives" => project.objectives.clear(),
                "identifiers" => project.identifiers.clear(),
                "citations" => project.citations.clear(),
                _ => {}
            }
            match field {
                "mode" => project.facts.mode_basis = None,
                "title_zh" => project.facts.title_zh_basis = None,
                "title_ja" => project.facts.title_ja_basis = None,
                _ => {}
            }
        }
    };
}
project_fields!(project_options);

/// Returns how the help names the value of an option.
const fn placeholder<T: FieldValue>() -> &'static str {
    match T::KIND {
        FieldKind::Text => "TEXT",
        FieldKind::Flag => "true|false",
        FieldKind::Word(..) => "WORD",
    }
}

impl FactArgs {
    /// Puts what is stated into the project.
    ///
    /// # Errors
    /// When a country or a source is not known.
    pub(crate) fn apply(
        &self,
        project: &mut Project,
        desk: &mut Desk<'_, '_>,
    ) -> Result<(), Error> {
        self.put(project);
        if !self.host.is_empty() {
            project.hosts.clear();
        }
        if !self.objective.is_empty() {
            project.objectives.clone_from(&self.objective);
        }
        if !self.identifier.is_empty() {
            project.identifiers.clone_from(&self.identifier);
        }
        let named = Parts {
            hosts: self.host.clone(),
            citations: self.source.clone(),
            ..Parts::default()
        };
        let known = project.clone();
        named.put(project, &known, desk)?;
        let mut seen = std::collections::BTreeSet::new();
        project.citations.retain(|code| seen.insert(code.clone()));
        Ok(())
    }
}

/// Fields to empty.
#[derive(Debug, Default, Args)]
pub(crate) struct ClearArgs {
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(CLEARABLE))]
    pub(crate) clear: Vec<String>,
}

impl ClearArgs {
    /// Empties the fields.
    pub(crate) fn apply(&self, project: &mut Project) {
        for field in &self.clear {
            clear(project, field);
        }
    }
}
