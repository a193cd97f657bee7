//! Tells the program which sources it is made from, so that it knows the caches of its like.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::Path,
};

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for part in ["Cargo.toml", "build.rs", "src", "themes"] {
        println!("cargo::rerun-if-changed={part}");
        hash(Path::new(part), &mut hasher)?;
    }
    println!("cargo::rustc-env=LINLI_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn hash(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_file() {
        (path, fs::read(path)?).hash(hasher);
        return Ok(());
    }
    let mut inside: Vec<_> =
        fs::read_dir(path)?.map(|it| it.map(|it| it.path())).collect::<io::Result<_>>()?;
    inside.sort();
    inside.iter().try_for_each(|it| hash(it, hasher))
}
