//! What the reader's browser remembers, where it lets us: storage may be blocked
//! or full, and then nothing is remembered and nothing else changes.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The value under a key, if storage is open and has it.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Remembers a value. Only ever called because the reader did something.
pub fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // Full or blocked: then it is not remembered.
        _ = storage.set_item(key, value);
    }
}
