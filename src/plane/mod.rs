//! What reaches the glass, and gets through.

use serde::{Deserialize, Serialize};

/// How diffuse sky light is carried to a tilted plane.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transposition {
    /// The same from all of the sky; underestimates tilted planes under clear skies.
    Isotropic,
    /// A circumsolar part beside the isotropic one.
    HayDavies,
    /// Circumsolar and horizon parts by clearness and brightness (1990, all-sites coefficients);
    /// the field's usual choice.
    #[default]
    Perez,
}

/// How much light the glass lets through at an angle.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incidence {
    /// Nothing is reflected.
    None,
    /// Fresnel and Bouguer on the beam; sky and ground by Marion's integration over their angles.
    #[default]
    Physical,
    /// Fresnel and Bouguer on the beam alone, as pvlib's `ModelChain` and PVWatts do it.
    PhysicalBeam,
}
