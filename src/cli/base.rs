//! Where the paths in reports for machines begin.
//!
//! Diagnostics name files from the site's folder. Editors, annotations and code scanning look for
//! them from the folder in which the command ran, or from the repository:
//!
//! | command | path |
//! | --- | --- |
//! | `linli check --format json` | `content/a.yaml` |
//! | `linli check --format json --site ci` | `ci/content/a.yaml` |
//! | the same in a folder beside it | `../ci/content/a.yaml` |
//! | `--format github` or `sarif`, where `GITHUB_WORKSPACE` is a folder above | from that folder |

use std::{
    ffi::OsStr,
    io,
    path::{Component, Path, PathBuf},
};

use crate::{diagnostic::Diagnostic, source::SitePath};

/// A folder from which paths are written.
pub(super) struct Base(PathBuf);

impl Base {
    /// The folder in which the command runs. `workspace` is the repository's, as CI names it; it
    /// counts if the site lies in it.
    pub(super) fn new(site: &Path, workspace: Option<&OsStr>) -> io::Result<Self> {
        let workspace = workspace.map(|it| absolute(Path::new(it))).transpose()?;
        let site = absolute(site)?;
        let outer = workspace.filter(|it| it.parent().is_some() && site.starts_with(it));
        outer.map_or_else(|| absolute(Path::new(".")), Ok).map(Self)
    }

    /// A path from here, with `/` between names; empty for the folder itself. It is absolute if it
    /// lies on another drive.
    pub(super) fn shown(&self, path: &Path) -> io::Result<String> {
        let path = absolute(path)?;
        let common = self.0.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        if common == 0 {
            return Ok(path.to_string_lossy().replace('\\', "/"));
        }
        let up = self.0.components().skip(common).map(|_| "..".into());
        let down = path.components().skip(common).map(|it| it.as_os_str().to_string_lossy());
        Ok(up.chain(down).collect::<Vec<_>>().join("/"))
    }

    /// Names the files of diagnostics from here and no longer from the site's folder.
    pub(super) fn rename(&self, site: &Path, diagnostics: &mut [Diagnostic]) -> io::Result<()> {
        for place in diagnostics.iter_mut().flat_map(Diagnostic::places_mut) {
            place.file = SitePath::new(self.shown(&site.join(place.file.as_str()))?);
        }
        Ok(())
    }
}

/// A path from the root, without `.` and `..`. Links are not followed: a path is shown as it was
/// written.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut whole = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    Ok(whole)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_where_the_command_runs() {
        let base = Base(PathBuf::from("/a/b"));
        for (path, shown) in [
            ("/a/b", ""),
            ("/a/b/ci", "ci"),
            ("/a/b/./x/../ci/", "ci"),
            ("/a/c", "../c"),
            ("/", "../.."),
        ] {
            assert_eq!(base.shown(Path::new(path)).unwrap(), shown, "{path}");
        }
    }

    #[test]
    fn a_workspace_counts_if_it_holds_the_site() {
        let here = std::env::current_dir().unwrap();
        let base = |site: &str, workspace: &str| {
            Base::new(Path::new(site), Some(OsStr::new(workspace))).unwrap().0
        };
        assert_eq!(base("/w/ci", "/w"), Path::new("/w"));
        assert_eq!(base("/w/ci", "/other"), here);
        assert_eq!(base("/w/ci", "/"), here);
        assert_eq!(Base::new(Path::new("/w/ci"), None).unwrap().0, here);
    }
}
