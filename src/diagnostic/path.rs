//! Paths inside a site.

use std::{borrow::Borrow, cmp::Reverse, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// A file or folder of the site, relative to the site's own folder, with `/` between names on
/// every system: `content/kaixuan/yixin/honors.yaml`. The site's folder itself is the empty path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SitePath(Arc<str>);

/// Both are hashed and compared alike.
impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl SitePath {
    /// A path from its text, taken as it is.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The path's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of `name` inside this folder.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        if self.0.is_empty() { Self::new(name) } else { Self::new(format!("{}/{name}", self.0)) }
    }

    /// What follows a folder's path and its slash; nothing if it does not lie in that folder.
    pub fn inside(&self, folder: &Self) -> Option<&str> {
        if folder.0.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(&*folder.0)?.strip_prefix('/')
    }

    /// The folder that holds it; the site's folder for a top-level name.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self::new(self.0.rsplit_once('/').map_or("", |(parent, _)| parent))
    }

    /// The path without its first folder, as it is published: `kaixuan/a.jpg` of
    /// `content/kaixuan/a.jpg`. Empty for what stands at the top.
    pub fn below_content(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, path)| path)
    }

    /// The last name.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last name without its extension.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// What follows the last dot of the name; empty without one.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// It has that extension, in capitals or not.
    ///
    /// It is asked for every value of a record, so it looks at the end of the path alone.
    pub fn has_extension(&self, extension: &str) -> bool {
        let path = self.0.as_bytes();
        let Some(dot) = path.len().checked_sub(extension.len() + 1) else { return false };
        path[dot] == b'.' && path[dot + 1..].eq_ignore_ascii_case(extension.as_bytes())
    }

    /// The path of a sheet of this workbook: `content/a/台账.xlsx#巡防`. No file has that sign in its
    /// name; what no name has, the sheet has not either.
    #[must_use]
    pub fn with_sheet(&self, name: &str) -> Self {
        let name = name.replace(|it: char| it == '/' || it == '\\' || it.is_control(), "_");
        Self::new(format!("{}#{name}", self.file_str()))
    }

    /// The sheet of a workbook that it is the path of.
    pub fn sheet(&self) -> Option<&str> {
        self.0.split_once('#').map(|(_, sheet)| sheet)
    }

    /// The path of the file, whichever of its sheets is meant.
    pub fn file_str(&self) -> &str {
        self.0.split_once('#').map_or(&*self.0, |(file, _)| file)
    }

    /// The same as a path.
    #[must_use]
    pub fn file(&self) -> Self {
        if self.sheet().is_some() { Self::new(self.file_str()) } else { self.clone() }
    }

    /// It is a workbook that can be read, by its extension.
    pub fn is_workbook(&self) -> bool {
        ["xlsx", "ods", "xls"].iter().any(|it| self.has_extension(it))
    }

    /// It is a table: CSV, or a sheet of a workbook.
    pub fn is_table(&self) -> bool {
        self.has_extension("csv") || self.sheet().is_some()
    }

    /// The one of some paths that has most in common with this one. Of several the one that sorts
    /// first, so that messages are stable.
    pub fn likest<'p>(&self, paths: impl Iterator<Item = &'p Self>) -> Option<&'p Self> {
        paths.min_by_key(|path| (Reverse(path.in_common(self)), *path))
    }

    /// How many names two paths have in common, at their beginnings and at their ends.
    fn in_common(&self, other: &Self) -> usize {
        let (one, two) = (self.0.split('/'), other.0.split('/'));
        let first = one.clone().zip(two.clone()).take_while(|(a, b)| a == b).count();
        first + one.rev().zip(two.rev()).take_while(|(a, b)| a == b).count()
    }

    /// The link to it from a folder, as an author writes it: `../honors.yaml` from
    /// `content/a/notices` to `content/a/honors.yaml`.
    pub fn seen_from(&self, folder: &Self) -> String {
        let names = |path: &Self| -> Vec<String> {
            path.0.split('/').filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        let (from, to) = (names(folder), names(self));
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
        up.chain(to[shared..].iter().cloned()).collect::<Vec<_>>().join("/")
    }

    /// Follows a relative link from this folder, with `.` and `..`. Nothing if it leaves the site.
    pub fn resolve(&self, link: &str) -> Option<Self> {
        let mut names: Vec<&str> = self.0.split('/').filter(|it| !it.is_empty()).collect();
        for name in link.split('/') {
            match name {
                "" | "." => {}
                ".." => {
                    names.pop()?;
                }
                name => names.push(name),
            }
        }
        Some(Self::new(names.join("/")))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::SitePath;

    #[test]
    fn links_stay_inside_the_site() {
        let folder = SitePath::new("content/a/notices");
        assert_eq!(folder.resolve("../b.yaml"), Some(SitePath::new("content/a/b.yaml")));
        assert_eq!(folder.resolve("./x//y.md"), Some(SitePath::new("content/a/notices/x/y.md")));
        assert_eq!(folder.resolve("../../../../etc"), None);
    }

    #[test]
    fn relative_links() {
        let check =
            |folder: &str, file: &str| SitePath::new(file).seen_from(&SitePath::new(folder));
        assert_eq!(check("content/a/notices", "content/a/honors.yaml"), "../honors.yaml");
        assert_eq!(check("content/a/notices", "content/a/notices/x.md"), "x.md");
        assert_eq!(check("content", "content/b/place.yaml"), "b/place.yaml");
    }

    #[test]
    fn names_come_apart() {
        let path = SitePath::new("content/2026.old.yaml");
        assert_eq!(
            (path.name(), path.stem(), path.extension()),
            ("2026.old.yaml", "2026.old", "yaml")
        );
        assert_eq!(path.parent(), SitePath::new("content"));
        assert_eq!(path.below_content(), "2026.old.yaml");
        assert_eq!(SitePath::new("content/a/b").below_content(), "a/b");
        assert_eq!(path.parent().below_content(), "");
        assert_eq!(SitePath::new("site.toml").parent(), SitePath::new(""));
    }
}
