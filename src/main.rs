//! The `linli` program. All of it is in the library.

// Records are many small texts, so the allocator is a good part of a build's time: with the one of
// the system (glibc), the first build of a portal of 1,000 communities takes 1.19 times the
// processor time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    linli::cli::main()
}
