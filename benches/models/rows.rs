//! Rows of modules, trackers, both sides of a module.

use std::hint::black_box;

use rooftop_pv::plane::{
    Bifacial, RowAxis, RowPair, ShedSide, ShedSky, SingleAxis, TrackerParameters, ViewFactors, calc_axis_tilt,
    calc_cross_axis_tilt, calc_surface_orientation, direct_martinez, ground_angle, masking_angle,
    masking_angle_passias, power_mismatch_deline, rmad_of_both_sides, sky_diffuse_passias, sun_direction,
    vf_ground_sky_2d_integ, vf_row_ground_2d, vf_row_ground_2d_integ, vf_row_sky_2d, vf_row_sky_2d_integ,
};

use crate::{Bench, Hours};

#[inline(always)]
fn sun(hours: &Hours, i: usize) -> [f64; 3] {
    [hours.east[i], hours.north[i], hours.cos_zenith[i]]
}

#[inline(always)]
fn sky(hours: &Hours, i: usize) -> ShedSky {
    ShedSky { ghi: hours.ghi[i], dhi: hours.dhi[i], dni: hours.dni[i], albedo: 0.5 }
}

pub fn benches(bench: &mut Bench<'_, '_>) {
    // The angle of incidence stands in for a tilt that changes from hour to hour.
    bench.block(
        "ground_angle",
        #[inline(always)]
        move |hours, i| ground_angle(hours.aoi[i], 0.4, 0.5),
    );
    bench.block(
        "masking_angle",
        #[inline(always)]
        move |hours, i| masking_angle(hours.aoi[i], 0.4, 0.0),
    );
    bench.block(
        "masking_angle_passias",
        #[inline(always)]
        move |hours, i| masking_angle_passias(hours.aoi[i], 0.4),
    );
    bench.block(
        "sky_diffuse_passias",
        #[inline(always)]
        move |hours, i| sky_diffuse_passias(hours.aoi[i]),
    );
    let axis = black_box(RowAxis::new(5.0, 180.0));
    bench.block(
        "projected_solar_zenith_angle",
        #[inline(always)]
        move |hours, i| axis.projected_zenith(sun_direction(hours.zenith[i], hours.azimuth[i])),
    );
    let pair = black_box(RowPair::level(1.0, 2.5));
    bench.block(
        "shaded_fraction1d",
        #[inline(always)]
        move |hours, i| pair.shaded_fraction1d(hours.zenith[i], 30.0, 25.0),
    );
    bench.block(
        "direct_martinez",
        #[inline(always)]
        move |hours, i| direct_martinez(hours.poa[i], hours.dni[i] * hours.cos_aoi[i], 0.3, 1.2, 3.0),
    );
    trackers_and_sheds(bench);
    view_factors(bench);
    slopes(bench);
}

fn trackers_and_sheds(bench: &mut Bench<'_, '_>) {
    let tracker = black_box(SingleAxis::new(&TrackerParameters { max_angle: 60.0, ..TrackerParameters::default() }));
    bench.block(
        "singleaxis, from degrees",
        #[inline(always)]
        move |hours, i| {
            let tracked = tracker.follow(sun_direction(hours.zenith[i], hours.azimuth[i]));
            tracked.tracker_theta + tracked.aoi + tracked.surface_tilt + tracked.surface_azimuth
        },
    );
    bench.block(
        "singleaxis, from the sun's direction",
        #[inline(always)]
        move |hours, i| {
            let tracked = tracker.follow(sun(hours, i));
            tracked.tracker_theta + tracked.aoi + tracked.surface_tilt + tracked.surface_azimuth
        },
    );
    bench.block(
        "singleaxis, rotation and incidence",
        #[inline(always)]
        move |hours, i| {
            let [east, north, up] = sun(hours, i);
            let normal = tracker.normal(tracker.rotation([east, north, up]));
            normal[0] * east + normal[1] * north + normal[2] * up
        },
    );
    let front = black_box(ShedSide::new(10.0, 180.0, 0.7));
    let back = black_box(front.back());
    let module = black_box(Bifacial::default());
    bench.block(
        "infinite_sheds, both sides, fixed",
        #[inline(always)]
        move |hours, i| {
            let (sun, sky) = (sun(hours, i), sky(hours, i));
            let back = back.irradiance(sun, &sky, 1.0).poa_global();
            module.poa_global(front.irradiance(sun, &sky, 1.0).poa_global(), back)
        },
    );
    bench.block(
        "infinite_sheds, both sides, tracking",
        #[inline(always)]
        move |hours, i| {
            let (sun, sky) = (sun(hours, i), sky(hours, i));
            let (tilt, azimuth) = tracker.orientation(tracker.normal(tracker.rotation(sun)));
            let front = ShedSide::new(tilt, azimuth, 0.3);
            let back = front.back().irradiance(sun, &sky, 1.0).poa_global();
            module.poa_global(front.irradiance(sun, &sky, 1.0).poa_global(), back)
        },
    );
    bench.block(
        "power_mismatch_deline",
        #[inline(always)]
        move |hours, i| power_mismatch_deline(hours.cos_aoi[i], 0.8),
    );
    bench.block(
        "rmad_of_both_sides",
        #[inline(always)]
        move |hours, i| rmad_of_both_sides(0.1, 0.7, hours.poa[i], hours.dhi[i]),
    );
    bench.block(
        "ShedSky::with_circumsolar",
        #[inline(always)]
        move |hours, i| {
            let sky = sky(hours, i).with_circumsolar(hours.dni_extra[i], hours.cos_zenith[i]);
            sky.dhi + sky.dni
        },
    );
}

fn view_factors(bench: &mut Bench<'_, '_>) {
    bench.block(
        "vf_row_sky_2d",
        #[inline(always)]
        move |hours, i| vf_row_sky_2d(hours.aoi[i], 0.4, 0.3),
    );
    bench.block(
        "vf_row_sky_2d_integ",
        #[inline(always)]
        move |hours, i| vf_row_sky_2d_integ(hours.aoi[i], 0.4, 0.0, 0.8),
    );
    bench.block(
        "vf_row_ground_2d",
        #[inline(always)]
        move |hours, i| vf_row_ground_2d(hours.aoi[i], 0.4, 0.3),
    );
    bench.block(
        "vf_row_ground_2d_integ",
        #[inline(always)]
        move |hours, i| vf_row_ground_2d_integ(hours.aoi[i], 0.4, 0.0, 0.8),
    );
    bench.block(
        "vf_ground_sky_2d_integ",
        #[inline(always)]
        move |hours, i| vf_ground_sky_2d_integ(hours.aoi[i], 0.4),
    );
    bench.block(
        "ViewFactors::new",
        #[inline(always)]
        move |hours, i| {
            let views = ViewFactors::new(hours.aoi[i], 0.4);
            views.row_sky + views.row_ground + views.ground_sky
        },
    );
    bench.block(
        "ViewFactors::within_rows",
        #[inline(always)]
        move |hours, i| {
            let views = ViewFactors::within_rows(hours.aoi[i], 0.4, 0.5, 10.0);
            views.row_sky + views.row_ground + views.ground_sky
        },
    );
}

// Angles of sun and incidence stand in for those of slopes.
fn slopes(bench: &mut Bench<'_, '_>) {
    bench.block(
        "calc_axis_tilt",
        #[inline(always)]
        move |hours, i| calc_axis_tilt(hours.azimuth[i], 0.1 * hours.aoi[i], 180.0),
    );
    bench.block(
        "calc_cross_axis_tilt",
        #[inline(always)]
        move |hours, i| calc_cross_axis_tilt(hours.azimuth[i], 0.1 * hours.aoi[i], 180.0, 2.0),
    );
    bench.block(
        "calc_surface_orientation",
        #[inline(always)]
        move |hours, i| {
            let (tilt, azimuth) = calc_surface_orientation(hours.aoi[i], 5.0, 180.0);
            tilt + azimuth
        },
    );
}
