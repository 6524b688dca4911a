//! Rows and columns.

use article::RichText;
use article::block::Table;
use leptos::prelude::*;

use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A table in a frame that scrolls by itself, also by keyboard, on narrow screens.
pub fn table(scope: &Scope, table: &Table) -> AnyView {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
    let header_rows = usize::from(table.header_rows).min(table.rows.len());
    let (head, body) = table.rows.split_at_checked(header_rows).unwrap_or((&[], &table.rows));
    let line = |row: &Vec<RichText>, is_head: bool| {
        let cells: Vec<AnyView> = (0..columns)
            .map(|index| {
                let content = row.get(index).map(|cell| rich_text(scope, cell)).unwrap_or_default();
                if is_head {
                    view! { <th scope="col">{content}</th> }.into_any()
                } else if index < usize::from(table.header_columns) {
                    view! { <th scope="row">{content}</th> }.into_any()
                } else {
                    view! { <td>{content}</td> }.into_any()
                }
            })
            .collect();
        view! { <tr>{cells}</tr> }.into_any()
    };
    let head: Vec<AnyView> = head.iter().map(|row| line(row, true)).collect();
    let head = (!head.is_empty()).then(|| view! { <thead>{head}</thead> }.into_any());
    let body: Vec<AnyView> = body.iter().map(|row| line(row, false)).collect();
    let caption = table.caption.as_ref().map(|text| view! { <caption>{rich_text(scope, text)}</caption> }.into_any());
    let name = table.caption.as_ref().map(RichText::to_plain);
    // A region needs a name; without one it stays a plain frame.
    let role = name.is_some().then_some("region");
    view! {
        <div class="table" tabindex="0" role=role aria-label=name>
            <table>{caption}{head}<tbody>{body}</tbody></table>
        </div>
    }
    .into_any()
}
