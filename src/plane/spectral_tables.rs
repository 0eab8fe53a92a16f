//! Published coefficients of spectral factors, a row for each kind of module. All but De Soto's as pvlib 0.16.1 (BSD-3) has them.

use serde::{Deserialize, Serialize};

use SpectralModule::{Asi, Cdte, CdteSeries41, Cigs, MonoSi, MultiSi, Perovskite, ThinFilmSi};

/// Of what a module's cells are made.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpectralModule {
    /// Monocrystalline silicon. Lee & Panchula's coefficients are those of a module with a wide response (`TetraSun`).
    #[default]
    MonoSi,
    /// Multicrystalline (polycrystalline) silicon.
    MultiSi,
    /// Thin-film silicon, not amorphous.
    ThinFilmSi,
    /// Amorphous silicon; De Soto's coefficients are those of a triple junction.
    Asi,
    /// Cadmium telluride; in PVSPEC First Solar's series 4-2 and later.
    Cdte,
    /// Cadmium telluride of First Solar's series 4-1 and earlier.
    CdteSeries41,
    /// Copper indium gallium selenide.
    Cigs,
    /// Perovskite.
    Perovskite,
}

impl SpectralModule {
    /// Coefficients of [`spectral_factor_sapm`](super::spectral_factor_sapm), lowest power first: De Soto, Klein & Beckman, Solar Energy 80 (2006), 78,
    /// doi:10.1016/j.solener.2005.06.010.
    pub fn de_soto(self) -> Option<&'static [f64; 5]> {
        row(DE_SOTO, self)
    }

    /// Coefficients of [`spectral_factor_firstsolar`](super::spectral_factor_firstsolar).
    pub fn first_solar(self) -> Option<&'static [f64; 6]> {
        row(FIRST_SOLAR, self)
    }

    /// Coefficients of [`spectral_factor_caballero`](super::spectral_factor_caballero).
    pub fn caballero(self) -> Option<&'static [f64; 11]> {
        row(CABALLERO, self)
    }

    /// Coefficients of [`spectral_factor_pvspec`](super::spectral_factor_pvspec).
    pub fn pvspec(self) -> Option<&'static [f64; 3]> {
        row(PVSPEC, self)
    }

    /// Coefficients of [`spectral_factor_jrc`](super::spectral_factor_jrc).
    pub fn jrc(self) -> Option<&'static [f64; 3]> {
        row(JRC, self)
    }

    /// Coefficients of [`spectral_factor_polo`](super::spectral_factor_polo): six of the spectrum, three of the ground.
    pub fn polo(self) -> Option<&'static [f64; 9]> {
        row(POLO, self)
    }
}

/// The row of a table.
fn row<const N: usize>(
    table: &'static [(SpectralModule, [f64; N])],
    module: SpectralModule,
) -> Option<&'static [f64; N]> {
    table.iter().find(|(of, _)| *of == module).map(|(_, coefficients)| coefficients)
}

/// Rows of `N` coefficients.
type Table<const N: usize> = &'static [(SpectralModule, [f64; N])];

/// De Soto, Klein & Beckman, Solar Energy 80 (2006), 78, doi:10.1016/j.solener.2005.06.010, read in the IBPSA Modelica library
/// (`PVOptical.AirMassModifier`), which cites them from there and from Fanney, Dougherty & Davis 2003, doi:10.1115/1.1531642.
pub(super) const DE_SOTO: Table<5> = &[
    (MonoSi, [0.935823, 0.054289, -0.008677, 0.000527, -0.000011]),
    (MultiSi, [0.918093, 0.086257, -0.024459, 0.002816, -0.000126]),
    (ThinFilmSi, [0.938110, 0.062191, -0.015021, 0.001217, -0.000034]),
    (Asi, [1.10044085, -0.06142323, -0.00442732, 0.000631504, -0.000019184]),
];

/// Lee & Panchula 2016; copper indium gallium selenide and amorphous silicon from Schweiger & Hermann, TÜV Rheinland report
/// 21237296.003 (2017).
pub(super) const FIRST_SOLAR: Table<6> = &[
    (Cdte, [0.86273, -0.038948, -0.012506, 0.098871, 0.084658, -0.0042948]),
    (MonoSi, [0.85914, -0.020880, -0.0058853, 0.12029, 0.026814, -0.0017810]),
    (MultiSi, [0.84090, -0.027539, -0.0079224, 0.13570, 0.038024, -0.0021218]),
    (Cigs, [0.85252, -0.022314, -0.0047216, 0.13666, 0.013342, -0.0008945]),
    (Asi, [1.12094, -0.047620, -0.0083627, -0.10443, 0.098382, -0.0033818]),
];

/// Caballero et al. 2018, table 1.
pub(super) const CABALLERO: Table<11> = &[
    (Cdte, [1.0044, 0.0095, -0.0037, 0.0002, 0.0, -0.0046, 0.0, -0.0182, 0.0, 0.0095, 0.0068]),
    (MonoSi, [0.9706, 0.0377, -0.0123, 0.0025, -0.0002, 0.0159, -0.0165, 0.0, 0.0, -0.0016, -0.0027]),
    (MultiSi, [0.9836, 0.0254, -0.0085, 0.0016, -0.0001, 0.0094, -0.0132, 0.0, 0.0, -0.0002, -0.0011]),
    (Cigs, [0.9801, 0.0283, -0.0092, 0.0019, -0.0001, 0.0117, -0.0126, 0.0, 0.0, -0.0011, -0.0019]),
    (Asi, [1.1060, -0.0848, 0.0302, -0.0076, 0.0006, -0.1283, 0.0986, 0.0, -0.0254, 0.0156, 0.0146]),
    (Perovskite, [1.0637, -0.0491, 0.0180, -0.0047, 0.0004, -0.0773, 0.0583, 0.0, -0.0159, 0.01251, 0.0109]),
];

/// Pelland et al. 2020.
pub(super) const PVSPEC: Table<3> = &[
    (MonoSi, [0.9845, -0.05169, 0.03034]),
    (MultiSi, [0.9847, -0.05237, 0.03034]),
    (Cdte, [1.002, -0.07108, 0.02465]),
    (CdteSeries41, [0.9981, -0.05776, 0.02336]),
    (Cigs, [0.9791, -0.03904, 0.03096]),
    (Asi, [1.051, -0.1033, 0.009838]),
];

/// Huld, Sample & Dunlop 2009, over the short-circuit current at standard conditions (A) that they were fitted with.
pub(super) const JRC: Table<3> = &[
    (MultiSi, [0.00172 / 0.00348, 0.000508 / 0.00348, 0.00000357 / 0.00348]),
    (Cdte, [0.000643 / 0.001150, 0.000130 / 0.001150, 0.0000108 / 0.001150]),
];

/// Polo & Sanz-Saiz 2025: p₁ to p₄, b, c; c₁ to c₃ of the albedo.
pub(super) const POLO: Table<9> = &[
    (Cdte, [-0.0009, 46.80, 49.20, -0.87, 0.00041, 0.053, 0.0021, -0.01, 1.01]),
    (MonoSi, [0.0027, 10.34, 9.48, 0.31, 0.00077, 0.006, 0.0, -0.003, 1.0]),
    (Cigs, [0.0017, 2.33, 1.30, 0.11, 0.00098, -0.018, -0.0009, -0.0003, 1.0]),
    (Asi, [0.0024, 7.32, 7.09, -0.72, -0.0013, 0.089, 0.0056, -0.020, 1.014]),
];
