#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| linli::fuzzing::toml(bytes));
