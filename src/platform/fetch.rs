//! Loading a text file of the site, with time limits and a way to give up.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Method, Request, RequestBuilder};
use web_sys::{AbortController, RequestCache};

use super::timer;
use crate::content::Failure;

/// How long the site may be silent before it is given up on.
pub const SILENCE_LIMIT_MS: i32 = 15_000;
/// How long the rest may take once an answer has begun.
pub const BODY_LIMIT_MS: i32 = 60_000;

/// Ends the request it was made for, when dropped or told to.
#[derive(Clone)]
pub struct Abort(Option<AbortController>);

impl Abort {
    #[must_use]
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// Ends the request; nothing happens if it is over.
    pub fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Default for Abort {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a copy the browser keeps will do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// As the server allows.
    Allowed,
    /// The last one was damaged: ask the site itself.
    Refused,
}

/// A file that was read.
pub struct Answered {
    pub text: String,
    /// When it was put on this device, if it came from there for want of a network:
    /// the worker says so.
    pub copy: Option<String>,
}

/// The text of a JSON file, or why there is none.
///
/// A request that fails without an answer is made once more: mobile networks drop
/// the first one after a pause.
///
/// # Errors
/// See [`Failure`]: no answer, silence, an error status, or something other than JSON.
pub async fn json_text(url: &str, abort: &Abort, copies: Copies) -> Result<Answered, Failure> {
    match attempt(url, abort, copies).await {
        Err(Failure::Offline) => {
            timer::sleep(600).await;
            attempt(url, abort, copies).await
        }
        answer => answer,
    }
}

/// The status a file is answered with, without the file; `None` without an answer.
pub async fn status_of(url: &str) -> Option<u16> {
    let request = RequestBuilder::new(url).method(Method::HEAD);
    Some(request.send().await.ok()?.status())
}

async fn attempt(url: &str, abort: &Abort, copies: Copies) -> Result<Answered, Failure> {
    let timed_out = Rc::new(Cell::new(false));
    let limit = |milliseconds| {
        let (timed_out, abort) = (Rc::clone(&timed_out), abort.clone());
        timer::after(milliseconds, move || {
            timed_out.set(true);
            abort.abort();
        })
    };
    // Which of the two it was only the clock knows: both end as an AbortError.
    let failure = |_| {
        if timed_out.get() {
            Failure::Timeout
        } else {
            Failure::Offline
        }
    };
    let silence = limit(SILENCE_LIMIT_MS);
    let signal = abort.0.as_ref().map(AbortController::signal);
    let cache = match copies {
        Copies::Allowed => RequestCache::Default,
        Copies::Refused => RequestCache::Reload,
    };
    let response = Request::get(url)
        .abort_signal(signal.as_ref())
        .cache(cache)
        .send()
        .await
        .map_err(failure)?;
    drop(silence);
    match response.status() {
        404 | 410 => return Err(Failure::NotFound),
        200 => {}
        status => return Err(Failure::Server(status)),
    }
    // A captive portal, or a host that answers everything with its index page.
    let is_json = response
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind.contains("json"));
    if !is_json {
        return Err(Failure::NotData);
    }
    let copy = response.headers().get("x-dateline-copy");
    let slow = limit(BODY_LIMIT_MS);
    let text = response.text().await.map_err(failure)?;
    drop(slow);
    Ok(Answered { text, copy })
}
