//! The service worker. The boot module installs it when told, because its address may
//! only be handed to the browser by the one policy the site names.

use gloo_net::http::{Method, RequestBuilder};
use wasm_bindgen::{JsCast, JsValue};

use super::{page, timer};
use crate::offline::Refusal;

/// How often it is looked whether the worker has come, milliseconds.
const GLANCE_MS: i32 = 100;
/// How long it may take, on a line over which its files come slowly.
const GLANCES: usize = 300;

/// Whether it answers the requests of this page.
#[must_use]
pub fn is_there() -> bool {
    page::mark("worker").as_deref() == Some("ready")
}

/// Has it installed, without waiting.
pub fn begin() {
    page::tell("dateline:keep");
}

/// Has it installed and waits for it. `false` if the browser will not have one.
pub async fn summon() -> bool {
    if is_there() {
        return true;
    }
    begin();
    for _ in 0..GLANCES {
        timer::sleep(GLANCE_MS).await;
        match page::mark("worker").as_deref() {
            Some("ready") => return true,
            Some("refused") => return false,
            _ => {}
        }
    }
    false
}

/// Asks it something, and gives its JSON.
///
/// # Errors
/// Why it could not do what was asked.
pub async fn ask(method: &str, url: &str, body: Option<String>) -> Result<String, Refusal> {
    let method = match method {
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        _ => Method::GET,
    };
    let request = RequestBuilder::new(url).method(method);
    let sent = match body {
        Some(body) => request.body(body).map_err(|_| Refusal::Failed)?.send(),
        None => request.build().map_err(|_| Refusal::Failed)?.send(),
    };
    let answer = sent.await.map_err(|_| Refusal::Failed)?;
    match answer.status() {
        200 => answer.text().await.map_err(|_| Refusal::Failed),
        507 => Err(Refusal::Full),
        410 => Err(Refusal::Gone),
        // No worker stood between, and the server has no such file.
        404 | 405 | 501 => Err(Refusal::Refused),
        _ => Err(Refusal::Failed),
    }
}

/// Asks the browser not to delete what was saved when room runs out. It may refuse.
pub fn ask_to_persist() {
    page::tell("dateline:persist");
}

/// Deletes every copy, the worker, and what the page itself remembers.
pub async fn clear(base: &str) {
    if is_there() {
        _ = ask("DELETE", &format!("{base}saved.json"), None).await;
        page::set_mark("worker", "cleared");
    }
    super::storage::forget(&format!("dateline:{base}:"));
}

/// A text as JSON.
#[must_use]
pub fn quoted(text: &str) -> String {
    js_sys::JSON::stringify(&JsValue::from_str(text)).map_or_else(|_| "\"\"".into(), String::from)
}

/// A text as part of a query.
#[must_use]
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text)
        .unchecked_into::<js_sys::JsString>()
        .into()
}
