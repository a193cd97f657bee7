//! What becomes of files that nobody should touch.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::nth;
use crate::site::{self, Files};

/// A file of a folder is damaged, or all of it.
#[derive(Debug, Clone)]
pub(crate) enum Harm {
    Cut {
        file: usize,
        at: usize,
    },
    Flip {
        file: usize,
        at: usize,
        bits: u8,
    },
    Empty {
        file: usize,
    },
    Garble {
        file: usize,
    },
    Remove {
        file: usize,
    },
    RemoveAll,
    /// A file stands where the folder was. Only the cache is ever there.
    Replace,
}

pub(super) fn harm() -> impl Strategy<Value = Harm> {
    let (file, at) = (|| 0..1000_usize, || 0..1_000_000_usize);
    prop_oneof![
        3 => (file(), at()).prop_map(|(file, at)| Harm::Cut { file, at }),
        4 => (file(), at(), 1..=255_u8).prop_map(|(file, at, bits)| Harm::Flip { file, at, bits }),
        1 => file().prop_map(|file| Harm::Empty { file }),
        1 => file().prop_map(|file| Harm::Garble { file }),
        2 => file().prop_map(|file| Harm::Remove { file }),
        1 => Just(Harm::RemoveAll),
        1 => Just(Harm::Replace),
    ]
}

impl Harm {
    /// Does it to one of the files in a folder, but not to this one.
    pub(super) fn apply(&self, folder: &Path, spared: &str) {
        let mut files = if folder.is_dir() { site::files_in(folder) } else { Files::new() };
        files.remove(spared);
        let change = |file: usize, to: &dyn Fn(&mut Vec<u8>)| {
            if let Some((path, bytes)) = nth(files.iter(), file) {
                let mut bytes = bytes.clone();
                to(&mut bytes);
                fs::write(folder.join(path), bytes).unwrap();
            }
        };
        match *self {
            Self::Cut { file, at } => change(file, &|it| it.truncate(at % (it.len() + 1))),
            Self::Flip { file, at, bits } => change(file, &|it| {
                let at = at % it.len().max(1);
                it.get_mut(at).into_iter().for_each(|it| *it ^= bits);
            }),
            Self::Empty { file } => change(file, &Vec::clear),
            Self::Garble { file } => change(file, &|it| it.fill(b'\xb5')),
            Self::Remove { file } => {
                if let Some(path) = nth(files.keys(), file) {
                    fs::remove_file(folder.join(path)).unwrap();
                }
            }
            Self::RemoveAll => {
                let _ = fs::remove_dir_all(folder);
            }
            Self::Replace => {
                let _ = fs::remove_dir_all(folder);
                fs::write(folder, "no folder").unwrap();
            }
        }
    }
}
