//! Light above the air, air masses, water and aerosols, clear skies.

use rooftop_pv::site::altitude_to_pressure;
use rooftop_pv::sky::{self, BirdAir};

use crate::Bench;

pub fn benches(bench: &mut Bench<'_, '_>) {
    air(bench);
    water_and_aerosols(bench);
    clear_skies(bench);
}

fn air(bench: &mut Bench<'_, '_>) {
    // Azimuths stand in for days of the year, degrees of the zenith for metres.
    bench.block(
        "extra_radiation_spencer",
        #[inline(always)]
        |hours, i| sky::extra_radiation_spencer(hours.azimuth[i]),
    );
    bench.block(
        "extra_radiation_asce",
        #[inline(always)]
        |hours, i| sky::extra_radiation_asce(hours.azimuth[i]),
    );
    bench.block(
        "altitude_to_pressure",
        #[inline(always)]
        |hours, i| altitude_to_pressure(10.0 * hours.zenith[i]),
    );
    bench.block(
        "absolute_airmass",
        #[inline(always)]
        |hours, i| sky::absolute_airmass(hours.airmass[i], hours.pressure[i]),
    );
    bench.block(
        "kasten_young_1989",
        #[inline(always)]
        |hours, i| sky::kasten_young_1989(hours.zenith[i]),
    );
    bench.block(
        "airmass_simple",
        #[inline(always)]
        |hours, i| sky::airmass_simple(hours.zenith[i]),
    );
    bench.block(
        "kasten_1966",
        #[inline(always)]
        |hours, i| sky::kasten_1966(hours.zenith[i]),
    );
    bench.block(
        "young_irvine_1967",
        #[inline(always)]
        |hours, i| sky::young_irvine_1967(hours.zenith[i]),
    );
    bench.block(
        "gueymard_1993",
        #[inline(always)]
        |hours, i| sky::gueymard_1993(hours.zenith[i]),
    );
    bench.block(
        "young_1994",
        #[inline(always)]
        |hours, i| sky::young_1994(hours.zenith[i]),
    );
    bench.block(
        "pickering_2002",
        #[inline(always)]
        |hours, i| sky::pickering_2002(hours.zenith[i]),
    );
    bench.block(
        "gueymard_2003",
        #[inline(always)]
        |hours, i| sky::gueymard_2003(hours.zenith[i]),
    );
}

fn water_and_aerosols(bench: &mut Bench<'_, '_>) {
    bench.block(
        "gueymard94_pw",
        #[inline(always)]
        |hours, i| sky::gueymard94_pw(hours.temp_air[i], 60.0),
    );
    bench.block(
        "tdew_from_rh",
        #[inline(always)]
        |hours, i| sky::tdew_from_rh(hours.temp_air[i], 60.0),
    );
    // Wind stands in for aerosols.
    bench.block(
        "angstrom_aod_at_lambda",
        #[inline(always)]
        |hours, i| sky::angstrom_aod_at_lambda(0.05 * hours.wind_speed[i], 550.0, 1.2, 500.0),
    );
    bench.block(
        "angstrom_alpha",
        #[inline(always)]
        |hours, i| sky::angstrom_alpha(0.1 + 0.05 * hours.wind_speed[i], 500.0, 0.08, 1000.0),
    );
    bench.block(
        "bird_hulstrom_aod_bb",
        #[inline(always)]
        |hours, i| sky::bird_hulstrom_aod_bb(0.05 * hours.wind_speed[i], 0.1),
    );
    bench.block(
        "kasten96_lt",
        #[inline(always)]
        |hours, i| sky::kasten96_lt(hours.airmass[i], hours.precipitable_water[i], 0.12),
    );
}

fn clear_skies(bench: &mut Bench<'_, '_>) {
    bench.block(
        "haurwitz",
        #[inline(always)]
        |hours, i| sky::haurwitz(hours.zenith[i]),
    );
    bench.block(
        "ineichen",
        #[inline(always)]
        |hours, i| sky::ineichen(hours.zenith[i], hours.airmass[i], 3.0, 100.0, hours.dni_extra[i]).ghi,
    );
    bench.block(
        "bird",
        #[inline(always)]
        |hours, i| {
            let air = BirdAir {
                aod380: 0.15,
                aod500: 0.1,
                precipitable_water: hours.precipitable_water[i],
                ozone: 0.3,
                pressure: hours.pressure[i],
                asymmetry: 0.85,
                albedo: 0.2,
            };
            sky::bird(hours.zenith[i], hours.airmass[i], &air, hours.dni_extra[i]).ghi
        },
    );
    bench.block(
        "simplified_solis",
        #[inline(always)]
        |hours, i| {
            let (pw, extra) = (hours.precipitable_water[i], hours.dni_extra[i]);
            sky::simplified_solis(90.0 - hours.zenith[i], 0.1, pw, hours.pressure[i], extra).ghi
        },
    );
}
