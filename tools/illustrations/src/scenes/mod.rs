//! One file for each picture.

use crate::canvas::Canvas;

mod boats_crowd;
mod boats_night;
mod coast_from_above;
mod great_hall;
mod harbour_dawn;
mod red_boat;
mod thumbprints;
mod tide_staff;

/// Draws one picture.
pub type Draw = fn() -> Canvas;

/// Every still: its id and how it is drawn.
pub const ALL: &[(&str, Draw)] = &[
    ("great-hall", great_hall::draw),
    ("thumbprints", thumbprints::draw),
    ("harbour-dawn", harbour_dawn::draw),
    ("tide-staff", tide_staff::draw),
    ("coast-from-above", coast_from_above::draw),
    ("boats-crowd", boats_crowd::draw),
    ("boats-night", boats_night::draw),
    ("red-boat", red_boat::draw),
];
