//! Which file of a crate uses which other.
//!
//! [`Crate::read`] follows the `mod` lines from `lib.rs`, so that modules of tests are not seen.
//! [`Crate::uses`] then follows each path of a `use` tree or of the code to the file that defines
//! the item it names, through all re-exports on the way.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{Token, tokens};

/// Names from the root of the crate, without `crate`.
type Path = Vec<String>;

/// More than so many re-exports of one name are a circle of them.
const MOST_REEXPORTS: usize = 20;

/// The modules of a crate.
#[derive(Debug, Default)]
pub(super) struct Crate {
    modules: BTreeMap<Path, Module>,
}

/// A file, or a module inside a file.
#[derive(Debug, Default)]
struct Module {
    file: String,
    /// What its `use` trees import, by the name that it has here.
    imports: BTreeMap<String, Path>,
    globs: Vec<Path>,
    items: BTreeSet<String>,
    /// Every path that it names.
    paths: Vec<Named>,
    /// Every word outside `use` trees.
    words: BTreeSet<String>,
}

/// A path that a module names.
#[derive(Debug)]
struct Named {
    path: Path,
    line: usize,
    /// It is re-exported under this name.
    exported: Option<String>,
}

/// What a path names.
struct Found {
    /// The module itself, or the one that defines the item.
    module: Path,
    is_item: bool,
}

/// One file uses another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    pub(super) from: String,
    pub(super) line: usize,
    /// The file that defines what is used.
    pub(super) to: String,
    /// The files of the modules that the path goes through, the last one included.
    pub(super) through: Vec<String>,
    /// It is re-exported, and not used in the file itself.
    pub(super) only_exported: bool,
}

impl Crate {
    /// Reads a crate from the contents of its files, by their paths under `src`.
    pub(super) fn read(files: &BTreeMap<String, String>) -> Self {
        let mut this = Self::default();
        let mut waiting = vec![(Path::new(), "lib.rs".to_owned())];
        while let Some((path, file)) = waiting.pop() {
            let Some(source) = files.get(&file) else { continue };
            for child in this.module(&path, &file, &tokens(source)) {
                let stem = child.join("/");
                let names = [format!("{stem}.rs"), format!("{stem}/mod.rs")];
                waiting.extend(names.into_iter().map(|it| (child.clone(), it)));
            }
        }
        this
    }

    /// The files that were read.
    pub(super) fn files(&self) -> BTreeSet<&str> {
        self.modules.values().map(|it| it.file.as_str()).collect()
    }

    /// Every use of one file by another.
    pub(super) fn uses(&self) -> Vec<Use> {
        let mut uses = Vec::new();
        for (at, module) in &self.modules {
            for named in &module.paths {
                let mut through = Vec::new();
                let Some(to) = self.resolve(at, &named.path, &mut through, 0) else { continue };
                let to = self.modules[&to.module].file.clone();
                through.push(to.clone());
                through.dedup();
                let only_exported =
                    named.exported.as_ref().is_some_and(|it| !module.words.contains(it));
                let from = module.file.clone();
                if through.iter().any(|it| *it != from) {
                    uses.push(Use { from, line: named.line, to, through, only_exported });
                }
            }
        }
        uses.sort();
        uses.dedup();
        uses
    }

    /// Reads the tokens of a module, and returns the modules that have files of their own.
    fn module(&mut self, path: &Path, file: &str, tokens: &[Token<'_>]) -> Vec<Path> {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        let mut children = Vec::new();
        let text = |at: usize| tokens.get(at).map_or("", |it| it.text);
        let mut at = 0;
        while at < tokens.len() {
            match text(at) {
                "mod" if text(at + 2) == ";" => {
                    children.push(joined(path, text(at + 1)));
                    at += 3;
                }
                "mod" if text(at + 2) == "{" => {
                    let end = closing(tokens, at + 2);
                    let inner = joined(path, text(at + 1));
                    children.extend(self.module(&inner, file, &tokens[at + 3..end]));
                    at = end;
                }
                "use" if text(at + 1) != "<" => at = module.import(tokens, at),
                word => {
                    let defines = ["fn", "struct", "enum", "trait", "type", "const", "static"];
                    if defines.contains(&word) {
                        module.items.insert(text(at + 1).to_owned());
                    }
                    at = module.code(tokens, at);
                }
            }
        }
        self.modules.insert(path.clone(), module);
        children
    }

    /// What a path names; nothing for what is not of this crate. `through` takes the files of the
    /// modules that the path goes through.
    fn resolve(
        &self,
        from: &Path,
        path: &[String],
        through: &mut Vec<String>,
        depth: usize,
    ) -> Option<Found> {
        let (mut at, rest) = self.start(from, path)?;
        for name in rest {
            let child = joined(&at, name);
            if let Some(inner) = self.modules.get(&child) {
                through.push(inner.file.clone());
                at = child;
                continue;
            }
            let module = self.modules.get(&at)?;
            let is_own = module.items.contains(name) || depth > MOST_REEXPORTS;
            // What a macro defines is in no list; it is taken for an item of the module.
            let Some(target) = self.imported(module, name).filter(|_| !is_own) else {
                return Some(Found { module: at, is_item: true });
            };
            through.push(module.file.clone());
            let found = self.resolve(&at, &target, through, depth + 1)?;
            if found.is_item {
                return Some(found);
            }
            at = found.module;
        }
        Some(Found { module: at, is_item: false })
    }

    /// Where a path begins, and what is left of it.
    fn start<'p>(&self, from: &Path, path: &'p [String]) -> Option<(Path, &'p [String])> {
        let mut at = from.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => (at, rest) = (Path::new(), &rest[1..]),
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|it| it == "super") {
                    at.pop()?;
                    rest = &rest[1..];
                }
            }
            first => {
                let module = self.modules.get(from)?;
                let is_child = self.modules.contains_key(&joined(from, first));
                if !is_child && !module.imports.contains_key(first) {
                    return None;
                }
            }
        }
        Some((at, rest))
    }

    /// What a name of a module stands for, by its imports.
    fn imported(&self, module: &Module, name: &str) -> Option<Path> {
        let by_glob = || {
            module.globs.iter().find_map(|glob| {
                let defines = self.modules.get(glob.strip_prefix(&["crate".to_owned()][..])?)?;
                defines.items.contains(name).then(|| joined(glob, name))
            })
        };
        // A macro is made importable by an import of its own name.
        let import = module.imports.get(name).filter(|it| **it != [name.to_owned()]);
        import.cloned().or_else(by_glob)
    }
}

impl Module {
    /// Reads a `use` tree, and returns where it ends.
    fn import(&mut self, tokens: &[Token<'_>], at: usize) -> usize {
        let public = at > 0 && [")", "pub"].contains(&tokens[at - 1].text);
        let end = (at..tokens.len()).find(|it| tokens[*it].text == ";").unwrap_or(tokens.len());
        let mut leaves = Vec::new();
        tree(&tokens[at + 1..end], &Path::new(), &mut leaves);
        for (path, alias, line) in leaves {
            if alias == "*" {
                self.globs.push(path.clone());
            } else {
                self.imports.insert(alias.clone(), path.clone());
            }
            self.paths.push(Named { path, line, exported: public.then_some(alias) });
        }
        end + 1
    }

    /// Reads a word or a path of the code, and returns where it ends.
    fn code(&mut self, tokens: &[Token<'_>], start: usize) -> usize {
        let text = |at: usize| tokens.get(at).map_or("", |it| it.text);
        self.words.insert(text(start).to_owned());
        let mut end = start + 1;
        let mut path = vec![text(start).to_owned()];
        while text(end) == "::"
            && text(end + 1).starts_with(|it: char| it.is_alphabetic() || it == '_')
        {
            path.push(text(end + 1).to_owned());
            end += 2;
        }
        let visibility = start > 0 && text(start - 1) == "in";
        if path.len() > 1 && !visibility {
            self.paths.push(Named { path, line: tokens[start].line, exported: None });
        }
        end
    }
}

/// The paths of a `use` tree, with the names that they get and the lines on which they end.
fn tree(tokens: &[Token<'_>], before: &Path, leaves: &mut Vec<(Path, String, usize)>) {
    let mut path = before.clone();
    let mut alias = None;
    let mut line = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        line = token.line;
        match token.text {
            "::" => {}
            "{" => {
                let end = closing(tokens, at);
                for branch in branches(&tokens[at + 1..end]) {
                    tree(branch, &path, leaves);
                }
                return;
            }
            "as" => {
                alias = tokens.get(at + 1).map(|it| it.text.to_owned());
                break;
            }
            "*" => alias = Some("*".to_owned()),
            "self" if !path.is_empty() => {}
            name => path.push(name.to_owned()),
        }
        at += 1;
    }
    if let Some(alias) = alias.or_else(|| path.last().cloned()) {
        leaves.push((path, alias, line));
    }
}

/// The parts between the commas of a group, those of inner groups aside.
fn branches<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut depth = 0_usize;
    let parts = tokens.split(|it| {
        match it.text {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        it.text == "," && depth == 0
    });
    parts.filter(|it| !it.is_empty()).collect()
}

/// Where the group that begins at `open` is closed.
fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    let closes = |it: &usize| {
        match tokens[*it].text {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0
    };
    (open..tokens.len()).find(closes).unwrap_or(tokens.len())
}

fn joined(path: &[String], name: &str) -> Path {
    path.iter().cloned().chain([name.to_owned()]).collect()
}
