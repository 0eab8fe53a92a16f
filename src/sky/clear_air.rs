//! Which clear sky, and what stands in its air.

use serde::{Deserialize, Serialize};

use super::{AirmassModel, BirdAir};

/// Which model makes a clear sky.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClearSkyModel {
    /// [`ineichen`](super::ineichen), by the month's Linke turbidity.
    #[default]
    Ineichen,
    /// [`simplified_solis`](super::simplified_solis), by aerosols at 700 nm and water.
    SimplifiedSolis,
    /// [`bird`](super::bird()), by aerosols at 380 and 500 nm, water and ozone.
    Bird,
    /// [`haurwitz`](super::haurwitz), by the sun's height alone; it knows no direct light.
    Haurwitz,
}

/// A clear sky's model, and what stands in its air.
///
/// ```
/// use rooftop_pv::sky::{BirdAir, ClearAir, ClearSkyModel};
/// use rooftop_pv::{Weather, weather::climate};
///
/// let station = climate::station("Zhangqiu")?;
/// let weather = Weather::synthetic(station, 2023, 1)?;
/// let ineichen = weather.under_clear_sky(&station.linke)?;
/// let hazy = BirdAir { aod380: 0.6, aod500: 0.4, ..BirdAir::default() };
/// let bird = weather.under_clear_sky(ClearAir { model: ClearSkyModel::Bird, bird: hazy, ..ClearAir::default() })?;
/// assert!(bird.ghi_kwh_m2() > weather.ghi_kwh_m2() && ineichen.ghi_kwh_m2() > weather.ghi_kwh_m2());
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClearAir {
    /// The model.
    pub model: ClearSkyModel,
    /// How the path of the light is counted.
    pub airmass: AirmassModel,
    /// Linke turbidity of each month, January first.
    pub linke_turbidity: [f64; 12],
    /// Optical depth of aerosols at 700 nm, 0 to 0.45.
    pub aod700: f64,
    /// What [`bird`](super::bird()) takes; water counts for Solis too. The weather's own water and pressure go before.
    pub bird: BirdAir,
}

impl Default for ClearAir {
    /// Ineichen's sky with a turbidity of 3, which rural air of mid latitudes has, and Bird's of [`BirdAir`]; aerosols of 0.1 at 700 nm.
    fn default() -> Self {
        Self {
            model: ClearSkyModel::default(),
            airmass: AirmassModel::default(),
            linke_turbidity: [3.0; 12],
            aod700: 0.1,
            bird: BirdAir::default(),
        }
    }
}

impl From<&[f64; 12]> for ClearAir {
    /// Ineichen's sky with a Linke turbidity for each month, January first.
    fn from(linke_turbidity: &[f64; 12]) -> Self {
        Self { linke_turbidity: *linke_turbidity, ..Self::default() }
    }
}
