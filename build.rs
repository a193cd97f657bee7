//! Tells the program which sources it is made from, so that it knows the caches of its like.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
};

use walkdir::WalkDir;

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for part in ["Cargo.toml", "build.rs", "src", "themes"] {
        println!("cargo::rerun-if-changed={part}");
        for entry in WalkDir::new(part).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() {
                (entry.path(), fs::read(entry.path())?).hash(&mut hasher);
            }
        }
    }
    println!("cargo::rustc-env=LINLI_SOURCES={:016x}", hasher.finish());
    Ok(())
}
