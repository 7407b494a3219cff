//! The source as the tests see it: every file, and every path it names, resolved from the crate's root.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// A Rust file of the server.
pub struct File {
    /// From the repository's root: `server/accounts/store/orgs.rs`.
    pub path: String,
    /// The module it is: `["accounts", "store", "orgs"]`.
    pub module: Vec<String>,
    /// Every path it names outside of its tests, from the crate's root where it begins there, else as written: `["crate", "kit", "db"]`.
    pub names: BTreeSet<Vec<String>>,
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the repository, with forward slashes, from the root; what is built or fetched is left out.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() {
                let built = ["target", "node_modules", "dist", "dev-dist", "data", ".git", "results"].contains(&name.as_str()) && !path.ends_with("tests/data");
                if !built {
                    folders.push(path);
                }
            } else {
                found.push(path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// The text of a file.
pub fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The modules of `server/lib.rs`, in their order.
pub fn map() -> Vec<String> {
    let file = syn::parse_file(&text("server/lib.rs")).expect("lib.rs is Rust");
    let name = |item: &syn::Item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    };
    file.items.iter().filter_map(name).collect()
}

/// Every file of the server but the generated tables.
pub fn server() -> Vec<File> {
    files("server").into_iter().filter(|path| path.ends_with(".rs") && !path.ends_with("kit/db/schema.rs")).map(|path| read(&path, &text(&path))).collect()
}

/// A file with this text.
pub fn read(path: &str, text: &str) -> File {
    let mut module: Vec<String> = PathBuf::from(path).with_extension("").iter().skip(1).map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut reader = Reader { module: module.clone(), names: BTreeSet::new() };
    reader.visit_file(&file);
    File { path: path.to_owned(), module, names: reader.names }
}

struct Reader {
    module: Vec<String>,
    names: BTreeSet<Vec<String>>,
}

impl Reader {
    fn note(&mut self, path: &[String]) {
        let mut here = self.module.clone();
        let rest = match path.first().map(String::as_str) {
            Some("crate") => {
                here.clear();
                &path[1..]
            }
            Some("self") => &path[1..],
            Some("super") => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                here.truncate(here.len().saturating_sub(ups));
                &path[ups..]
            }
            _ => {
                self.names.insert(path.to_vec());
                return;
            }
        };
        self.names.insert(std::iter::once("crate".to_owned()).chain(here).chain(rest.iter().cloned()).collect());
    }

    fn tree(&mut self, so_far: &[String], tree: &syn::UseTree) {
        let with = |ident: &syn::Ident| [so_far, &[ident.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) if name.ident == "self" => self.note(so_far),
            syn::UseTree::Name(name) => self.note(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.note(&with(&rename.ident)),
            syn::UseTree::Glob(_) => self.note(so_far),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(so_far, item)),
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|a| matches!(&a.meta, syn::Meta::List(list) if list.path.is_ident("cfg") && list.tokens.to_string() == "test"))
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.content.is_some() && !is_for_tests(&module.attrs) {
            self.module.push(module.ident.to_string());
            visit::visit_item_mod(self, module);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if parts.len() > 1 {
            self.note(&parts);
        }
        visit::visit_path(self, path);
    }

    /// A macro's inside is no syntax tree; its paths are read off its tokens.
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let text = mac.tokens.to_string().replace(" :: ", "::").replace(":: ", "::").replace(" ::", "::");
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
            let parts: Vec<String> = word.trim_matches(':').split("::").map(str::to_owned).collect();
            if parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && !part.contains(':')) {
                self.note(&parts);
            }
        }
        visit::visit_macro(self, mac);
    }
}
