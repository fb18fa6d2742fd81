//! The list of projects.

use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::ProjectList;

impl View for ProjectList {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        page.add_clocks(self.horizon, self.known_at, labels);
        if self.projects.is_empty() {
            page.add(Block::Paragraph(labels.text("list-empty")));
            return page;
        }
        let fields = [
            "field-code",
            "field-status",
            "field-mode",
            "field-hosts",
            "field-title",
        ];
        // "Implementing 2018-10-26" in two lines, "Industrial finance" too: the title gets the space.
        let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).narrow([7, 12, 11, 10]);
        for project in &self.projects {
            let hosts = project
                .hosts
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ");
            sheet.rows.push(vec![
                Cell::from(project.code.as_str()),
                Cell::or_not_stated(
                    project
                        .status
                        .zip(project.status_on)
                        .map(|(status, on)| format!("{} {on}", labels.word(status))),
                ),
                Cell::or_not_stated(project.mode.map(|mode| labels.word(mode))),
                if hosts.is_empty() {
                    Cell::NotStated
                } else {
                    Cell::Text(hosts)
                },
                Cell::from(labels.marked_title(
                    &project.title,
                    project.is_translated,
                    project.identified,
                )),
            ]);
        }
        page.add(Block::Table(sheet));
        let values = [
            ("shown", self.projects.len().into()),
            ("date", self.horizon.report_day().to_string().into()),
        ];
        page.add(Block::Paragraph(labels.with("list-count", &values)));
        if self.more {
            page.add(Block::Paragraph(labels.text("search-more")));
        }
        page
    }

    fn data(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "code",
            "list_number",
            "title",
            "title_en",
            "title_zh",
            "title_ja",
            "title_original",
            "instrument",
            "mode",
            "sector",
            "objectives",
            "status",
            "status_on",
            "evidence_on",
            "hosts",
            "parties",
            "forum",
            "identified",
            "umbrella",
            "title_zh_basis",
            "title_ja_basis",
            "desk",
        ]);
        for project in &self.projects {
            sheet.rows.push(vec![
                Cell::from(project.code.as_str()),
                Cell::or_not_stated(project.list_number),
                Cell::from(project.title.as_str()),
                Cell::or_not_stated(project.title_en.as_ref()),
                Cell::or_not_stated(project.title_zh.as_ref()),
                Cell::or_not_stated(project.title_ja.as_ref()),
                Cell::or_not_stated(project.title_original.as_ref()),
                Cell::or_not_stated(project.instrument),
                Cell::or_not_stated(project.mode),
                Cell::or_not_stated(project.sector),
                Cell::list(&project.objectives),
                Cell::or_not_stated(project.status),
                Cell::or_not_stated(project.status_on),
                Cell::or_not_stated(project.evidence_on),
                Cell::list(&project.hosts),
                Cell::list(project.parties.iter().map(|party| &party.party)),
                Cell::or_not_stated(project.forum.as_ref()),
                Cell::from(project.identified.to_string()),
                Cell::or_not_stated(project.umbrella),
                Cell::or_not_stated(project.title_zh_basis),
                Cell::or_not_stated(project.title_ja_basis),
                Cell::or_not_stated(project.desk),
            ]);
        }
        sheet
    }
}
