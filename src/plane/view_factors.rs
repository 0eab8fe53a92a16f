//! How much of the sky and of the ground the rows of an endless field see, and the ground between them: all in closed form.
//!
//! A field of infinitely long rows on level ground; `gcr`, the ground coverage ratio, is the slant length of a row over the distance
//! of two, above 0 and up to 1. Tilts in degrees, 0 to 180: beyond 90 a surface looks down, as the back of a row does.

use crate::math;

/// √(1 + 2 δ g c x + g² x²): the distance to the edge of the next row, over the distance of two rows.
#[inline(always)]
fn reach(cos_tilt: f64, gx: f64) -> f64 {
    (1.0 - gx * (2.0 * cos_tilt - gx)).sqrt()
}

/// What part of the sky a point of a row sees, 0 to 1; `x` is its place on the slant, 0 at the lower edge and 1 at the upper.
///
/// Mikofski et al., 46th IEEE PVSC (2019), 1282, doi:10.1109/PVSC40753.2019.8980572.
#[inline(always)]
pub fn vf_row_sky_2d(surface_tilt: f64, gcr: f64, x: f64) -> f64 {
    let cos = math::cos(surface_tilt.to_radians());
    let gy = gcr * (1.0 - x);
    // F = ½ (1 + (cos β − g y)/√(1 − 2 g y cos β + g² y²)), y = 1 − x
    0.5 * (1.0 + (cos - gy) / reach(cos, gy))
}

/// Mean of [`vf_row_sky_2d`] over the slant from `x0` to `x1`; its value there where the two are the same.
#[inline(always)]
pub fn vf_row_sky_2d_integ(surface_tilt: f64, gcr: f64, x0: f64, x1: f64) -> f64 {
    let cos = math::cos(surface_tilt.to_radians());
    0.5 * (1.0 + mean_slope(cos, gcr * (1.0 - x0), gcr * (1.0 - x1)))
}

/// What part of the ground a point of a row sees, 0 to 1; arguments as [`vf_row_sky_2d`].
#[inline(always)]
pub fn vf_row_ground_2d(surface_tilt: f64, gcr: f64, x: f64) -> f64 {
    let cos = math::cos(surface_tilt.to_radians());
    // F = ½ (1 − (cos β + g x)/√(1 + 2 g x cos β + g² x²))
    0.5 * (1.0 - (cos + gcr * x) / reach(-cos, gcr * x))
}

/// Mean of [`vf_row_ground_2d`] over the slant from `x0` to `x1`; its value there where the two are the same.
#[inline(always)]
pub fn vf_row_ground_2d_integ(surface_tilt: f64, gcr: f64, x0: f64, x1: f64) -> f64 {
    let cos = math::cos(surface_tilt.to_radians());
    0.5 * (1.0 + mean_slope(-cos, gcr * x0, gcr * x1))
}

/// Mean of (c − t)/√(1 − 2 c t + t²) from t₀ to t₁: the difference of the roots over t₀ − t₁, with the roots' sum below the line so
/// that nothing cancels.
#[inline(always)]
fn mean_slope(cos: f64, t0: f64, t1: f64) -> f64 {
    (2.0 * cos - (t0 + t1)) / (reach(cos, t0) + reach(cos, t1))
}

/// What part of the sky the ground sees, as a mean from row to row. It does not depend on how high the rows stand.
///
/// By reciprocity, from what both sides of a row see of the ground.
#[inline(always)]
pub fn vf_ground_sky_2d_integ(surface_tilt: f64, gcr: f64) -> f64 {
    ViewFactors::of_cos(math::cos(surface_tilt.to_radians()), gcr).ground_sky
}

/// The means of one side of a row and of the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewFactors {
    /// From the side of the row to the sky.
    pub row_sky: f64,
    /// From the side of the row to the ground.
    pub row_ground: f64,
    /// From the ground to the sky.
    pub ground_sky: f64,
}

impl ViewFactors {
    /// Those of an endless field.
    #[inline(always)]
    pub fn new(surface_tilt: f64, gcr: f64) -> Self {
        Self::of_cos(math::cos(surface_tilt.to_radians()), gcr)
    }

    /// As [`ViewFactors::new`], by the cosine of the tilt.
    #[inline(always)]
    pub fn of_cos(cos_tilt: f64, gcr: f64) -> Self {
        let (sky, ground) = (reach(cos_tilt, gcr), reach(-cos_tilt, gcr));
        Self {
            // ½ (1 + (2 cos β − g)/(1 + √(1 − 2 g cos β + g²))), with −cos β for the ground
            row_sky: 0.5 * (1.0 + (2.0 * cos_tilt - gcr) / (1.0 + sky)),
            row_ground: 0.5 * (1.0 - (2.0 * cos_tilt + gcr) / (1.0 + ground)),
            // 1 − g (F_front + F_back)
            ground_sky: 0.5 * (sky + ground) - gcr,
        }
    }

    /// As pvlib 0.16 counts them: the ground sees the sky over so many rows to each side, and a row sees the ground under twenty.
    /// `height` is that of the row's middle over the distance of two rows, enough to keep its lower edge above ground. For comparison;
    /// the endless field is cheaper and exact.
    ///
    /// Anderson, Jensen & Hansen, IEEE Journal of Photovoltaics (2026), doi:10.1109/JPHOTOV.2026.3677506: Hottel's crossed strings,
    /// here with the sum over the rows taken before the lengths.
    #[inline(always)]
    pub fn within_rows(surface_tilt: f64, gcr: f64, height: f64, rows: f64) -> Self {
        // pvlib sets the edges that hide the ground a little apart from the row.
        const EDGE: f64 = 0.5001;
        let (sin, cos) = math::sin_cos(surface_tilt.to_radians());
        let (across, upward) = (gcr * cos, gcr * sin);
        let sky = Gap { left: -0.5 * across, height: height - 0.5 * upward };
        let (left, top) = (0.5 * across, height + 0.5 * upward);
        let ground_sky = sky.taut((left, top), rows + 1.0) - sky.taut((left, top), -rows)
            + sky.taut((left + 1.0, top), -rows)
            - sky.taut((left + 1.0, top), rows + 1.0);
        // The height does not matter to what a row sees, and pvlib takes it as the slant.
        let ground = Gap { left: -1.0 - EDGE * across, height: gcr - EDGE * upward };
        let (low, high) = ((-0.5 * across, gcr - 0.5 * upward), (0.5 * across, gcr + 0.5 * upward));
        let row_ground =
            ground.taut(low, -20.0) - ground.taut(low, 20.0) + ground.taut(high, 20.0) - ground.taut(high, -20.0);
        Self { ground_sky: 0.5 * ground_sky, row_ground: 0.5 * row_ground / gcr, ..Self::of_cos(cos, gcr) }
    }
}

/// Between the lower edges of two rows, one distance of rows wide.
struct Gap {
    left: f64,
    height: f64,
}

impl Gap {
    /// Length of a string from a point above through the gap to a place on the ground.
    #[inline(always)]
    fn taut(&self, (x, y): (f64, f64), ground: f64) -> f64 {
        // Where the straight line comes through, or the edge that it would miss.
        let through = x + (ground - x) * (y - self.height) / y;
        let through = if through < self.left { self.left } else { through };
        let through = if through > self.left + 1.0 { self.left + 1.0 } else { through };
        let above = ((x - through) * (x - through) + (y - self.height) * (y - self.height)).sqrt();
        above + ((ground - through) * (ground - through) + self.height * self.height).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_light_goes_somewhere() {
        for tilt in 0..=180 {
            for gcr in [1e-9, 0.05, 0.4, 0.8, 1.0] {
                let front = ViewFactors::new(f64::from(tilt), gcr);
                let back = ViewFactors::new(f64::from(180 - tilt), gcr);
                // Sky light that meets the plane of the field lands on the rows or on the ground.
                let caught = front.ground_sky + gcr * (front.row_sky + back.row_sky);
                assert!((caught - 1.0).abs() < 1e-12, "tilt {tilt}, gcr {gcr}: {caught}");
                assert!((front.ground_sky - back.ground_sky).abs() < 1e-15);
                let ViewFactors { row_sky, row_ground, ground_sky } = front;
                assert!([row_sky, row_ground, ground_sky].iter().all(|f| (-1e-15..=1.0 + 1e-15).contains(f)));
                assert!(row_sky + row_ground <= 1.0 + 1e-15);
            }
        }
    }

    #[test]
    fn a_lone_row_sees_half_spheres() {
        for tilt in [0.0_f64, 20.0, 90.0, 135.0, 180.0] {
            let views = ViewFactors::new(tilt, 1e-12);
            let cos = tilt.to_radians().cos();
            assert!((views.row_sky - 0.5 * (1.0 + cos)).abs() < 1e-11);
            assert!((views.row_ground - 0.5 * (1.0 - cos)).abs() < 1e-11);
            assert!((views.ground_sky - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn segments_make_up_the_whole() {
        for x in [0.0, 0.3, 1.0] {
            let whole = x * vf_row_sky_2d_integ(35.0, 0.6, 0.0, x) + (1.0 - x) * vf_row_sky_2d_integ(35.0, 0.6, x, 1.0);
            assert!((whole - ViewFactors::new(35.0, 0.6).row_sky).abs() < 1e-15);
            assert!((vf_row_ground_2d_integ(35.0, 0.6, x, x) - vf_row_ground_2d(35.0, 0.6, x)).abs() < 1e-15);
        }
        assert!(vf_row_sky_2d(f64::NAN, 0.4, 0.0).is_nan() && vf_ground_sky_2d_integ(30.0, f64::NAN).is_nan());
    }
}
