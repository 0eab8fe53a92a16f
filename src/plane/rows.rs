//! What rows of modules hide from each other. Angles in degrees; `gcr`, the ground coverage ratio, is the slant length of a row
//! over the distance of two, above 0 and up to 1.

use crate::math;

/// Unit vector to the sun: east, north, up.
#[inline(always)]
pub fn sun_direction(solar_zenith: f64, solar_azimuth: f64) -> [f64; 3] {
    let (sin_z, cos_z) = math::sin_cos(solar_zenith.to_radians());
    let (sin_a, cos_a) = math::sin_cos(solar_azimuth.to_radians());
    [sin_z * sin_a, sin_z * cos_a, cos_z]
}

#[inline(always)]
fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The axis along a row, whose sines have been prepared for many suns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowAxis {
    /// To the right of one who looks along the axis; level.
    right: [f64; 3],
    /// Upwards, square to the axis.
    up: [f64; 3],
}

impl RowAxis {
    /// The axis that falls towards `axis_azimuth` by `axis_tilt`.
    #[inline(always)]
    pub fn new(axis_tilt: f64, axis_azimuth: f64) -> Self {
        let (sin_t, cos_t) = math::sin_cos(axis_tilt.to_radians());
        let (sin_a, cos_a) = math::sin_cos(axis_azimuth.to_radians());
        Self { right: [cos_a, -sin_a, 0.0], up: [sin_t * sin_a, sin_t * cos_a, cos_t] }
    }

    /// A direction as seen along the axis: to the right, and up.
    #[inline(always)]
    pub fn project(&self, direction: [f64; 3]) -> (f64, f64) {
        (dot(direction, self.right), dot(direction, self.up))
    }

    /// Unit normal (east, north, up) of a surface turned about the axis, by the sine and the cosine of its rotation.
    #[inline(always)]
    pub fn normal(&self, (sin, cos): (f64, f64)) -> [f64; 3] {
        let [right, up] = [self.right, self.up];
        [sin * right[0] + cos * up[0], sin * right[1] + cos * up[1], cos * up[2]]
    }

    /// Rotation of a surface that faces the sun as well as it can by turning about the axis: the sun's zenith as seen along the
    /// axis, -180 to 180.
    #[inline(always)]
    pub fn projected_zenith(&self, sun: [f64; 3]) -> f64 {
        let (x, z) = self.project(sun);
        math::atan2(x, z).to_degrees()
    }
}

/// The sun's zenith as seen along an axis, -180 to 180; positive where the sun stands to the right of one who looks along it.
///
/// Anderson & Mikofski, NREL/TP-5K00-76626 (2020), doi:10.2172/1660126.
#[inline(always)]
pub fn projected_solar_zenith_angle(solar_zenith: f64, solar_azimuth: f64, axis_tilt: f64, axis_azimuth: f64) -> f64 {
    RowAxis::new(axis_tilt, axis_azimuth).projected_zenith(sun_direction(solar_zenith, solar_azimuth))
}

/// How far below the horizontal a row sees the lower edge of the row behind, from a share `slant_height` (0 to 1) up its slant.
///
/// Mikofski et al., 46th IEEE PVSC (2019), 1282, doi:10.1109/PVSC40753.2019.8980572.
#[inline(always)]
pub fn ground_angle(surface_tilt: f64, gcr: f64, slant_height: f64) -> f64 {
    let (sin, cos) = math::sin_cos(surface_tilt.to_radians());
    let up = gcr * slant_height;
    // ψ = atan(h g sin β / (1 + h g cos β))
    math::atan2(up * sin, 1.0 + up * cos).to_degrees()
}

/// Elevation below which the row in front hides the sky, from a share `slant_height` (0 to 1) up the slant; the lower edge, 0, is
/// the worst.
///
/// Passias & Källbäck, Solar Cells 11 (1984), 281, doi:10.1016/0379-6787(84)90017-6.
#[inline(always)]
pub fn masking_angle(surface_tilt: f64, gcr: f64, slant_height: f64) -> f64 {
    let (sin, cos) = math::sin_cos(surface_tilt.to_radians());
    let down = gcr * (1.0 - slant_height);
    // ψ = atan((1−h) g sin β / (1 − (1−h) g cos β))
    math::atan2(down * sin, 1.0 - down * cos).to_degrees()
}

/// Mean of [`masking_angle`] over the slant.
///
/// The integral of Passias & Källbäck's equation 8 (1984, doi:10.1016/0379-6787(84)90017-6).
#[inline(always)]
pub fn masking_angle_passias(surface_tilt: f64, gcr: f64) -> f64 {
    let (sin, cos) = math::sin_cos(surface_tilt.to_radians());
    // ψ is the angle of 1 − h g e^(−iβ), so its mean is the imaginary part of ∫ ln(1 − t z) dt over 0 to 1, z = g e^(−iβ):
    // ψ̄ = (1 − cos β/g) ψ₀ − sin β/(2 g) ln(1 − 2 g cos β + g²), ψ₀ = ψ(0)
    let bottom = math::atan2(gcr * sin, 1.0 - gcr * cos);
    let squared = (1.0 - gcr) * (1.0 - gcr) + 2.0 * gcr * (1.0 - cos);
    let mean = (1.0 - cos / gcr) * bottom - 0.5 * sin / gcr * math::ln(squared);
    // Flat rows hide nothing, and touching ones would take the logarithm of 0.
    if sin == 0.0 { 0.0 } else { mean.to_degrees() }
}

/// The part of isotropic sky light that is lost below a masking angle, 0 to 1.
///
/// Passias & Källbäck 1984, doi:10.1016/0379-6787(84)90017-6.
#[inline(always)]
pub fn sky_diffuse_passias(masking_angle: f64) -> f64 {
    // 1 − cos²(ψ/2)
    let sin = math::sin(0.5 * masking_angle.to_radians());
    sin * sin
}

/// Two rows side by side, the one throwing its shadow on the other. Lengths in any unit, the same for all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowPair {
    /// Slant length of a row.
    pub collector_width: f64,
    /// Level distance of the rows' axes.
    pub pitch: f64,
    /// From the axis to the modules' surface.
    pub surface_to_axis_offset: f64,
    /// Slope from one axis to the next, a right-handed rotation about the axes.
    pub cross_axis_slope: f64,
}

impl RowPair {
    /// Rows on level ground with their axes in their surfaces.
    pub fn level(collector_width: f64, pitch: f64) -> Self {
        Self { collector_width, pitch, surface_to_axis_offset: 0.0, cross_axis_slope: 0.0 }
    }

    /// Share of the slant in shade, 0 to 1, counted from the edge that is shaded first; both rotations about the axis, right-handed,
    /// `projected_zenith` from [`projected_solar_zenith_angle`]. Which row throws the shadow is the caller's to know.
    ///
    /// Anderson & Jensen, Journal of Renewable and Sustainable Energy 16 (2024), 023504, doi:10.1063/5.0202220.
    #[inline(always)]
    pub fn shaded_fraction1d(&self, projected_zenith: f64, shaded_row_rotation: f64, shading_row_rotation: f64) -> f64 {
        let (sin_1, cos_1) = math::sin_cos((shading_row_rotation - projected_zenith).to_radians());
        let (sin_2, cos_2) = math::sin_cos((shaded_row_rotation - projected_zenith).to_radians());
        let slope = self.cross_axis_slope.to_radians();
        let across = math::cos(projected_zenith.to_radians() - slope) / math::cos(slope);
        let side = if projected_zenith == 0.0 { 0.0 } else { 1.0_f64.copysign(projected_zenith) };
        // f = ½ (1 + |cos θ₁′/cos θ₂′|) + (± z₀ (sin θ₂′ − sin θ₁′) − p cos(θ_s − β)/cos β) / (ℓ |cos θ₂′|)
        let offset = side * self.surface_to_axis_offset * (sin_2 - sin_1);
        let shaded = 0.5 + (0.5 * cos_1.abs() + (offset - self.pitch * across) / self.collector_width) / cos_2.abs();
        let shaded = math::positive(shaded);
        if shaded > 1.0 { 1.0 } else { shaded }
    }
}

/// Share of DC power that a shadow costs, 0 to 1. `poa_direct` holds the circumsolar part too; `shaded_fraction` of the area lies in
/// shade, on `shaded_blocks` (counted up to whole ones) of `total_blocks` groups of cells with a bypass diode each. NaN without light.
///
/// Martínez-Moreno, Muñoz & Lorenzo, Solar Energy Materials and Solar Cells 94 (2010), 2298, doi:10.1016/j.solmat.2010.07.029,
/// equations 6 and 8.
#[inline(always)]
pub fn direct_martinez(
    poa_global: f64,
    poa_direct: f64,
    shaded_fraction: f64,
    shaded_blocks: f64,
    total_blocks: f64,
) -> f64 {
    // 1 − F = (1 − f) (1 − N_s/(N + 1)); loss = B F/G
    let left = (1.0 - shaded_fraction) * (1.0 - shaded_blocks.ceil() / (total_blocks + 1.0));
    poa_direct * (1.0 - left) / poa_global
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What any slip would break; the whole range is held in tests/physics.
    #[test]
    fn limits() {
        assert_eq!(masking_angle(0.0, 0.5, 0.0), 0.0);
        assert!((masking_angle(90.0, 1.0, 0.0) - 45.0).abs() < 1e-13);
        assert_eq!(masking_angle_passias(0.0, 1.0), 0.0);
        // Upright rows: the mean of atan(t) over 0 to 1 is π/4 − ln 2/2.
        let upright = std::f64::consts::FRAC_PI_4 - 0.5 * std::f64::consts::LN_2;
        assert!((masking_angle_passias(90.0, 1.0).to_radians() - upright).abs() < 1e-15);
        assert!((sky_diffuse_passias(90.0) - 0.5).abs() < 1e-15);
        // Upright rows a pitch of their own height apart, the sun 45 degrees high: a shadow up to the top edge of none.
        assert!(RowPair::level(1.0, 1.0).shaded_fraction1d(45.0, 90.0, 90.0) < 1e-15);
        assert!((RowPair::level(1.0, 0.5).shaded_fraction1d(45.0, 90.0, 90.0) - 0.5).abs() < 1e-15);
        assert!((direct_martinez(1000.0, 800.0, 0.0, 0.0, 6.0)).abs() < 1e-15);
    }

    #[test]
    fn what_is_not_a_number_stays_so() {
        let nan = f64::NAN;
        for value in [
            ground_angle(nan, 0.4, 0.5),
            ground_angle(30.0, nan, 0.5),
            masking_angle(30.0, 0.4, nan),
            masking_angle_passias(nan, 0.4),
            masking_angle_passias(30.0, nan),
            sky_diffuse_passias(nan),
            projected_solar_zenith_angle(30.0, nan, 0.0, 0.0),
            RowPair::level(1.0, 2.0).shaded_fraction1d(nan, 0.0, 0.0),
            RowPair::level(1.0, 2.0).shaded_fraction1d(80.0, 0.0, nan),
            direct_martinez(nan, 1.0, 0.0, 0.0, 1.0),
            direct_martinez(0.0, 0.0, 0.0, 0.0, 1.0),
        ] {
            assert!(value.is_nan());
        }
    }
}
