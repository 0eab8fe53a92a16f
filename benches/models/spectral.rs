//! Spectral factors.

use rooftop_pv::plane::{self, PoloAir, SpectralModel, SpectralModule, Spectrum};

use crate::Bench;

pub fn benches(bench: &mut Bench<'_, '_>) {
    let module = SpectralModule::Cdte;
    let (Some(first_solar), Some(caballero), Some(pvspec), Some(jrc), Some(polo), Some(sapm)) = (
        module.first_solar(),
        module.caballero(),
        module.pvspec(),
        module.jrc(),
        module.polo(),
        SpectralModule::MonoSi.de_soto(),
    ) else {
        panic!("a table lost its row");
    };
    bench.block(
        "spectral_factor_sapm",
        #[inline(always)]
        |hours, i| plane::spectral_factor_sapm(hours.airmass[i], sapm),
    );
    bench.block(
        "spectral_factor_firstsolar",
        #[inline(always)]
        |hours, i| plane::spectral_factor_firstsolar(hours.precipitable_water[i], hours.airmass[i], first_solar),
    );
    bench.block(
        "spectral_factor_caballero",
        #[inline(always)]
        |hours, i| plane::spectral_factor_caballero(hours.precipitable_water[i], hours.airmass[i], 0.2, caballero),
    );
    bench.block(
        "spectral_factor_pvspec",
        #[inline(always)]
        |hours, i| plane::spectral_factor_pvspec(hours.airmass[i], hours.clearsky_index[i], pvspec),
    );
    bench.block(
        "spectral_factor_jrc",
        #[inline(always)]
        |hours, i| plane::spectral_factor_jrc(hours.airmass[i], hours.clearsky_index[i], jrc),
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
            plane::spectral_factor_polo(&air, polo)
        },
    );
    for model in [SpectralModel::FirstSolar, SpectralModel::Caballero, SpectralModel::Pvspec] {
        let spectrum = Spectrum { model, module, ..Spectrum::default() };
        bench.columns(&format!("Spectrum::factors, {model:?}"), |hours, out| {
            let _ = spectrum.factors(&hours.airmass, &hours.precipitable_water, &hours.clearsky_index, out);
        });
    }
}
