//! One file for each picture.

use crate::canvas::Canvas;

mod boats_crowd;
mod boats_night;
mod cape_lighthouse;
mod coast_from_above;
mod fog_shore;
mod folded_paper;
mod great_hall;
mod harbour_dawn;
mod kites;
mod lantern_bridge;
mod market_street;
mod misty_hills;
mod night_ferry;
mod red_boat;
mod rice_terraces;
mod school_meal;
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
    ("lantern-bridge", lantern_bridge::draw),
    ("folded-paper", folded_paper::draw),
    ("misty-hills", misty_hills::draw),
    ("kites", kites::draw),
    ("night-ferry", night_ferry::draw),
    ("school-meal", school_meal::draw),
    ("cape-lighthouse", cape_lighthouse::draw),
    ("market-street", market_street::draw),
    ("fog-shore", fog_shore::draw),
    ("rice-terraces", rice_terraces::draw),
];
