//! Rows that take one another's light.

use super::settings::Rows;
use crate::math;
use crate::plane::{
    Plane, PvwattsRows, RowAxis, RowPair, TrackerParameters, masking_angle_passias, sky_diffuse_passias,
};

/// What an array's rows take of one another's light.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowShade {
    Pvwatts(PvwattsRows),
    Endless(EndlessRows),
}

impl RowShade {
    pub(super) fn new(rows: Rows, plane: &Plane, tracker: Option<&TrackerParameters>) -> Self {
        match rows {
            Rows::Pvwatts(gcr, capacity_kw) => Self::Pvwatts(PvwattsRows::new(*plane, gcr, capacity_kw)),
            Rows::Endless(gcr) => Self::Endless(EndlessRows::new(gcr, plane, tracker)),
        }
    }
}

/// Endless rows on level ground: their shadows after Anderson & Jensen, the sky that they hide after Passias & Källbäck.
#[derive(Clone, Copy, Debug)]
pub(super) struct EndlessRows {
    gcr: f64,
    pub(super) pair: RowPair,
    pub(super) axis: RowAxis,
    /// Rotation of rows that stand still, and what they leave of the sky.
    pub(super) rotation: f64,
    pub(super) sky_kept: f64,
}

impl EndlessRows {
    fn new(gcr: f64, plane: &Plane, tracker: Option<&TrackerParameters>) -> Self {
        // Who looks along a row that stands still has the side that it faces to the right.
        let axis = match tracker {
            Some(tracker) => RowAxis::new(tracker.axis_tilt, tracker.axis_azimuth),
            None => RowAxis::new(0.0, plane.surface_azimuth - 90.0),
        };
        let rows = Self { gcr, pair: RowPair::level(gcr, 1.0), axis, rotation: plane.surface_tilt, sky_kept: 1.0 };
        Self { sky_kept: rows.sky_kept(plane.surface_tilt), ..rows }
    }

    /// Rotation about the axis of modules that turn.
    pub(super) fn rotation_of(&self, plane: &Plane) -> f64 {
        let (right, up) = self.axis.project(plane.normal);
        math::atan2(right, up).to_degrees()
    }

    pub(super) fn sky_kept(&self, surface_tilt: f64) -> f64 {
        1.0 - sky_diffuse_passias(masking_angle_passias(surface_tilt, self.gcr))
    }
}
