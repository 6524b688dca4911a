//! What several pages share.

pub mod card;
pub mod cover;
pub mod dates;
pub mod figure;
pub mod footer;
pub mod heading;
pub mod masthead;
pub mod notice;
pub mod pager;
pub mod picture;
pub mod rich_text;
pub mod rights;
pub mod save;
pub mod search_form;
