//! From the sky to the light behind the glass.

use std::hint::black_box;

use rooftop_pv::plane::{
    self, CoatedGlass, Glass, Plane, PvwattsCover, PvwattsRows, WaterSurface, ashrae, ashrae_with_cosine,
    inland_water_dvoracek, martin_ruiz, martin_ruiz_with_cosine, perez_sets, schlick, schlick_with_cosine,
};

use crate::{Bench, N};

pub fn benches(bench: &mut Bench<'_, '_>) {
    let plane = Plane::new(30.0, 160.0);
    transposition(bench, &plane);
    ground(bench, &plane);
    glass(bench);
    of_tilts(bench);
}

fn ground(bench: &mut Bench<'_, '_>, plane: &Plane) {
    bench.block(
        "ground_diffuse",
        #[inline(always)]
        move |hours, i| plane::ground_diffuse(plane, hours.ghi[i], 0.2),
    );
    bench.block(
        "ground_pvwatts",
        #[inline(always)]
        move |hours, i| {
            plane::ground_pvwatts(plane, hours.dhi[i], hours.dni[i], hours.zenith[i], hours.cos_zenith[i], 0.2)
        },
    );
    let rows = PvwattsRows::new(*plane, 0.4, 100.0);
    bench.block(
        "PvwattsRows::beam",
        #[inline(always)]
        move |hours, i| rows.beam([hours.east[i], hours.north[i], hours.cos_zenith[i]]),
    );
    bench.block(
        "PvwattsRows::ground",
        #[inline(always)]
        move |hours, i| rows.ground(hours.dhi[i], hours.dni[i], hours.cos_zenith[i]),
    );
    // Wind stands in for a depth of snow.
    bench.block(
        "albedo_from_snow",
        #[inline(always)]
        move |hours, i| plane::albedo_from_snow(hours.wind_speed[i], 0.2, 0.6),
    );
    bench.block(
        "inland_water_dvoracek",
        #[inline(always)]
        move |hours, i| {
            let (color, roughness) = WaterSurface::ClearNoWaves.coefficients();
            inland_water_dvoracek(90.0 - hours.zenith[i], color, roughness)
        },
    );
}

fn transposition(bench: &mut Bench<'_, '_>, plane: &Plane) {
    bench.block(
        "aoi_projection",
        #[inline(always)]
        move |hours, i| plane::aoi_projection(30.0, 160.0, hours.zenith[i], hours.azimuth[i]),
    );
    bench.block(
        "Plane::aoi_projection",
        #[inline(always)]
        move |hours, i| plane.aoi_projection([hours.east[i], hours.north[i], hours.cos_zenith[i]]),
    );
    bench.block(
        "isotropic",
        #[inline(always)]
        move |hours, i| plane::isotropic(hours.dhi[i]).on_plane(plane, hours.cos_aoi[i]),
    );
    bench.block(
        "hay_davies",
        #[inline(always)]
        move |hours, i| {
            plane::hay_davies(hours.dhi[i], hours.dni[i], hours.dni_extra[i], hours.cos_zenith[i])
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
    bench.block(
        "klucher",
        #[inline(always)]
        move |hours, i| plane::klucher(plane, hours.dhi[i], hours.ghi[i], hours.cos_zenith[i], hours.cos_aoi[i]),
    );
    bench.block(
        "reindl",
        #[inline(always)]
        move |hours, i| {
            let (dhi, dni, ghi) = (hours.dhi[i], hours.dni[i], hours.ghi[i]);
            plane::reindl(plane, dhi, dni, ghi, hours.dni_extra[i], hours.cos_zenith[i], hours.cos_aoi[i])
        },
    );
    bench.block(
        "muneer",
        #[inline(always)]
        move |hours, i| {
            let (dhi, dni) = (hours.dhi[i], hours.dni[i]);
            plane::muneer(plane, dhi, dni, hours.dni_extra[i], hours.cos_zenith[i], hours.cos_aoi[i])
        },
    );
    bench.block(
        "perez_1990",
        #[inline(always)]
        move |hours, i| {
            let (dhi, dni, zenith) = (hours.dhi[i], hours.dni[i], hours.zenith[i]);
            plane::perez_1990(dhi, dni, hours.dni_extra[i], zenith, hours.cos_zenith[i], hours.airmass[i])
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
    let set = black_box(perez_sets::ALBANY_1988);
    bench.whole(
        "perez, a set of 1988",
        #[inline(always)]
        move |hours, out| {
            // The loop's own, as in the chain.
            let set = set;
            for i in 0..N {
                let (dhi, dni, zenith) = (hours.dhi[i], hours.dni[i], hours.zenith[i]);
                let (extra, airmass) = (hours.dni_extra[i], hours.airmass[i]);
                out[i] = plane::perez(dhi, dni, extra, zenith, hours.cos_zenith[i], airmass, &set)
                    .on_plane(plane, hours.cos_aoi[i]);
            }
        },
    );
    bench.block(
        "perez_driesse",
        #[inline(always)]
        move |hours, i| {
            let (dhi, dni, zenith) = (hours.dhi[i], hours.dni[i], hours.zenith[i]);
            plane::perez_driesse(dhi, dni, hours.dni_extra[i], zenith, hours.cos_zenith[i], hours.airmass[i])
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
    bench.block(
        "perez_pvwatts",
        #[inline(always)]
        move |hours, i| {
            plane::perez_pvwatts(hours.dhi[i], hours.dni[i], hours.zenith[i], hours.cos_zenith[i])
                .on_plane(plane, hours.cos_aoi[i])
        },
    );
}

fn glass(bench: &mut Bench<'_, '_>) {
    bench.block(
        "ashrae",
        #[inline(always)]
        move |hours, i| ashrae(hours.aoi[i], 0.05),
    );
    bench.block(
        "ashrae_with_cosine",
        #[inline(always)]
        move |hours, i| ashrae_with_cosine(hours.cos_aoi[i], 0.05),
    );
    bench.block(
        "martin_ruiz",
        #[inline(always)]
        move |hours, i| martin_ruiz(hours.aoi[i], 0.16),
    );
    bench.block(
        "schlick",
        #[inline(always)]
        move |hours, i| schlick(hours.aoi[i]),
    );
    bench.block(
        "martin_ruiz_with_cosine",
        #[inline(always)]
        move |hours, i| martin_ruiz_with_cosine(hours.cos_aoi[i], 0.16),
    );
    bench.block(
        "schlick_with_cosine",
        #[inline(always)]
        move |hours, i| schlick_with_cosine(hours.cos_aoi[i]),
    );
    let (bare, coated, cover) = (Glass::new(1.526, 4.0, 0.002), CoatedGlass::default(), PvwattsCover::new(30.0));
    bench.block(
        "physical",
        #[inline(always)]
        move |hours, i| bare.modifier(hours.cos_aoi[i]),
    );
    bench.block(
        "physical, coated",
        #[inline(always)]
        move |hours, i| coated.modifier(hours.cos_aoi[i]),
    );
    bench.block(
        "pvwatts cover",
        #[inline(always)]
        move |hours, i| cover.modifier(hours.cos_aoi[i]),
    );
    let sapm = [1.0, -2.4377e-3, 3.1032e-4, -1.246e-5, 2.1122e-7, -1.3593e-9];
    bench.block(
        "sapm_modifier",
        #[inline(always)]
        move |hours, i| plane::sapm_modifier(hours.aoi[i], &sapm),
    );
    let measured = plane::MeasuredModifier::new(
        &[0.0, 30.0, 50.0, 65.0, 75.0, 85.0, 90.0],
        &[1.0, 0.999, 0.99, 0.95, 0.86, 0.55, 0.0],
    )
    .expect("a curve");
    bench.block(
        "measured curve",
        #[inline(always)]
        move |hours, i| measured.at(hours.aoi[i]),
    );
    bench.block(
        "spectral_pvwatts",
        #[inline(always)]
        move |hours, i| plane::spectral_pvwatts(hours.zenith[i], 100.0),
    );
}

/// What a fixed plane has once and a tracker every hour; the angle of incidence stands in for the tilt.
fn of_tilts(bench: &mut Bench<'_, '_>) {
    bench.block(
        "martin_ruiz_diffuse",
        #[inline(always)]
        move |hours, i| {
            let (sky, ground) = plane::martin_ruiz_diffuse(hours.aoi[i], 0.16);
            sky + ground
        },
    );
    bench.block(
        "schlick_diffuse",
        #[inline(always)]
        move |hours, i| {
            let (sky, ground) = plane::schlick_diffuse(hours.aoi[i]);
            sky + ground
        },
    );
}
