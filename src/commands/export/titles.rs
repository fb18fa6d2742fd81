//! `tpmc export titles`: the titles that a language lacks, for a translator; `tpmc import plan` reads them back.

use std::fs::File;
use std::path::Path;

use super::Export;
use crate::context::Context;
use crate::domain::{Language, Vocabulary as _};
use crate::error::Error;
use crate::exchange::{self, TableFile};
use crate::render::{self, Format};
use crate::store::{Project, Reader, Wanted};

impl Export {
    /// Writes the projects without a title in the language: CSV or a workbook, as --format or the name of the file says. What the title
    /// rests on is filled in as `translated`.
    pub(super) fn titles(&self, context: &Context) -> Result<(), Error> {
        let to = self.to.ok_or(Error::Needs {
            what: "what-language",
            option: "--to",
            words: vec!["en", "zh", "ja"],
        })?;
        let format = match (context.named_format(), context.output()) {
            (None, None) => Format::Csv,
            _ => context.format()?,
        };
        let columns = columns(to);
        match format {
            Format::Csv => context.read(|reader| {
                context.out.stream_csv(|sink| {
                    let mut writer = csv::Writer::from_writer(sink);
                    let mut row = |cells: &[String]| {
                        let written = writer.write_record(cells);
                        written.map_err(exchange::Error::from)
                    };
                    row(&columns)?;
                    for project in self.untranslated(to, context, reader)? {
                        row(&cells(&project, &columns))?;
                    }
                    Ok(writer.flush()?)
                })
            }),
            Format::Xlsx => {
                return context.out.place(|draft: &Path| {
                    let (file, name) = (File::create(draft)?, Path::new("titles.xlsx"));
                    let mut table = TableFile::begin(file, name, "titles", &columns, b"")?;
                    let projects = context.read(|reader| self.untranslated(to, context, reader))?;
                    for project in projects {
                        table.row(cells(&project, &columns))?;
                    }
                    Ok(table.finish()?)
                });
            }
            other => return Err(render::Error::NotAs(other).into()),
        }
        .map(drop)
    }

    /// Returns the identified projects among those chosen that have no title in the language.
    fn untranslated(
        &self,
        to: Language,
        context: &Context,
        reader: &mut Reader<'_>,
    ) -> Result<Vec<Project>, Error> {
        let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
        let lines = reader.lines(&filter, horizon, Wanted::EVERYTHING, None)?;
        let mut projects = Vec::new();
        for line in lines {
            let project: Project = reader.one(line.facts.code.as_str())?;
            if project.facts.identified && title(&project, to).is_none() {
                projects.push(project);
            }
        }
        Ok(projects)
    }
}

/// Columns of the project sheet: the code, the titles that there are, and the one to be filled in with what it rests on.
fn columns(to: Language) -> Vec<String> {
    let others = Language::ALL.iter().filter(|language| **language != to);
    let mut columns = vec!["code".to_owned(), "title_original".to_owned()];
    columns.extend(others.map(|language| format!("title_{}", language.word())));
    columns.push(format!("title_{}", to.word()));
    if to != Language::English {
        columns.push(format!("title_{}_basis", to.word()));
    }
    columns
}

fn cells(project: &Project, columns: &[String]) -> Vec<String> {
    let facts = &project.facts;
    let cell = |column: &String| {
        let text = match column.as_str() {
            "code" => Some(facts.code.as_str()),
            "title_original" => facts.title_original.as_deref(),
            "title_en" => facts.title_en.as_deref(),
            "title_zh" => facts.title_zh.as_deref(),
            "title_ja" => facts.title_ja.as_deref(),
            _ => Some("translated"),
        };
        crate::domain::guarded(text.unwrap_or_default()).into_owned()
    };
    columns.iter().map(cell).collect()
}

fn title(project: &Project, language: Language) -> Option<&str> {
    let facts = &project.facts;
    let title = match language {
        Language::English => &facts.title_en,
        Language::Chinese => &facts.title_zh,
        Language::Japanese => &facts.title_ja,
    };
    title.as_deref()
}
