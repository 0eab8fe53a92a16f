//! Rows of modules, trackers, both sides of a module.

use std::hint::black_box;

use rooftop_pv::plane::{
    Bifacial, RowAxis, RowPair, ShedSide, ShedSky, SingleAxis, TrackerParameters, direct_martinez, ground_angle,
    masking_angle, masking_angle_passias, power_mismatch_deline, sky_diffuse_passias, sun_direction,
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
        |hours, i| ground_angle(hours.aoi[i], 0.4, 0.5),
    );
    bench.block(
        "masking_angle",
        #[inline(always)]
        |hours, i| masking_angle(hours.aoi[i], 0.4, 0.0),
    );
    bench.block(
        "masking_angle_passias",
        #[inline(always)]
        |hours, i| masking_angle_passias(hours.aoi[i], 0.4),
    );
    bench.block(
        "sky_diffuse_passias",
        #[inline(always)]
        |hours, i| sky_diffuse_passias(hours.aoi[i]),
    );
    let axis = black_box(RowAxis::new(5.0, 180.0));
    bench.block(
        "projected_solar_zenith_angle",
        #[inline(always)]
        |hours, i| axis.projected_zenith(sun_direction(hours.zenith[i], hours.azimuth[i])),
    );
    let pair = black_box(RowPair::level(1.0, 2.5));
    bench.block(
        "shaded_fraction1d",
        #[inline(always)]
        |hours, i| pair.shaded_fraction1d(hours.zenith[i], 30.0, 25.0),
    );
    bench.block(
        "direct_martinez",
        #[inline(always)]
        |hours, i| direct_martinez(hours.poa[i], hours.dni[i] * hours.cos_aoi[i], 0.3, 1.2, 3.0),
    );
    let tracker = black_box(SingleAxis::new(&TrackerParameters { max_angle: 60.0, ..TrackerParameters::default() }));
    bench.block(
        "singleaxis, from degrees",
        #[inline(always)]
        |hours, i| {
            let tracked = tracker.follow(sun_direction(hours.zenith[i], hours.azimuth[i]));
            tracked.tracker_theta + tracked.aoi + tracked.surface_tilt + tracked.surface_azimuth
        },
    );
    bench.block(
        "singleaxis, from the sun's direction",
        #[inline(always)]
        |hours, i| {
            let tracked = tracker.follow(sun(hours, i));
            tracked.tracker_theta + tracked.aoi + tracked.surface_tilt + tracked.surface_azimuth
        },
    );
    bench.block(
        "singleaxis, rotation and incidence",
        #[inline(always)]
        |hours, i| {
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
        |hours, i| {
            let (sun, sky) = (sun(hours, i), sky(hours, i));
            let back = back.irradiance(sun, &sky, 1.0).poa_global();
            module.poa_global(front.irradiance(sun, &sky, 1.0).poa_global(), back)
        },
    );
    bench.block(
        "infinite_sheds, both sides, tracking",
        #[inline(always)]
        |hours, i| {
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
        |hours, i| power_mismatch_deline(hours.cos_aoi[i], 0.8),
    );
}
