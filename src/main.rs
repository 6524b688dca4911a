//! The start in the browser: adopt the snapshot if the page is one, else begin
//! from nothing.

use std::sync::Arc;

use any_spawner::Executor;
use article::Language;
use article::site::Site;
use dateline::app::{Page, Shell, app};
use dateline::content::{self, Failure, File, Library, Load, Wanted};
use dateline::i18n::{Messages, Word};
use dateline::markup::Element;
use dateline::navigate::Navigator;
use dateline::platform::{self, fetch, history, page};
use dateline::route::Route;
use leptos::mount::hydrate_from;
use leptos::prelude::{Mountable as _, Owner, Render as _};
use wasm_bindgen_futures::spawn_local;

fn main() {
    if !adopt() {
        // The browser's own: Leptos' does not work before something is mounted.
        spawn_local(async {
            if begin().await.is_err() {
                page::report_boot("failed");
                page::show_boot_note("");
            }
        });
    }
}

/// Takes over a snapshot: the first render is made of nothing but the data in the
/// page, so that it meets the nodes that stand there. `false` if this is none.
fn adopt() -> bool {
    let Some(root) = page::root() else {
        return false;
    };
    let Some(data) = page::snapshot_data() else {
        if root.first_element_child().is_none() {
            return false;
        }
        // The page broke off before its data: a second one is not put under it.
        page::report_boot("failed");
        page::show_boot_note("");
        return true;
    };
    let base = page::base();
    let Some((site, page)) = first_page(&data, &base) else {
        // The text stands there and can be read: nothing is mounted over it.
        page::report_boot("failed");
        page::show_boot_note("");
        return true;
    };
    page::make_links_absolute();
    platform::watch_for_crashes(page.messages.get(Word::crashed));
    let shell = Shell::new(site, &base, page);
    let view = {
        let shell = shell.clone();
        move || app(shell)
    };
    let handle = hydrate_from(root, view);
    handle.forget();
    Navigator::start(shell, Library::new(&base));
    page::report_boot("ok");
    true
}

/// The page a snapshot's data describes.
fn first_page(data: &str, base: &str) -> Option<(Arc<Site>, Page)> {
    let data = content::parse_embedded(data)?;
    let site = Site::from_value(data.get("site")?)?;
    let language = Language::new(data.get("language")?.as_str()?)?;
    let messages = Messages::from_value(language.clone(), data.get("messages")?)?;
    let address = history::address(base)?;
    let route = match Route::parse(&address.path, &address.query, &site) {
        // One page is served for every address that nobody knows, and a snapshot
        // knows no query: what the app can do better, it does afterwards.
        _ if data.get("found").is_some() => Route::NotFound {
            lang: language,
            path: address.path,
        },
        _ if data.get("offline").is_some() => Route::Offline { lang: language },
        Route::Search { lang, .. } => Route::Search {
            lang,
            query: String::new(),
        },
        route => route.with_older(0),
    };
    let content = content::embedded(&route, data.get("content"))?;
    let page = Page {
        route,
        load: Load::Ready(content),
        messages,
    };
    Some((Arc::new(site), page))
}

/// Renders from nothing: in development, or where a page has no snapshot.
async fn begin() -> Result<(), Failure> {
    let root = page::root().ok_or(Failure::Unreadable)?;
    let base = page::base();
    let site = fetch::json_text(
        &format!("{base}site.json"),
        &fetch::Abort::new(),
        fetch::Copies::Allowed,
    )
    .await?;
    let site = Arc::new(Site::read_leniently(&site.text).ok_or(Failure::Unreadable)?);
    let address = history::address(&base).unwrap_or_default();
    let route = Route::parse(&address.path, &address.query, &site);
    let library = Library::new(&base);
    let File::Messages(messages) = library
        .load(&Wanted::Messages(route.lang().clone()))
        .await?
    else {
        return Err(Failure::Unreadable);
    };
    platform::watch_for_crashes(messages.get(Word::crashed));
    let page = Page {
        route,
        load: Load::Loading,
        messages,
    };
    let shell = Shell::new(site, &base, page);
    let view = {
        let shell = shell.clone();
        move || app(shell)
    };
    mount(&root, view);
    Navigator::start(shell, library);
    page::report_boot("ok");
    Ok(())
}

/// What `leptos::mount::mount_to` does, which in development warns of a missing feature
/// that would only add to the size.
fn mount(root: &web_sys::Element, view: impl FnOnce() -> Element) {
    // Refused if something was mounted before, which is never so.
    _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let state = owner.with(|| {
        let mut state = view().build();
        state.mount(root, None);
        state
    });
    // It lives as long as the document.
    std::mem::forget((owner, state));
}
