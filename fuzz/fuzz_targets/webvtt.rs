#![no_main]

use media::webvtt::{MAX_PROBLEMS, Purpose, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for purpose in [Purpose::Spoken, Purpose::Described, Purpose::Chapters] {
        let reading = read(bytes, purpose);
        assert!(reading.problems.len() <= MAX_PROBLEMS + 1);
    }
});
