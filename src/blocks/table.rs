//! Rows and columns.

use article::RichText;
use article::block::Table;

use crate::markup::{Element, el};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A table in a frame that scrolls by itself, also by keyboard, on narrow screens.
pub fn table(scope: &Scope, table: &Table) -> Element {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
    let header_rows = usize::from(table.header_rows).min(table.rows.len());
    let (head, body) = table
        .rows
        .split_at_checked(header_rows)
        .unwrap_or((&[], &table.rows));
    let line = |row: &Vec<RichText>, is_head: bool| {
        (0..columns).fold(el("tr"), |line, index| {
            let cell = if is_head {
                el("th").attr("scope", "col")
            } else if index < usize::from(table.header_columns) {
                el("th").attr("scope", "row")
            } else {
                el("td")
            };
            line.put(cell.put(row.get(index).map(|text| rich_text(scope, text))))
        })
    };
    let rows = |tag, rows: &[Vec<RichText>], is_head| {
        rows.iter()
            .fold(el(tag), |section, row| section.put(line(row, is_head)))
    };
    let name = table.caption.as_ref().map(RichText::to_plain);
    let lines = el("table")
        .put(
            table
                .caption
                .as_ref()
                .map(|text| el("caption").put(rich_text(scope, text))),
        )
        .put((!head.is_empty()).then(|| rows("thead", head, true)))
        .put(rows("tbody", body, false));
    el("div")
        .class("table")
        .attr("tabindex", "0")
        // A region needs a name; without one it stays a plain frame.
        .attr("role", name.is_some().then_some("region"))
        .attr("aria-label", name)
        .put(lines)
}
