//! Spectral factors. Coefficients stand here as constants, as a block keeps them in registers.

use rooftop_pv::plane::{self, PoloAir, SpectralModel, SpectralModule, Spectrum};

use crate::Bench;

const SAPM: [f64; 5] = [0.935823, 0.054289, -0.008677, 0.000527, -0.000011];
const FIRST_SOLAR: [f64; 6] = [0.86273, -0.038948, -0.012506, 0.098871, 0.084658, -0.0042948];
const CABALLERO: [f64; 11] = [1.0044, 0.0095, -0.0037, 0.0002, 0.0, -0.0046, 0.0, -0.0182, 0.0, 0.0095, 0.0068];
const PVSPEC: [f64; 3] = [1.002, -0.07108, 0.02465];
const JRC: [f64; 3] = [0.559, 0.113, 0.00939];
const POLO: [f64; 9] = [-0.0009, 46.80, 49.20, -0.87, 0.00041, 0.053, 0.0021, -0.01, 1.01];

pub fn benches(bench: &mut Bench<'_, '_>) {
    bench.block(
        "spectral_factor_sapm",
        #[inline(always)]
        |hours, i| plane::spectral_factor_sapm(hours.airmass[i], &SAPM),
    );
    bench.block(
        "spectral_factor_firstsolar",
        #[inline(always)]
        |hours, i| plane::spectral_factor_firstsolar(hours.precipitable_water[i], hours.airmass[i], &FIRST_SOLAR),
    );
    bench.block(
        "spectral_factor_caballero",
        #[inline(always)]
        |hours, i| plane::spectral_factor_caballero(hours.precipitable_water[i], hours.airmass[i], 0.2, &CABALLERO),
    );
    bench.block(
        "spectral_factor_pvspec",
        #[inline(always)]
        |hours, i| plane::spectral_factor_pvspec(hours.airmass[i], hours.clearsky_index[i], &PVSPEC),
    );
    bench.block(
        "spectral_factor_jrc",
        #[inline(always)]
        |hours, i| plane::spectral_factor_jrc(hours.airmass[i], hours.clearsky_index[i], &JRC),
    );
    bench.block(
        "spectral_factor_polo",
        #[inline(always)]
        |hours, i| {
            let air = PoloAir {
                precipitable_water: hours.precipitable_water[i],
                airmass_absolute: hours.airmass[i],
                aod500: 0.2,
                aoi: hours.aoi[i],
                pressure: hours.pressure[i],
                albedo: 0.2,
            };
            plane::spectral_factor_polo(&air, &POLO)
        },
    );
    for model in [SpectralModel::FirstSolar, SpectralModel::Caballero, SpectralModel::Pvspec] {
        let spectrum = Spectrum { model, module: SpectralModule::Cdte, ..Spectrum::default() };
        bench.columns(&format!("Spectrum::factors, {model:?}"), |hours, out| {
            let _ = spectrum.factors(&hours.airmass, &hours.precipitable_water, &hours.clearsky_index, out);
        });
    }
}
