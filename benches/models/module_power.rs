//! A module's power by its measured curves.

use rooftop_pv::inverter::EfficiencyCurve;
use rooftop_pv::module::{AdrModule, PowerMatrix, SapmModule, pvefficiency_adr, sapm, sapm_effective_irradiance};

use crate::Bench;

/// Canadian Solar's CS5P-220M in Sandia's database.
const CS5P: SapmModule = SapmModule {
    isco: 5.09115,
    voco: 59.2608,
    impo: 4.54629,
    vmpo: 48.3156,
    aisc: 0.000397,
    aimp: 0.000181,
    bvoco: -0.21696,
    mbvoc: 0.0,
    bvmpo: -0.235488,
    mbvmp: 0.0,
    n: 1.4032,
    cells_in_series: 96.0,
    c: [1.01284, -0.0128398, 0.279317, -7.24463, 0.996446, 0.003554, 1.15535, -0.155353],
    ixo: 4.97599,
    ixxo: 3.18803,
    fd: 1.0,
    a: [0.928385, 0.068093, -0.0157738, 0.0016606, -0.0000693],
    b: [1.0, -0.002438, 0.0003103, -0.00001246, 2.11e-7, -1.36e-9],
};

pub const ADR: AdrModule = AdrModule { k_a: 0.205, k_d: -6.1, tc_d: 0.019, k_rs: 0.05, k_rsh: 0.06 };

pub fn benches(bench: &mut Bench<'_, '_>) {
    bench.block(
        "sapm (most power)",
        #[inline(always)]
        move |hours, i| sapm(hours.poa[i], hours.temp_cell[i], &CS5P).p_mp,
    );
    bench.block(
        "sapm (all points)",
        #[inline(always)]
        move |hours, i| {
            let p = sapm(hours.poa[i], hours.temp_cell[i], &CS5P);
            p.i_sc + p.i_mp + p.v_oc + p.v_mp + p.p_mp + p.i_x + p.i_xx
        },
    );
    bench.block(
        "sapm_effective_irradiance",
        #[inline(always)]
        move |hours, i| {
            let direct = hours.dni[i] * hours.cos_aoi[i];
            sapm_effective_irradiance(direct, hours.dhi[i], hours.airmass[i], hours.aoi[i], &CS5P)
        },
    );
    bench.block(
        "pvefficiency_adr",
        #[inline(always)]
        move |hours, i| pvefficiency_adr(hours.poa[i], hours.temp_cell[i], &ADR),
    );
    let power: Vec<Vec<f64>> = PowerMatrix::IRRADIANCES
        .iter()
        .map(|g| PowerMatrix::TEMPERATURES.iter().map(|t| 1.9 * g * pvefficiency_adr(*g, *t, &ADR)).collect())
        .collect();
    let matrix =
        PowerMatrix::new(&PowerMatrix::IRRADIANCES, &PowerMatrix::TEMPERATURES, &power).expect("a whole matrix");
    bench.block(
        "PowerMatrix::power",
        #[inline(always)]
        move |hours, i| matrix.power(hours.poa[i], hours.temp_cell[i]),
    );
    let points: &[(f64, f64)] =
        &[(0.05, 0.93), (0.1, 0.955), (0.2, 0.97), (0.3, 0.975), (0.5, 0.978), (0.75, 0.977), (1.0, 0.974)];
    let at = [(500.0, points), (650.0, points), (800.0, points)];
    let curve = EfficiencyCurve::from_shares(50_000.0, 2.0, &at).expect("a curve that can be");
    bench.block(
        "EfficiencyCurve::power",
        #[inline(always)]
        move |hours, i| curve.power(500.0 + 5.0 * hours.temp_cell[i], 50.0 * hours.poa[i]),
    );
}
