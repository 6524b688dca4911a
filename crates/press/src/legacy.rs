//! Films and sounds that were made for players nobody has any more: where stories name
//! them, which of their files are here, what can be saved of them.
//!
//! In the order of the work:
//! - [`survey`]: every reference of every story, and the files no story names
//! - [`place`]: which file of the site an old address meant; [`leads`]: where
//!   metafiles lead
//! - [`record`]: what was converted already; [`convert`]: the rest, with ffmpeg
//! - [`change`]: what a story is given of it
//! - [`answer`]: all of it for a program, and in sentences for a person
//!
//! No old source is ever taken out of a story, no file replaced, no network opened.

pub mod answer;
pub mod change;
pub mod convert;
mod leads;
mod place;
pub mod record;
pub mod survey;
