//! Dates as readers see them, with the machine's form behind.

use article::Date;

use crate::markup::{Element, el};
use crate::scope::Scope;

/// A day, month or year.
pub fn day(scope: &Scope, date: &Date) -> Element {
    el("time")
        .attr("datetime", date.to_string())
        .put(scope.messages.date(date))
}

/// A moment, as precisely as it is known.
pub fn moment(scope: &Scope, date: &Date) -> Element {
    el("time")
        .attr("datetime", date.to_string())
        .put(scope.messages.date_and_time(date))
}
