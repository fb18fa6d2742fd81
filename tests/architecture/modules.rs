//! The modules of the crate and the modules that each of them names, read from the source with `syn`.
//!
//! A path counts for the module that defines the item, not for a module that only re-exports it. A module may use what the
//! modules around it define. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};

/// A path from the root of the crate: `["store", "journal", "Batch"]`.
pub(crate) type Path = Vec<String>;

/// One module: its own names and the paths that it writes down.
#[derive(Default)]
struct Module {
    /// Names that a `use` brings in, with the path of each; a glob counts for every name.
    imports: BTreeMap<String, Path>,
    globs: Vec<Path>,
    /// The imports that are not re-exports: the module needs them itself.
    needed: BTreeSet<Path>,
    /// Names that the module defines.
    items: BTreeSet<String>,
    /// Paths of expressions, types, patterns and macros, as they are written.
    named: BTreeSet<Path>,
    /// Modules that exist for tests only.
    tests: BTreeSet<String>,
}

/// The modules of the crate, by their paths.
pub(crate) struct Modules(BTreeMap<Path, Module>);

impl Modules {
    /// Parses every file; `files` holds names such as `store/journal` and texts.
    pub(crate) fn parse(files: &[(String, String)]) -> Self {
        let mut modules = BTreeMap::new();
        for (name, text) in files {
            let path: Path = match name.as_str() {
                "lib" => Path::new(),
                "main" | "build" => continue,
                name => name.split('/').map(str::to_owned).collect(),
            };
            let file = syn::parse_file(text).expect("a source file parses");
            let mut reader = Reader {
                at: path,
                module: Module::default(),
            };
            reader.visit_file(&file);
            modules.insert(reader.at, reader.module);
        }
        let tests: Vec<Path> = modules
            .iter()
            .flat_map(|(path, module)| module.tests.iter().map(|name| joined(path, &[name])))
            .collect();
        modules.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        Self(modules)
    }

    /// Returns the modules that each module depends on.
    pub(crate) fn dependencies(&self) -> BTreeMap<Path, BTreeSet<Path>> {
        let mut found = BTreeMap::new();
        for (at, module) in &self.0 {
            let written = module
                .named
                .iter()
                .filter_map(|path| self.absolute(at, path));
            let imported = module
                .needed
                .iter()
                .filter(|path| !self.0.contains_key(*path));
            let named: BTreeSet<Path> = written
                .chain(imported.cloned())
                .map(|path| self.home(&path, 0))
                .filter(|home| !at.starts_with(home))
                .collect();
            found.insert(at.clone(), named);
        }
        found
    }

    /// Returns the top-level modules that each one names, as it is written.
    pub(crate) fn rooms(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (at, module) in self.0.iter().filter(|(at, _)| !at.is_empty()) {
            let written = module
                .named
                .iter()
                .filter_map(|path| self.absolute(at, path));
            let imported = module.imports.values().chain(&module.globs).cloned();
            let named = rooms.entry(at[0].clone()).or_default();
            named.extend(
                written
                    .chain(imported)
                    .filter_map(|path| path.first().cloned())
                    .filter(|room| *room != at[0] && self.0.contains_key(&vec![room.clone()])),
            );
        }
        rooms
    }

    /// Returns a path from the root of the crate for a path as it is written in a module; None for other crates and local names.
    fn absolute(&self, at: &Path, path: &Path) -> Option<Path> {
        if let Some(rooted) = rooted(at, path) {
            return Some(rooted);
        }
        let (first, rest) = path.split_first()?;
        let module = self.0.get(at)?;
        let child = joined(at, &[first]);
        match module.imports.get(first) {
            Some(import) => Some(joined(import, rest)),
            None if self.0.contains_key(&child) => Some(joined(&child, rest)),
            None => None,
        }
    }

    /// Returns the module that defines what a path from the root names: it follows re-exports.
    fn home(&self, path: &Path, depth: usize) -> Path {
        let mut module = path.clone();
        while !self.0.contains_key(&module) {
            module.pop();
        }
        let Some((name, rest)) = path[module.len()..].split_first().filter(|_| depth < 9) else {
            return module;
        };
        let inside = &self.0[&module];
        if let Some(import) = inside.imports.get(name).filter(|import| *import != path) {
            return self.home(&joined(import, rest), depth + 1);
        }
        if inside.items.contains(name) {
            return module;
        }
        let globs = inside.globs.iter().map(|glob| joined(glob, &[name]));
        let mut homes = globs.map(|path| self.home(&path, depth + 1));
        homes
            .find(|home| self.defines(home, name))
            .unwrap_or(module)
    }

    fn defines(&self, module: &Path, name: &str) -> bool {
        self.0[module].items.contains(name)
    }
}

/// Returns the groups of modules that depend on each other in a circle.
pub(crate) fn circles(graph: &BTreeMap<Path, BTreeSet<Path>>) -> Vec<BTreeSet<Path>> {
    let reach: BTreeMap<&Path, BTreeSet<&Path>> = graph
        .keys()
        .map(|from| (from, reached(graph, from)))
        .collect();
    let mut circles: Vec<BTreeSet<Path>> = Vec::new();
    for (from, reached) in &reach {
        let circle: BTreeSet<Path> = reached
            .iter()
            .filter(|to| reach[**to].contains(from))
            .map(|to| (*to).clone())
            .collect();
        if !circle.is_empty() && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

fn reached<'g>(graph: &'g BTreeMap<Path, BTreeSet<Path>>, from: &Path) -> BTreeSet<&'g Path> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&Path> = graph[from].iter().collect();
    while let Some(path) = next.pop() {
        if found.insert(path) {
            next.extend(&graph[path]);
        }
    }
    found
}

fn joined(path: &[String], rest: &[impl AsRef<str>]) -> Path {
    let rest = rest.iter().map(|name| name.as_ref().to_owned());
    path.iter().cloned().chain(rest).collect()
}

/// Returns a path from the root for one that begins with `crate`, `self` or `super`.
fn rooted(at: &Path, path: &Path) -> Option<Path> {
    let (first, mut rest) = path.split_first()?;
    let mut base = match first.as_str() {
        "crate" => return Some(rest.to_vec()),
        "self" => at.clone(),
        "super" => at[..at.len().checked_sub(1)?].to_vec(),
        _ => return None,
    };
    while let Some((_, inner)) = rest.split_first().filter(|(name, _)| *name == "super") {
        base.pop();
        rest = inner;
    }
    Some(joined(&base, rest))
}

/// Collects the names of one file.
struct Reader {
    at: Path,
    module: Module,
}

impl Reader {
    fn import(&mut self, tree: &syn::UseTree, before: &Path, needed: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                let before = joined(before, &[path.ident.to_string()]);
                self.import(&path.tree, &before, needed);
            }
            syn::UseTree::Name(name) => self.bind(&name.ident, &name.ident, before, needed),
            syn::UseTree::Rename(name) => self.bind(&name.rename, &name.ident, before, needed),
            syn::UseTree::Glob(_) => self.module.globs.extend(self.place(before)),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, before, needed);
                }
            }
        }
    }

    fn bind(&mut self, name: &syn::Ident, item: &syn::Ident, before: &Path, needed: bool) {
        let (name, path) = if item == "self" {
            let last = before.last().cloned().unwrap_or_default();
            let name = if name == "self" {
                last
            } else {
                name.to_string()
            };
            (name, before.clone())
        } else {
            (name.to_string(), joined(before, &[item.to_string()]))
        };
        if let Some(path) = self.place(&path) {
            if needed {
                self.module.needed.insert(path.clone());
            }
            self.module.imports.insert(name, path);
        }
    }

    /// Returns the place of an imported path; a path without `crate` or `super` may begin with a child module.
    fn place(&self, path: &Path) -> Option<Path> {
        let is_child = |name: &String| self.module.items.contains(name);
        rooted(&self.at, path).or_else(|| {
            path.first()
                .filter(|name| is_child(name))
                .map(|_| joined(&self.at, path))
        })
    }

    /// Notes the paths that stand among the tokens of a macro.
    fn tokens(&mut self, text: &str) {
        let spaced = text.replace("::", " :: ");
        let word = |text: &str| {
            text.trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
                .to_owned()
        };
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut path = Path::new();
        for (index, text) in words.iter().enumerate() {
            let before = index.checked_sub(1).map(|index| words[index]);
            match *text {
                "::" => {}
                text => {
                    if before != Some("::") {
                        path.clear();
                    }
                    path.push(word(text));
                    self.module.named.insert(path.clone());
                    if before.is_some_and(|word| matches!(word, "enum" | "struct" | "trait")) {
                        self.module.items.extend(path.first().cloned());
                    }
                }
            }
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
    })
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

fn name(item: &syn::Item) -> Option<&syn::Ident> {
    match item {
        syn::Item::Const(item) => Some(&item.ident),
        syn::Item::Enum(item) => Some(&item.ident),
        syn::Item::Fn(item) => Some(&item.sig.ident),
        syn::Item::Macro(item) => item.ident.as_ref(),
        syn::Item::Mod(item) => Some(&item.ident),
        syn::Item::Static(item) => Some(&item.ident),
        syn::Item::Struct(item) => Some(&item.ident),
        syn::Item::Trait(item) => Some(&item.ident),
        syn::Item::Type(item) => Some(&item.ident),
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_file(&mut self, file: &'ast syn::File) {
        for item in &file.items {
            match item {
                syn::Item::Mod(item) if is_for_tests(&item.attrs) => {
                    self.module.tests.insert(item.ident.to_string());
                }
                item => self
                    .module
                    .items
                    .extend(name(item).map(ToString::to_string)),
            }
        }
        visit::visit_file(self, file);
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_needed = matches!(item.vis, syn::Visibility::Inherited);
        self.import(&item.tree, &Path::new(), is_needed);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|one| one.ident.to_string());
        self.module.named.insert(names.collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, makro: &'ast syn::Macro) {
        self.tokens(&makro.tokens.to_string());
        visit::visit_macro(self, makro);
    }
}
