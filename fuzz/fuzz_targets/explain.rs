#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| haveago_fuzz::explain::run(data));
