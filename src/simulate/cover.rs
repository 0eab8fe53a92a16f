//! What covers an array's cells: the glass by the model named, with the array's own figures.

use crate::math;
use crate::plane::{
    CoatedGlass, DiffuseModifiers, Glass, Incidence, MeasuredModifier, Plane, PvwattsCover, SAPM_GLASS,
};

/// What an array's own figures say of its glass.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OwnGlass {
    /// Parameter of ASHRAE's modifier.
    pub(super) ashrae_b: f64,
    /// Angular loss of Martin and Ruiz.
    pub(super) martin_ruiz_a_r: f64,
    /// Coefficients of Sandia's polynomial, and what of the diffuse light the module uses.
    pub(super) sapm: ([f64; 6], f64),
    pub(super) measured: Option<MeasuredModifier>,
}

impl OwnGlass {
    /// Clean flat glass.
    pub(super) const PLAIN: Self =
        Self { ashrae_b: 0.05, martin_ruiz_a_r: 0.16, sapm: (SAPM_GLASS, 1.0), measured: None };
}

/// What covers the cells, prepared.
#[derive(Clone, Debug)]
pub(super) enum Cover {
    None,
    Physical(Glass),
    PhysicalBeam(Glass),
    PhysicalCoated(CoatedGlass),
    Ashrae(f64),
    MartinRuiz(f64),
    Schlick,
    Sapm([f64; 6], f64),
    Measured(MeasuredModifier),
    Pvwatts(PvwattsCover),
    PvwattsBeam(PvwattsCover),
}

impl Cover {
    pub(super) fn new(incidence: Incidence, own: &OwnGlass, surface_tilt: f64) -> Self {
        match incidence {
            Incidence::None => Self::None,
            Incidence::Physical => Self::Physical(Glass::default()),
            Incidence::PhysicalBeam => Self::PhysicalBeam(Glass::default()),
            Incidence::PhysicalCoated => Self::PhysicalCoated(CoatedGlass::default()),
            Incidence::Ashrae => Self::Ashrae(own.ashrae_b),
            Incidence::MartinRuiz => Self::MartinRuiz(own.martin_ruiz_a_r),
            Incidence::Schlick => Self::Schlick,
            Incidence::Sapm => Self::Sapm(own.sapm.0, own.sapm.1),
            // Without points, which the plant's check has refused, nothing is reflected.
            Incidence::Measured => own.measured.clone().map_or(Self::None, Self::Measured),
            Incidence::Pvwatts => Self::Pvwatts(PvwattsCover::new(surface_tilt)),
            Incidence::PvwattsV5Coated => Self::PvwattsBeam(PvwattsCover::of_version_5()),
        }
    }

    /// What gets through of the light of sky and ground.
    pub(super) fn diffuse(&self, plane: &Plane) -> DiffuseModifiers {
        match self {
            Self::Physical(glass) => DiffuseModifiers::new(glass, plane),
            Self::PhysicalCoated(coated) => DiffuseModifiers::of(
                #[inline(always)]
                |cos| coated.modifier(cos),
                plane,
            ),
            Self::MartinRuiz(a_r) => DiffuseModifiers::martin_ruiz(plane, *a_r),
            Self::Schlick => DiffuseModifiers::schlick(plane),
            Self::Measured(points) => DiffuseModifiers::measured(points, plane),
            Self::Pvwatts(cover) => DiffuseModifiers { sky: cover.sky, ground: cover.ground },
            Self::None | Self::PhysicalBeam(_) | Self::PvwattsBeam(_) | Self::Ashrae(_) | Self::Sapm(..) => {
                DiffuseModifiers::NONE
            }
        }
    }
}

/// The angle of a cosine, degrees.
#[inline(always)]
pub(super) fn degrees(cos: f64) -> f64 {
    let cos = if cos < -1.0 { -1.0 } else { cos };
    math::acos(if cos > 1.0 { 1.0 } else { cos }).to_degrees()
}
