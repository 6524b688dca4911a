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

/// Forgets what is under a key.
pub fn remove(key: &str) {
    for storage in [storage(), for_visit()].into_iter().flatten() {
        _ = storage.remove_item(key);
    }
}

/// What ends with the visit.
fn for_visit() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The value under a key, as far as this visit.
#[must_use]
pub fn get_for_visit(key: &str) -> Option<String> {
    for_visit()?.get_item(key).ok()?
}

/// Remembers a value until the visit ends.
pub fn set_for_visit(key: &str, value: &str) {
    if let Some(storage) = for_visit() {
        _ = storage.set_item(key, value);
    }
}
