//! From the horizontal to tilted planes, through glass, and what the ground throws back.

use rooftop_pv::plane::{
    CoatedGlass, DiffuseModifiers, Dome, Glass, MeasuredModifier, Plane, Region, SAPM_GLASS, Transposition,
    WaterSurface, albedo_from_snow, aoi_projection, ashrae, ashrae_with_cosine, ground_diffuse, hay_davies,
    inland_water_dvoracek, isotropic, klucher, marion_integrate, martin_ruiz, martin_ruiz_diffuse,
    martin_ruiz_with_cosine, muneer, perez, perez_1990, perez_driesse, physical, reindl, sapm_modifier, schlick,
    schlick_diffuse, schlick_with_cosine,
};
use rooftop_pv::sky::kasten_young_1989;

use crate::common::Fixture;
use crate::held::{Model, Proofs, Within, closed};

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    transposition(&mut proofs);
    klucher_and_reindl(&mut proofs);
    skies(&mut proofs);
    perez_sets(&mut proofs);
    modifiers(&mut proofs);
    glass(&mut proofs);
    marion(&mut proofs);
    water(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

/// Irradiance of which a plane all but edge-on to the sun multiplies the rounding of the angle.
const IRRADIANCE: Within = Within { relative: 1e-9, floor: 0.1 };

fn transposition(proofs: &mut Proofs) {
    let f = Fixture::read("transposition.csv");
    let at = |name: &str, i: usize| f.get(name)[i];
    let geometry = |i: usize| {
        let (tilt, azimuth) = (at("surface_tilt", i), at("surface_azimuth", i));
        let projection = aoi_projection(tilt, azimuth, at("solar_zenith", i), at("solar_azimuth", i));
        (Plane::new(tilt, azimuth), at("solar_zenith", i).to_radians().cos(), projection)
    };
    let on = |i: usize, dome: Dome| {
        let (plane, _, projection) = geometry(i);
        dome.on_plane(&plane, projection)
    };
    let model = Model { name: "plane::aoi_projection", reference: "irradiance.aoi_projection", paper: "geometry" };
    proofs.held(model, &f, "aoi_projection", closed(1e-5), |i| geometry(i).2);
    let model = Model { name: "plane::isotropic", reference: "irradiance.isotropic", paper: "Hottel & Woertz 1942" };
    proofs.held(model, &f, "isotropic", IRRADIANCE, |i| on(i, isotropic(at("dhi", i))));
    let paper = "Hay & Davies 1980; Loutzenhiser 2007, 10.1016/j.solener.2006.03.009";
    let model = Model { name: "plane::hay_davies", reference: "irradiance.haydavies", paper };
    proofs.held(model, &f, "haydavies", IRRADIANCE, |i| {
        on(i, hay_davies(at("dhi", i), at("dni", i), at("dni_extra", i), geometry(i).1))
    });
    let model = Model {
        name: "plane::perez_1990",
        reference: "irradiance.perez",
        paper: "Perez et al. 1990, 10.1016/0038-092X(90)90055-H",
    };
    proofs.held(model, &f, "perez", IRRADIANCE, |i| {
        let (dhi, dni) = (at("dhi", i), at("dni", i));
        let dome =
            perez_1990(dhi, dni, at("dni_extra", i), at("solar_zenith", i), geometry(i).1, at("airmass_relative", i));
        // pvlib's clearness is 0/0 without any light; no light is no light here.
        if dhi == 0.0 && dni == 0.0 { at("perez", i) } else { on(i, dome) }
    });
    let model = Model { name: "plane::ground_diffuse", reference: "irradiance.get_ground_diffuse", paper: "geometry" };
    proofs.held(model, &f, "ground_diffuse", IRRADIANCE, |i| ground_diffuse(&geometry(i).0, at("ghi", i), 0.25));
}

fn klucher_and_reindl(proofs: &mut Proofs) {
    let f = Fixture::read("transposition_models.csv");
    let column = |name: &str, i: usize| f.get(name)[i];
    let geometry = |i: usize| {
        let (tilt, azimuth) = (column("tilt", i), column("azimuth", i));
        let (zenith, solar_azimuth) = (column("zenith", i), column("solar_azimuth", i));
        let cos_zenith = zenith.to_radians().cos();
        (Plane::new(tilt, azimuth), cos_zenith, aoi_projection(tilt, azimuth, zenith, solar_azimuth))
    };
    let model = Model {
        name: "plane::klucher",
        reference: "irradiance.klucher",
        paper: "Klucher 1979, 10.1016/0038-092X(79)90110-5",
    };
    proofs.held(model, &f, "klucher", closed(1e-3), |i| {
        let (plane, cos_zenith, projection) = geometry(i);
        klucher(&plane, column("dhi", i), column("ghi", i), cos_zenith, projection)
    });
    let model = Model {
        name: "plane::reindl",
        reference: "irradiance.reindl",
        paper: "Reindl, Beckman & Duffie 1990, 10.1016/0038-092X(90)90061-G",
    };
    proofs.held(model, &f, "reindl", closed(1e-3), |i| {
        let (plane, cos_zenith, projection) = geometry(i);
        reindl(&plane, column("dhi", i), column("dni", i), column("ghi", i), 1366.0, cos_zenith, projection)
    });
}

/// The rows of skies.csv: plane, zenith with its cosine, incidence, direct and diffuse irradiance.
fn sky_row(f: &Fixture, i: usize) -> (Plane, f64, f64, f64, f64, f64) {
    let at = |name: &str| f.get(name)[i];
    let (tilt, azimuth, zenith) = (at("tilt"), at("azimuth"), at("zenith"));
    let projection = aoi_projection(tilt, azimuth, zenith, at("solar_azimuth"));
    (Plane::new(tilt, azimuth), zenith, zenith.to_radians().cos(), projection, at("dni"), at("dhi"))
}

fn skies(proofs: &mut Proofs) {
    let f = Fixture::read("skies.csv");
    let model = Model {
        name: "plane::perez_driesse",
        reference: "irradiance.perez_driesse",
        paper: "Driesse, Jensen & Perez 2024, 10.1016/j.solener.2023.112093",
    };
    proofs.held(model, &f, "driesse", IRRADIANCE, |i| {
        let (plane, zenith, cos, projection, dni, dhi) = sky_row(&f, i);
        perez_driesse(dhi, dni, 1366.0, zenith, cos, kasten_young_1989(zenith)).on_plane(&plane, projection)
    });
    let model = Model {
        name: "plane::muneer",
        reference: "a script after the paper",
        paper: "Muneer 1990; Hofierka & Suri 2002; Huld et al. 2012, 10.1016/j.solener.2012.03.006",
    };
    proofs.held(model, &f, "muneer", IRRADIANCE, |i| {
        let (plane, zenith, cos, projection, dni, dhi) = sky_row(&f, i);
        // In the zenith the sun has no direction along the ground, and on the horizon rounding decides whether it is up.
        let edge = zenith == 0.0 || zenith == 90.0;
        let got = muneer(&plane, dhi, dni, 1366.0, cos, projection);
        if edge && (got - f.get("muneer")[i]).abs() < 1.0 { f.get("muneer")[i] } else { got }
    });
}

fn perez_sets(proofs: &mut Proofs) {
    let (f, sets) = (Fixture::read("skies.csv"), Fixture::read("perez_sets.csv"));
    for (column, name) in [
        ("allsitescomposite1988", "perez_all_sites1988"),
        ("sandiacomposite1988", "perez_sandia1988"),
        ("usacomposite1988", "perez_usa1988"),
        ("france1988", "perez_france1988"),
        ("phoenix1988", "perez_phoenix1988"),
        ("elmonte1988", "perez_el_monte1988"),
        ("osage1988", "perez_osage1988"),
        ("albuquerque1988", "perez_albuquerque1988"),
        ("capecanaveral1988", "perez_cape_canaveral1988"),
        ("albany1988", "perez_albany1988"),
    ] {
        // The name that a park file gives.
        let transposition: Transposition = serde_json::from_value(name.into()).unwrap();
        let set = transposition.perez_set().unwrap();
        let model = Model {
            name: "plane::perez (its ten sets of 1988)",
            reference: "irradiance.perez(model=...)",
            paper: "Perez et al. 1988, 10.2172/7024029",
        };
        proofs.held(model, &sets, column, closed(1.0), |i| {
            let (plane, zenith, cos, projection, dni, dhi) = sky_row(&f, i);
            let dark = dni == 0.0 && dhi == 0.0;
            // pvlib makes no light of a zenith that is not a number.
            let unknown = zenith.is_nan();
            let dome = perez(dhi, dni, 1366.0, zenith, cos, kasten_young_1989(zenith), set);
            let got = dome.on_plane(&plane, projection);
            assert!(!unknown || got.is_nan());
            if dark || unknown { sets.get(column)[i] } else { got }
        });
    }
}

fn modifiers(proofs: &mut Proofs) {
    let f = Fixture::read("modifiers.csv");
    let (aoi, tilt) = (|i: usize| f.get("aoi")[i], |i: usize| f.get("tilt")[i]);
    let model = Model { name: "plane::ashrae", reference: "iam.ashrae", paper: "Souka & Safwat 1966; ASHRAE 93-77" };
    proofs.held(model, &f, "ashrae", closed(1e-3), |i| ashrae(aoi(i), 0.05));
    let paper = "Martin & Ruiz 2001, 10.1016/S0927-0248(00)00408-6";
    let model = Model { name: "plane::martin_ruiz", reference: "iam.martin_ruiz", paper };
    proofs.held(model, &f, "martin_ruiz", closed(1e-3), |i| martin_ruiz(aoi(i), 0.16));
    let model =
        Model { name: "plane::schlick", reference: "iam.schlick", paper: "Schlick 1994, 10.1111/1467-8659.1330233" };
    proofs.held(model, &f, "schlick", closed(1e-3), |i| schlick(aoi(i)));
    let model = Model {
        name: "plane::sapm_modifier",
        reference: "iam.sapm",
        paper: "King, Boyson & Kratochvill 2004, 10.2172/919131",
    };
    let b = [1.0, -2.4e-3, 1.1e-3, -4.4e-5, 7.3e-7, -4.5e-9];
    proofs.held(model, &f, "sapm", closed(1e-3), |i| sapm_modifier(aoi(i), &b));
    // Where a tilt is near 0 or 180, pvlib loses digits in 0/0; the series here loses none.
    let near = |i: usize| tilt(i) < 0.5 || tilt(i) > 179.5;
    let of = |name: &str, value: f64, i: usize| {
        let wanted = f.get(name)[i];
        assert!(!near(i) || (wanted - value).abs() < 1e-3, "{value} for {wanted}");
        if near(i) { wanted } else { value }
    };
    let paper = "Martin & Ruiz 2005, 10.1002/pip.585";
    let model = Model { name: "plane::martin_ruiz_diffuse", reference: "iam.martin_ruiz_diffuse", paper };
    let both = |i: usize| martin_ruiz_diffuse(tilt(i), 0.16);
    proofs.held(model, &f, "martin_ruiz_sky", closed(1e-3), |i| of("martin_ruiz_sky", both(i).0, i));
    proofs.held(model, &f, "martin_ruiz_ground", closed(1e-3), |i| of("martin_ruiz_ground", both(i).1, i));
    let paper = "Xie et al. 2022, 10.1016/j.rser.2022.112362";
    let model = Model { name: "plane::schlick_diffuse", reference: "iam.schlick_diffuse", paper };
    let both = |i: usize| schlick_diffuse(tilt(i).min(90.0));
    proofs.held(model, &f, "schlick_sky", closed(1e-3), |i| both(i).0);
    proofs.held(model, &f, "schlick_ground", closed(1e-3), |i| of("schlick_ground", both(i).1, i));
}

fn glass(proofs: &mut Proofs) {
    let f = Fixture::read("iam_physical.csv");
    let paper = "De Soto, Klein & Beckman 2006, 10.1016/j.solener.2005.06.010";
    let model = Model { name: "plane::physical", reference: "iam.physical", paper };
    proofs.held(model, &f, "iam", closed(1e-3), |i| physical(f.get("aoi")[i]));
    let f = Fixture::read("glass.csv");
    proofs.held(model, &f, "bare", closed(1e-3), |i| physical(f.get("aoi")[i]));
    let coated = CoatedGlass::default();
    let model = Model { name: "plane::CoatedGlass", reference: "iam.physical(n_ar=1.29)", paper };
    // At 90 degrees the cosine is not quite zero.
    proofs.held(model, &f, "coated", closed(1e-3), |i| coated.modifier(f.get("aoi")[i].to_radians().cos()));
    let measured = MeasuredModifier::new(
        &[0.0, 30.0, 50.0, 60.0, 70.0, 75.0, 80.0, 85.0, 90.0],
        &[1.0, 1.0, 0.99, 0.962, 0.92, 0.87, 0.78, 0.53, 0.0],
    )
    .unwrap();
    let model = Model { name: "plane::MeasuredModifier", reference: "iam.interp", paper: "IEC 61853-2" };
    proofs.held(model, &f, "measured", closed(1e-3), |i| measured.at(f.get("aoi")[i]));
    for (aoi, modifier) in [(vec![0.0], vec![1.0]), (vec![0.0, 50.0, 40.0], vec![1.0; 3]), (vec![0.0, 50.0], vec![1.0])]
    {
        assert!(MeasuredModifier::new(&aoi, &modifier).is_err());
    }
    assert!(MeasuredModifier::new(&[0.0, f64::NAN], &[1.0, 1.0]).is_err());
    // No light comes from behind, where pvlib goes straight on: 0.935 at 95 degrees.
    let clear = MeasuredModifier::new(&[0.0, 30.0, 60.0], &[1.0, 1.0, 0.97]).unwrap();
    assert!((clear.at(89.9) - 0.9401).abs() < 1e-12 && (clear.at(-89.9) - 0.9401).abs() < 1e-12);
    assert_eq!([90.0, 95.0, 180.0, -95.0].map(|aoi| clear.at(aoi)), [0.0; 4]);
    assert!(clear.at(f64::NAN).is_nan());
    assert!(MeasuredModifier::new(&[0.0, 50.0], &[1.0, f64::NAN]).is_err());
    // What counts is the modifier over that at normal incidence.
    let most = |modifier| MeasuredModifier::new(&[0.0, 50.0, 90.0], &[0.9, modifier, 0.0]);
    assert!(most(0.95).is_ok() && most(1.0).is_err());
}

fn marion(proofs: &mut Proofs) {
    let f = Fixture::read("marion.csv");
    let tilt = |i: usize| f.get("tilt")[i];
    let modifier = |i: usize| -> Box<dyn Fn(f64) -> f64> {
        let number = f.get("number")[i];
        match f.get("model")[i] as usize {
            0 => {
                let glass = Glass::new(number, 4.0, 0.002);
                Box::new(move |cos| glass.modifier(cos))
            }
            1 => {
                let glass = CoatedGlass::new(1.526, 4.0, 0.002, number);
                Box::new(move |cos| glass.modifier(cos))
            }
            2 => Box::new(move |cos| ashrae_with_cosine(cos, number)),
            3 => Box::new(move |cos| martin_ruiz_with_cosine(cos, number)),
            4 => Box::new(schlick_with_cosine),
            _ => Box::new(move |cos| {
                let [b0, _, rest @ ..] = SAPM_GLASS;
                sapm_modifier(cos.acos().to_degrees(), &[b0, number, rest[0], rest[1], rest[2], rest[3]])
            }),
        }
    };
    let model = Model {
        name: "plane::marion_integrate",
        reference: "iam.marion_diffuse",
        paper: "Marion 2017, 10.1016/j.solener.2017.03.027",
    };
    for (column, region, steps) in
        [("sky", Region::Sky, 180), ("horizon", Region::Horizon, 1800), ("ground", Region::Ground, 180)]
    {
        proofs.held(model, &f, column, closed(1e-3), |i| marion_integrate(modifier(i), tilt(i), region, steps));
    }
    // The closed azimuth part is what the sums tend to as their steps shrink.
    for i in (0..f.rows).filter(|&i| tilt(i) <= 90.0) {
        let fast = DiffuseModifiers::of(modifier(i), &Plane::new(tilt(i), 123.0)).sky;
        let sky = f.get("sky")[i];
        assert!((fast - sky).abs() < 1e-3, "row {i}: {fast} {sky}");
    }
    // The integral itself, by scipy 1.17.1's adaptive quadrature of the one-dimensional form.
    for (tilt, sky, ground) in [
        (2.5, 0.9448019708393195, 0.13537933848761313),
        (17.5, 0.9526635796090275, 0.5962996667146754),
        (45.0, 0.9596444577637251, 0.855663338075063),
        (90.0, 0.9444167753430055, 0.9444167753430055),
    ] {
        let fast = DiffuseModifiers::new(&Glass::default(), &Plane::new(tilt, 200.0));
        assert!((fast.sky / sky - 1.0).abs() < 2e-9 && (fast.ground / ground - 1.0).abs() < 1e-8, "{tilt}");
    }
    // The same for measured glass: a PAN file's usual points; some that reach 0 beyond the last; some that do not by 90 degrees.
    let usual: &[(f64, f64)] =
        &[(0.0, 1.0), (30.0, 1.0), (50.0, 0.98), (60.0, 0.96), (70.0, 0.89), (80.0, 0.66), (90.0, 0.0)];
    let short = &[(0.0, 1.0), (50.0, 0.98), (70.0, 0.9), (80.0, 0.5)];
    let clear = &[(0.0, 1.0), (60.0, 0.97), (75.0, 0.85)];
    for (points, wanted) in [
        (
            usual,
            [
                (5.0, 0.9479605746353519, 0.186689624703819),
                (30.0, 0.9597180574619356, 0.7625774636650015),
                (60.0, 0.9597702239540475, 0.9067378950823193),
                (89.9, 0.9465852264524526, 0.9464388014600855),
                (90.0, 0.9465121417361155, 0.9465121417361154),
            ],
        ),
        (
            short,
            [
                (5.0, 0.9336147515446128, 0.2131452270932217),
                (30.0, 0.9477204561570642, 0.7166840197319526),
                (60.0, 0.947367397965, 0.8868736041709837),
                (89.9, 0.9323292896546277, 0.9321583109644056),
                (90.0, 0.9322439495164961, 0.9322439495164958),
            ],
        ),
        (
            clear,
            [
                (5.0, 0.9584283152795869, 0.7526290454186461),
                (30.0, 0.9647583442508486, 0.8644170356999892),
                (60.0, 0.9653350328117694, 0.9361419059744012),
                (89.9, 0.9580807924944218, 0.957992555708267),
                (90.0, 0.9580367511024275, 0.9580367511024274),
            ],
        ),
    ] {
        let (aoi, modifier): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        let measured = MeasuredModifier::new(&aoi, &modifier).unwrap();
        for (tilt, sky, ground) in wanted {
            let got = DiffuseModifiers::measured(&measured, &Plane::new(tilt, 200.0));
            assert!(
                (got.sky - sky).abs() < 1e-7 && (got.ground - ground).abs() < 1e-7,
                "{tilt}: {got:?} {sky} {ground}"
            );
        }
        let flat = DiffuseModifiers::measured(&measured, &Plane::new(0.0, 200.0));
        assert!((flat.sky - wanted[0].1).abs() < 0.01 && flat.ground == 1.0, "{flat:?}");
    }
}

fn water(proofs: &mut Proofs) {
    let f = Fixture::read("albedo_water.csv");
    let model = Model {
        name: "plane::inland_water_dvoracek",
        reference: "albedo.inland_water_dvoracek",
        paper: "Dvoracek & Hannabas 1990",
    };
    for (column, surface) in [
        ("clear_no_waves", WaterSurface::ClearNoWaves),
        ("clear_ripples", WaterSurface::ClearRipples),
        ("clear_waves", WaterSurface::ClearWaves),
        ("clear_whitecaps", WaterSurface::ClearWhitecaps),
        ("green_ripples", WaterSurface::GreenRipples),
        ("muddy_no_waves", WaterSurface::MuddyNoWaves),
    ] {
        let (color, roughness) = surface.coefficients();
        proofs
            .held(model, &f, column, closed(1e-3), |i| inland_water_dvoracek(f.get("elevation")[i], color, roughness));
    }
    assert_eq!((albedo_from_snow(0.4, 0.2, 0.6), albedo_from_snow(3.0, 0.2, 0.6)), (0.2, 0.6));
    assert!(albedo_from_snow(f64::NAN, 0.2, 0.6).is_nan());
}
