#![no_main]

#[path = "../site.rs"]
mod small_site;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| small_site::check(bytes));
