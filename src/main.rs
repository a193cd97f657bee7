//! The `linli` program. All of it is in the library.

fn main() -> std::process::ExitCode {
    linli::cli::main()
}
