//! The reference page of all commands, made of what the program says about itself.

use clap::{Arg, Command};

use crate::domain::{Language, Vocabulary as _};
use crate::message::Phrases;

/// Returns the page in Markdown. `program` is the description of the program, all remarks included.
pub(super) fn page(mut program: Command, language: Language) -> String {
    let phrases = Phrases::of(language.word());
    let mut page = format!(
        "# {}\n\n{}\n",
        phrases.with("docs-commands", &[]),
        phrases.with("docs-commands-about", &[])
    );
    add(&mut program, "tpmc", &mut page);
    page
}

fn add(command: &mut Command, path: &str, page: &mut String) {
    let is_program = path == "tpmc";
    let level = if path.matches(' ').count() > 1 {
        "###"
    } else {
        "##"
    };
    page.push_str(&format!("\n{level} {path}\n"));
    let about = command.get_long_about().or(command.get_about());
    if let Some(about) = about {
        page.push_str(&format!("\n{about}\n"));
    }
    if !is_program && !command.is_subcommand_required_set() {
        let usage = command.render_usage().to_string();
        let usage = usage.split_once(' ').map_or("", |(_, usage)| usage);
        page.push_str(&format!("\n```text\n{}\n```\n", usage.trim()));
    }
    let is_shown = |argument: &&Arg| {
        !argument.is_hide_set()
            && !matches!(argument.get_id().as_str(), "help" | "version")
            && argument.is_global_set() == is_program
    };
    let arguments: Vec<String> = command.get_arguments().filter(is_shown).map(item).collect();
    if !arguments.is_empty() {
        page.push_str(&format!("\n{}", arguments.concat()));
    }
    if let Some(after) = command.get_after_help().filter(|_| !is_program) {
        for paragraph in after.to_string().split("\n\n") {
            let heading = paragraph
                .split_inclusive([':', '：'])
                .next()
                .unwrap_or_default();
            let lines = paragraph.trim_start_matches(heading).lines();
            let lines: Vec<&str> = lines.map(str::trim).collect();
            page.push_str(&format!(
                "\n{heading}\n\n```text\n{}\n```\n",
                lines.join("\n")
            ));
        }
    }
    for inner in command.get_subcommands_mut() {
        if inner.get_name() != "help" {
            let path = format!("{path} {}", inner.get_name());
            add(inner, &path, page);
        }
    }
}

/// An argument as an item of a list.
fn item(argument: &Arg) -> String {
    let short = argument
        .get_short()
        .filter(|_| argument.get_long().is_some());
    let short = short
        .map(|letter| format!("-{letter}, "))
        .unwrap_or_default();
    let help = argument.get_long_help().or(argument.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let help = help.replace('\n', "\n  ").replace("  \n", "\n");
    format!("- `{short}{argument}`: {help}\n")
}
