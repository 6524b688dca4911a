//! The headline of a page: where the focus goes when the page is new.

use leptos::prelude::*;

/// The page's one `h1`.
pub fn page_heading(class: &'static str, content: impl IntoAny) -> AnyView {
    view! { <h1 class=class tabindex="-1">{content.into_any()}</h1> }.into_any()
}
