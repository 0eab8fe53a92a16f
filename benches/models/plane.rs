//! From the sky to the light behind the glass.

use rooftop_pv::plane::{
    self, CoatedGlass, Glass, Plane, PvwattsCover, WaterSurface, ashrae, ashrae_with_cosine, inland_water_dvoracek,
    martin_ruiz_with_cosine, perez_sets, schlick_with_cosine,
};

use crate::Bench;

pub fn benches(bench: &mut Bench<'_, '_>) {
    let plane = Plane::new(30.0, 160.0);
    transposition(bench, &plane);
    glass(bench);
    bench.block(
        "inland_water_dvoracek",
        #[inline(always)]
        |hours, i| {
            let (color, roughness) = WaterSurface::ClearNoWaves.coefficients();
            inland_water_dvoracek(90.0 - hours.zenith[i], color, roughness)
        },
    );
}

fn transposition(bench: &mut Bench<'_, '_>, plane: &Plane) {
    bench.block(
        "isotropic",
        #[inline(always)]
        |hours, i| plane::isotropic(hours.dhi[i]).on_plane(plane, hours.cos_aoi[i]),
    );
    bench.block(
        "hay_davies",
        #[inline(always)]
        |hours, i| {
            plane::hay_davies(hours.dhi[i], hours.dni[i], hours.dni_extra[i], hours.cos_zenith[i])
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
    bench.block(
        "klucher",
        #[inline(always)]
        |hours, i| plane::klucher(plane, hours.dhi[i], hours.ghi[i], hours.cos_zenith[i], hours.cos_aoi[i]),
    );
    bench.block(
        "reindl",
        #[inline(always)]
        |hours, i| {
            let (dhi, dni, ghi) = (hours.dhi[i], hours.dni[i], hours.ghi[i]);
            plane::reindl(plane, dhi, dni, ghi, hours.dni_extra[i], hours.cos_zenith[i], hours.cos_aoi[i])
        },
    );
    bench.block(
        "muneer",
        #[inline(always)]
        |hours, i| {
            let (dhi, dni) = (hours.dhi[i], hours.dni[i]);
            plane::muneer(plane, dhi, dni, hours.dni_extra[i], hours.cos_zenith[i], hours.cos_aoi[i])
        },
    );
    let set = &perez_sets::ALL_SITES_1990;
    bench.block(
        "perez",
        #[inline(always)]
        |hours, i| {
            let (dhi, dni, zenith) = (hours.dhi[i], hours.dni[i], hours.zenith[i]);
            plane::perez(dhi, dni, hours.dni_extra[i], zenith, hours.cos_zenith[i], hours.airmass[i], set)
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
    bench.block(
        "perez_driesse",
        #[inline(always)]
        |hours, i| {
            let (dhi, dni, zenith) = (hours.dhi[i], hours.dni[i], hours.zenith[i]);
            plane::perez_driesse(dhi, dni, hours.dni_extra[i], zenith, hours.cos_zenith[i], hours.airmass[i])
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
    bench.block(
        "perez_pvwatts",
        #[inline(always)]
        |hours, i| {
            plane::perez_pvwatts(hours.dhi[i], hours.dni[i], hours.zenith[i], hours.cos_zenith[i])
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
}

fn glass(bench: &mut Bench<'_, '_>) {
    bench.block(
        "ashrae",
        #[inline(always)]
        |hours, i| ashrae(hours.aoi[i], 0.05),
    );
    bench.block(
        "ashrae_with_cosine",
        #[inline(always)]
        |hours, i| ashrae_with_cosine(hours.cos_aoi[i], 0.05),
    );
    bench.block(
        "martin_ruiz_with_cosine",
        #[inline(always)]
        |hours, i| martin_ruiz_with_cosine(hours.cos_aoi[i], 0.16),
    );
    bench.block(
        "schlick_with_cosine",
        #[inline(always)]
        |hours, i| schlick_with_cosine(hours.cos_aoi[i]),
    );
    let (bare, coated, cover) = (Glass::new(1.526, 4.0, 0.002), CoatedGlass::default(), PvwattsCover::new(30.0));
    bench.block(
        "physical",
        #[inline(always)]
        |hours, i| bare.modifier(hours.cos_aoi[i]),
    );
    bench.block(
        "physical, coated",
        #[inline(always)]
        |hours, i| coated.modifier(hours.cos_aoi[i]),
    );
    bench.block(
        "pvwatts cover",
        #[inline(always)]
        |hours, i| cover.modifier(hours.cos_aoi[i]),
    );
    let sapm = [1.0, -2.4377e-3, 3.1032e-4, -1.246e-5, 2.1122e-7, -1.3593e-9];
    bench.block(
        "sapm_modifier",
        #[inline(always)]
        |hours, i| plane::sapm_modifier(hours.aoi[i], &sapm),
    );
    let measured = plane::MeasuredModifier::new(
        &[0.0, 30.0, 50.0, 65.0, 75.0, 85.0, 90.0],
        &[1.0, 0.999, 0.99, 0.95, 0.86, 0.55, 0.0],
    )
    .expect("a curve");
    bench.block(
        "measured curve",
        #[inline(always)]
        |hours, i| measured.at(hours.aoi[i]),
    );
    bench.block(
        "spectral_pvwatts",
        #[inline(always)]
        |hours, i| plane::spectral_pvwatts(hours.zenith[i], 100.0),
    );
}
