//! Dates as readers see them, with the machine's form behind.

use article::Date;
use leptos::prelude::*;

use crate::scope::Scope;

/// A day, month or year.
pub fn day(scope: &Scope, date: &Date) -> AnyView {
    view! { <time datetime=date.to_string()>{scope.messages.date(date)}</time> }.into_any()
}

/// A moment, as precisely as it is known.
pub fn moment(scope: &Scope, date: &Date) -> AnyView {
    view! { <time datetime=date.to_string()>{scope.messages.date_and_time(date)}</time> }.into_any()
}
