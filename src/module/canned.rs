//! The three modules that PVWatts version 8 carries, in the CEC's model.

use super::single_diode::{CecModule, DesotoModule};

/// A module in the CEC's model with what its plate says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PvwattsModule {
    /// Its name in a park file.
    pub name: &'static str,
    /// Parameters at reference conditions.
    pub cec: CecModule,
    /// Power at reference conditions, W.
    pub p_mp: f64,
    /// Area, m2.
    pub area_m2: f64,
}

impl PvwattsModule {
    /// Efficiency at reference conditions.
    pub fn efficiency(&self) -> f64 {
        self.p_mp / (1000.0 * self.area_m2)
    }
}

/// Temperature dependence of SSC's band gap, 1/K, and the gap itself, eV.
const GAP: (f64, f64) = (-0.0002677, 1.12);

/// The modules of PVWatts version 8 as SSC's open source (BSD-3, release of `PySAM` 7.1) has them: a Canadian Solar CS1H-320MS, a
/// `SunPower` SPR-E20-327 and a First Solar FS-6435A.
pub const PVWATTS_MODULES: [PvwattsModule; 3] = [
    PvwattsModule {
        name: "pvwatts_standard",
        cec: cec(0.004755, 1.65916, 9.51393, 4.37813e-11, 654.059, 0.269953, 5.79586),
        p_mp: 35.8 * 9.01,
        area_m2: 1.6864,
    },
    PvwattsModule {
        name: "pvwatts_premium",
        cec: cec(0.0026, 2.45326, 6.4704, 2.01784e-11, 261.723, 0.421231, 9.56482),
        p_mp: 54.7 * 5.98,
        area_m2: 1.6297,
    },
    PvwattsModule {
        name: "pvwatts_thin_film",
        cec: cec(0.00102, 7.97293, 2.55475, 2.69243e-12, 2476.95, 4.60991, -2.49865),
        p_mp: 183.6 * 2.37,
        area_m2: 2.4751,
    },
];

const fn cec(alpha_sc: f64, a_ref: f64, i_l_ref: f64, i_o_ref: f64, r_sh_ref: f64, r_s: f64, adjust: f64) -> CecModule {
    let (degdt, eg_ref) = GAP;
    CecModule { desoto: DesotoModule { alpha_sc, a_ref, i_l_ref, i_o_ref, r_sh_ref, r_s, eg_ref, degdt }, adjust }
}
