//! In a real browser: the browser's Intl, and markup built, adopted and followed.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use article::{Date, Language};
use dateline::markup::{Element, el, nodes};
use dateline::platform::{dom, intl, storage};
use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::{Get, RwSignal, Set};
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

mod fixture {
    include!("../fixtures/intl.rs");
}

fn language(tag: &str) -> Language {
    Language::new(tag).unwrap()
}

/// An element of its own in the test page, holding that HTML.
fn place(html: &str) -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let place = document.create_element("div").unwrap();
    // Only a test may write HTML: it stands for the server here.
    place.set_inner_html(html);
    document.body().unwrap().append_child(&place).unwrap();
    place.dyn_into().unwrap()
}

fn paragraph(text: &str) -> Element {
    el("p").put("A ").put(el("em").put("marked")).put(text)
}

#[wasm_bindgen_test]
fn dates_are_written_as_snapshots_write_them() {
    for (tag, date, expected) in fixture::DATES {
        assert_eq!(
            intl::format_date(&language(tag), &Date::parse(date).unwrap()),
            *expected,
            "{tag} {date}"
        );
    }
}

#[wasm_bindgen_test]
fn numbers_are_written_as_snapshots_write_them() {
    for (tag, number, expected) in fixture::NUMBERS {
        assert_eq!(
            intl::format_number(&language(tag), *number),
            *expected,
            "{tag} {number}"
        );
    }
}

#[wasm_bindgen_test]
fn plurals_are_those_of_snapshots() {
    for (tag, number, expected) in fixture::PLURALS {
        assert_eq!(
            intl::plural_category(&language(tag), *number),
            *expected,
            "{tag} {number}"
        );
    }
}

#[wasm_bindgen_test]
fn searching_finds_words_whatever_their_accents_and_capitals() {
    for (written, searched) in [
        ("Élan", "elan"),
        ("ЁЛКА", "елка"),
        ("مُدُن", "مدن"),
        ("ﬁsh", "FISH"),
    ] {
        assert_eq!(intl::fold(written), intl::fold(searched), "{written}");
    }
}

#[wasm_bindgen_test]
fn markup_is_built_where_nothing_stands() {
    let place = place("");
    mount_to(place.clone(), || paragraph(" word")).forget();
    assert_eq!(place.inner_html(), "<p>A <em>marked</em> word</p>");
}

#[wasm_bindgen_test]
fn a_snapshot_is_adopted_node_by_node() {
    let place = place("<p>A <em>marked</em> word</p>");
    let before = place.query_selector("em").unwrap().unwrap();
    hydrate_from(place.clone(), || paragraph(" word")).forget();
    let after = place.query_selector("em").unwrap().unwrap();
    assert!(
        before.is_same_node(Some(&after)),
        "the node is the one that stood there"
    );
    assert_eq!(place.inner_html(), "<p>A <em>marked</em> word</p>");
}

#[wasm_bindgen_test]
fn what_an_extension_did_to_a_snapshot_is_put_right_without_touching_the_rest() {
    let place = place("<p>A <b>intruder</b><em>marked</em> word<i>more</i></p>");
    hydrate_from(place.clone(), || paragraph(" word")).forget();
    assert_eq!(place.inner_html(), "<p>A <em>marked</em> word</p>");
}

#[wasm_bindgen_test]
fn a_text_that_the_browser_has_split_is_one_text() {
    let place = place("<p>A <em>marked</em> wo</p>");
    let paragraph_node = place.query_selector("p").unwrap().unwrap();
    paragraph_node.append_child(&dom::text("rd")).unwrap();
    hydrate_from(place.clone(), || paragraph(" word")).forget();
    assert_eq!(place.text_content().unwrap(), "A marked word");
}

#[wasm_bindgen_test]
async fn what_is_live_follows_its_signal_and_its_listeners_are_called() {
    let place = place("<button hidden=\"\">0</button>");
    let count = RwSignal::new(0);
    hydrate_from(place.clone(), move || {
        el("button")
            .live_attr("hidden", move || (count.get() == 0).then(String::new))
            .live(move || nodes![count.get().to_string()])
            .on("click", move |_| count.set(count.get() + 1))
    })
    .forget();
    count.set(1);
    tick().await;
    assert_eq!(place.inner_html(), "<button>1</button>");
    place
        .query_selector("button")
        .unwrap()
        .unwrap()
        .unchecked_into::<HtmlElement>()
        .click();
    tick().await;
    assert_eq!(place.inner_html(), "<button>2</button>");
}

#[wasm_bindgen_test]
fn icons_are_drawn_in_the_svg_namespace() {
    let place = place("");
    mount_to(place.clone(), || {
        el("svg").put(el("path").attr("d", "M0 0"))
    })
    .forget();
    let path = place.query_selector("path").unwrap().unwrap();
    assert_eq!(path.namespace_uri().unwrap(), "http://www.w3.org/2000/svg");
}

#[wasm_bindgen_test]
fn what_is_remembered_is_read_again() {
    storage::set("dateline-test", "x");
    assert_eq!(storage::get("dateline-test").as_deref(), Some("x"));
    assert_eq!(storage::get("dateline-test-other"), None);
}
