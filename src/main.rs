//! The `linli` program. All of it is in the library.

// Records are many small texts, so the allocator is a good part of a build's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    linli::cli::main()
}
