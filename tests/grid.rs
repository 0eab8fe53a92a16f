//! What limits the inverters, what lies behind them, and what changes the sky or the ground of a park: each against its scalar function,
//! record by record.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::Datelike;
use rooftop_pv::inverter::library::InverterLibrary;
use rooftop_pv::inverter::{
    DeratingCurve, LetidRates, LetidState, LinearDerating, ReactiveDuty, Transformer, WithinHour, grid_limit, pvwatts,
};
use rooftop_pv::plane::{
    Plane, RowPair, SnowMonths, Townsend, WaterSurface, albedo_from_snow, inland_water_dvoracek, loss_townsend,
    masking_angle_passias, projected_solar_zenith_angle, sky_diffuse_passias,
};
use rooftop_pv::plant::{Clipping, InverterModel, InverterParameters};
use rooftop_pv::simulate::{Daylight, Hourly, Job, Sweep, Year, fleet};
use rooftop_pv::sky::{ClearColumns, Decomposition, DecompositionColumns, extra_radiation_spencer};
use rooftop_pv::sun::SunTable;
use rooftop_pv::weather::{Columns, climate};
use rooftop_pv::{Error, Plant, SunAt, TimeAxis, Weather};

fn weather() -> Weather {
    Weather::synthetic(climate::station("Zhangqiu").unwrap(), 2023, 1).unwrap()
}

fn park(array: &str, rest: &str) -> Result<Plant, Error> {
    let text = format!(
        "[site]\nlatitude = 36.7\nlongitude = 117.5\n[[array]]\ncapacity_kw = 100\ntilt_deg = 20\nazimuth_deg = 180\n{array}\n{rest}\n"
    );
    Plant::from_toml(&text, "park.toml")
}

/// A park's year with its hours; the ledger's product is what the meter shows, and every way to run it gives the same.
fn simulated(plant: &Plant, weather: &Weather) -> (Year, Hourly) {
    let mut year = plant.simulate(weather).unwrap();
    let product: f64 = year.ledger.steps().iter().map(|step| step.factor).product();
    assert!((year.ledger.steps()[0].energy_kwh * product / year.ac_kwh - 1.0).abs() < 1e-9);
    let months: f64 = year.monthly.iter().map(|month| month.ac_kwh).sum();
    let arrays: f64 = year.arrays.iter().map(|array| array.ac_kwh).sum();
    assert!((months / year.ac_kwh - 1.0).abs() < 1e-12 && (arrays / year.ac_kwh - 1.0).abs() < 1e-12);
    let table = SunTable::new(Arc::clone(weather.axis()));
    let again = plant.simulate_with(weather, &table).unwrap();
    assert_eq!((again.ac_kwh.to_bits(), &again.notes), (year.ac_kwh.to_bits(), &year.notes));
    // A sweep that comes from another plant, and goes back to it, keeps nothing of it.
    let prepared = plant.prepared(weather).unwrap();
    let daylight = Daylight::of(&prepared, &table.into(), plant.models.transposition).unwrap();
    let mut sweep = Sweep::new(&daylight, &prepared).unwrap();
    let mut plain = plant.clone();
    (plain.grid, plain.letid, plain.inverter.clipping) = Default::default();
    (plain.inverter.derating, plain.inverter.power_factor, plain.inverter.reactive_kvar) = (None, None, None);
    let before = sweep.totals(&plain).unwrap();
    assert_eq!(sweep.totals(plant).unwrap().ac_kwh.to_bits(), year.ac_kwh.to_bits());
    assert_eq!(sweep.totals(&plain).unwrap(), before);
    let hourly = year.hourly.take().unwrap();
    (year, hourly)
}

fn near(got: f64, wanted: f64, what: &str) {
    assert!((got - wanted).abs() < 1e-9 * (1.0 + wanted.abs()), "{what}: {got} {wanted}");
}

#[test]
fn night_transformer_and_limit_of_the_grid() {
    let weather = weather();
    let two = "[[array]]\ncapacity_kw = 60\ntilt_deg = 30\nazimuth_deg = 90\n[losses]\nac = 0.01";
    let (plain, hours) = simulated(&park("", two).unwrap(), &weather);
    let grid = "[grid]\nlimit_kw = 90\nnight_kw = 0.2\n[grid.transformer]\nrating_kw = 140\nno_load_loss = 0.002\nload_loss = 0.01";
    let (year, limited) = simulated(&park("", &format!("{two}\n{grid}")).unwrap(), &weather);
    let transformer = Transformer { no_load_loss: 0.002, load_loss: 0.01, rating: 140.0 };
    let mut sum = 0.0;
    for (i, ac) in hours.ac_kw.iter().enumerate() {
        // Plain power has been through the constant loss already.
        let awake = if *ac > 0.0 { *ac } else { -0.2 };
        let wanted = grid_limit(transformer.output(awake), 0.0, 90.0).exported;
        near(limited.ac_kw[i], wanted, "meter");
        sum += wanted;
    }
    near(year.ac_kwh, sum, "year");
    for step in ["night draw of the inverters", "transformer", "limit of the grid"] {
        let factor = year.ledger.step(step).unwrap().factor;
        println!("{step}: {factor:.5}");
        assert!((0.7..1.0).contains(&factor));
    }
    assert!(plain.ledger.step("transformer").is_none() && year.ac_kwh < plain.ac_kwh);
    // What resistance takes grows with the square of the power.
    let (year, cables) =
        simulated(&park("", &format!("{two}\nac_ohmic = 0.02\n[inverter]\ncapacity_kw = 130")).unwrap(), &weather);
    let thick = simulated(&park("", &format!("{two}\n[inverter]\ncapacity_kw = 130")).unwrap(), &weather).1;
    for (thin, thick) in cables.ac_kw.iter().zip(&thick.ac_kw) {
        near(*thin, thick - 0.02 / 130.0 * thick * thick, "cables");
    }
    assert!((0.98..0.995).contains(&year.ledger.step("resistance of AC cables").unwrap().factor));
    // Sandia's inverters draw what their figures say, unless the park says otherwise.
    let own = "[inverter]\nmodel = \"sandia\"\nname = \"SG125HV\"";
    let (with, hours) = simulated(&park("", own).unwrap(), &weather);
    let none = simulated(&park("", &format!("{own}\n[grid]\nnight_kw = 0")).unwrap(), &weather).0;
    let asleep = hours.ac_kw.iter().filter(|ac| **ac < 0.0).count();
    assert!(asleep > 3000 && with.ac_kwh < none.ac_kwh && none.ac_kwh - with.ac_kwh < 0.01 * none.ac_kwh);
}

#[test]
fn resistance_of_dc_wires() {
    let weather = weather();
    let losses = "[losses]\nsoiling = 0\nshading = 0\nmismatch = 0\nwiring = 0\nconnections = 0\nlid = 0\nnameplate_rating = 0\navailability = 0";
    // All light reaches the cells.
    let glass = "[models]\nincidence = \"none\"";
    let plain = simulated(&park("", &format!("{losses}\n{glass}")).unwrap(), &weather).1;
    let (year, wires) = simulated(&park("", &format!("{losses}\ndc_ohmic = 0.015\n{glass}")).unwrap(), &weather);
    for (i, dc) in plain.dc_kw.iter().enumerate() {
        let lost = 100.0 * 0.015 * (plain.poa_global[i] / 1000.0).powi(2);
        near(wires.dc_kw[i], (dc - lost).max(0.0), "wires");
    }
    let factor = year.ledger.step("resistance of DC wires").unwrap().factor;
    println!("resistance of DC wires: {factor:.5}");
    assert!((0.985..0.995).contains(&factor));
}

#[test]
fn snow_by_townsend() {
    let dry = weather();
    let (n, snowy) = (dry.len(), |hour: usize| hour < 31 * 24);
    let depth: Vec<f64> = (0..n).map(|hour| if snowy(hour) { (hour / 240) as f64 * 6.0 } else { 0.0 }).collect();
    let columns = Columns {
        snow_depth: Some(depth),
        relative_humidity: Some((0..n).map(|hour| if snowy(hour) { 70.0 } else { 50.0 }).collect()),
        ..dry.columns().clone()
    };
    let weather = Weather::new(*dry.site(), Arc::clone(dry.axis()), columns, "with snow").unwrap();
    let (bare, hours) = simulated(&park("", "").unwrap(), &weather);
    let row = "[snow]\nmodel = \"townsend\"\n[snow.townsend]\nslant_height_m = 2.0\nlower_edge_height_m = 0.3";
    let (year, _) = simulated(&park("", row).unwrap(), &weather);
    // January's snow comes in three falls of 6 cm.
    let mut twelve = [[0.0; 12]; 5];
    (twelve[0][0], twelve[1][0]) = (18.0, 3.0);
    for (i, air) in weather.columns().temp_air.iter().enumerate() {
        let month = dry.axis().local(i).month0() as usize;
        let records = dry.axis().months()[month].records.len() as f64;
        twelve[2][month] += weather.columns().relative_humidity.as_ref().unwrap()[i] / records;
        twelve[3][month] += air / records;
        twelve[4][month] += hours.poa_global[i];
    }
    let [snow_total, snow_events, relative_humidity, temp_air, poa_global] = &twelve;
    let months = SnowMonths { snow_total, snow_events, relative_humidity, temp_air, poa_global };
    let row = Townsend {
        surface_tilt_deg: 20.0,
        slant_height_m: 2.0,
        lower_edge_height_m: 0.3,
        string_factor: 1.0,
        angle_of_repose_deg: 40.0,
        front_side_fraction: 1.0,
    };
    let losses = loss_townsend(&row, &months).unwrap();
    println!("Townsend: {:.4} in January, {:.4} in February", losses[0], losses[1]);
    for (month, loss) in losses.iter().enumerate() {
        near(year.monthly[month].dc_kwh, bare.monthly[month].dc_kwh * (1.0 - loss), "Townsend");
    }
    assert!(losses[0] > losses[1] && losses[1] > 0.0 && losses[2] == 0.0);
    let error = park("", "[snow]\nmodel = \"townsend\"").unwrap_err().to_string();
    assert!(error.contains("snow.townsend: missing") && error.contains("slant_height_m"), "{error}");
}

#[test]
fn heat_and_reactive_power_lower_the_limit() {
    let weather = weather();
    let temp_air = weather.columns().temp_air.clone();
    let small = "[inverter]\ncapacity_kw = 70\n";
    let hours = simulated(&park("", small).unwrap(), &weather).1;
    let held = |more: &str, limit: &dyn Fn(f64) -> f64| {
        let (year, got) = simulated(&park("", &format!("{small}{more}")).unwrap(), &weather);
        let mut lower = 0;
        for (i, ac) in hours.ac_kw.iter().enumerate() {
            near(got.ac_kw[i], ac.min(limit(temp_air[i])), more);
            lower += usize::from(got.ac_kw[i] < *ac);
        }
        println!("{more}: {:.0} kWh, lower in {lower} hours", year.ac_kwh);
        assert!(lower > 20);
    };
    let line = LinearDerating { start: 15.0, slope: 0.02 };
    held("[inverter.derating.linear]\nstart = 15\nslope = 0.02", &|t| 70.0 * line.share(t));
    let curve = DeratingCurve { points: [(0.0, 1.0), (20.0, 0.9), (30.0, 0.5), (40.0, 0.0)] };
    held("[inverter.derating.curve]\npoints = [[0, 1.0], [20, 0.9], [30, 0.5], [40, 0]]", &|t| 70.0 * curve.power(t));
    held("power_factor = 0.9", &|_| 63.0);
    held("reactive_kvar = -42", &|_| ReactiveDuty::Fixed(-42.0).apply(1e3, 70.0).active);
    held("power_factor = 0.9\n[inverter.derating.linear]\nstart = 15\nslope = 0.02", &|t| 63.0 * line.share(t));
}

#[test]
fn clipping_within_the_hour() {
    let (weather, linke) = (weather(), climate::nearest(36.7, 117.5, None).unwrap().station.linke);
    let small = "[inverter]\ncapacity_kw = 60\n";
    let (mean, hours) = simulated(&park("", small).unwrap(), &weather);
    let clear_sky = weather.under_clear_sky(&linke).unwrap();
    let clear = simulated(&park("", small).unwrap(), &clear_sky).1;
    let (year, got) = simulated(&park("", &format!("{small}clipping = \"within_hour\"")).unwrap(), &weather);
    let mut clipped = vec![0.0; hours.dc_kw.len()];
    WithinHour::default().clipped(&hours.dc_kw, &clear.dc_kw, 60.0 / 0.96, &mut clipped).unwrap();
    for (i, dc) in hours.dc_kw.iter().enumerate() {
        // The search for the inverter's DC limit finds where its curve, not the rated point, reaches the rated power.
        assert!((got.ac_kw[i] - pvwatts(dc - clipped[i], 60.0 / 0.96, 0.96)).abs() < 0.3, "{i}");
        assert!(got.ac_kw[i] <= hours.ac_kw[i] + 1e-9);
    }
    let allen = simulated(&park("", &format!("{small}clipping = \"allen_2022\"")).unwrap(), &weather).0;
    println!("means {:.0}, within the hour {:.0}, Allen {:.0} kWh", mean.ac_kwh, year.ac_kwh, allen.ac_kwh);
    for better in [year, allen] {
        assert!((0.95..0.999).contains(&(better.ac_kwh / mean.ac_kwh)));
    }
    // Far from the limit nothing is clipped.
    let large = |clipping: &str| {
        let text = format!("[inverter]\ncapacity_kw = 200\nclipping = \"{clipping}\"");
        simulated(&park("", &text).unwrap(), &weather).0.ac_kwh
    };
    near(large("within_hour"), large("mean"), "large");
    let lonely = Plant::from_toml(
        "[site]\nlatitude = -60\nlongitude = 0\n[[array]]\ncapacity_kw = 1\ntilt_deg = 0\nazimuth_deg = 0\n[inverter]\nclipping = \"within_hour\"\n",
        "park.toml",
    );
    let error = lonely.unwrap_err().to_string();
    assert!(error.contains("site.linke_turbidity") && error.contains("twelve"), "{error}");
}

/// Reactive power lowers the limit within the hour, too, and no kind of inverter keeps the limit from being found.
#[test]
fn clipping_within_the_hour_by_any_limit() {
    let weather = weather();
    let ratio = |size: &str, clipping: &str| {
        let text = format!("[inverter]\n{size}\nclipping = \"{clipping}\"");
        simulated(&park("", &text).unwrap(), &weather).0.ac_kwh
    };
    for clipping in ["within_hour", "allen_2022"] {
        let small = ratio("capacity_kw = 60", clipping) / ratio("capacity_kw = 60", "mean");
        let by_duty = "capacity_kw = 75\npower_factor = 0.8";
        let held = ratio(by_duty, clipping) / ratio(by_duty, "mean");
        println!("{clipping}: {small:.4} of the means' by a limit of 60 kW, {held:.4} by a power factor");
        assert!((held - small).abs() < 0.002 && small < 0.995);
    }
    let library = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/library/adr_inverters.csv");
    let InverterLibrary::Adr(inverters) = InverterLibrary::from_file(library).unwrap() else { panic!() };
    let mut plant = park("", "[inverter]\nmodel = \"curve\"\n[inverter.parameters.curve]\nnominal_w = 5e4\nefficiency = [[0.1, 0.97], [1, 0.98]]").unwrap();
    for ratio in [1.2, 2.0, 3.0] {
        for entry in &inverters.entries {
            plant.inverter.model = InverterModel::Adr;
            plant.inverter.parameters = Some(Box::new(InverterParameters::Adr(entry.parameters)));
            (plant.inverter.dc_ac_ratio, plant.inverter.clipping) = (Some(ratio), Clipping::Mean);
            let mean = plant.simulate(&weather).unwrap().ac_kwh;
            plant.inverter.clipping = Clipping::WithinHour;
            let within = plant.simulate(&weather).unwrap().ac_kwh;
            assert!((0.9..=1.0).contains(&(within / mean)), "{} {ratio}: {within} {mean}", entry.name);
        }
    }
    // Quarters of an hour hold their own peaks.
    let quarters = |from: &Weather| {
        let starts: Vec<i64> = (0..96).map(|k| from.axis().start(4000) + k * 900).collect();
        let axis = TimeAxis::new(starts, 900, from.axis().utc_offset_s(), SunAt::Sunlit).unwrap();
        let part = |column: &[f64]| column[4000..4096].to_vec();
        let c = from.columns();
        let columns = Columns {
            ghi: part(&c.ghi),
            dni: part(&c.dni),
            dhi: part(&c.dhi),
            temp_air: part(&c.temp_air),
            wind_speed: part(&c.wind_speed),
            ..Columns::default()
        };
        Weather::new(*from.site(), axis, columns, "quarters").unwrap()
    };
    let error = park("", "[inverter]\nclipping = \"within_hour\"").unwrap().simulate(&quarters(&weather)).unwrap_err();
    assert!(error.to_string().contains("inverter.clipping") && error.to_string().contains("15 minutes"), "{error}");
}

/// Fleets share what a weather's plants have in common, but not what a plant makes of it for itself.
#[test]
fn fleets_of_plants_that_make_their_weather_anew() {
    let weather = weather();
    for rest in ["[models]\ndecomposition = \"erbs\"", "[weather]\nlimits = \"clear_sky\"", ""] {
        let plant = park("", rest).unwrap();
        let one = plant.simulate(&weather).unwrap().specific_yield_kwh_per_kw;
        let job = |_: usize| Ok(Job { plant: Cow::Borrowed(&plant), weather: Cow::Borrowed(&weather) });
        let summary = fleet(4, job, |_| ()).unwrap();
        assert!((summary.min_yield - one).abs() < 1e-9 && (summary.max_yield - one).abs() < 1e-9, "{rest}");
    }
}

#[test]
fn degradation_by_light_and_heat_and_first_years() {
    let weather = weather();
    let (_, hours) = simulated(&park("", "").unwrap(), &weather);
    let letid = "[letid]\nloss = 0.06\ninjection = 0.1\ndegraded = 0.3\nregenerated = 0.1";
    let (year, got) = simulated(&park("", letid).unwrap(), &weather);
    let mut state = LetidState { degraded: 0.3, regenerated: 0.1 };
    // Cool modules go back to the state that costs nothing.
    let mut without_way_back = state;
    let one_way = LetidRates { recovery: (0.0, 0.0), ..LetidRates::REPINS };
    for i in 0..hours.dc_kw.len() {
        let lit = hours.poa_global[i] > 0.0;
        near(got.dc_kw[i], hours.dc_kw[i] * (1.0 - if lit { 0.06 * state.degraded } else { 0.0 }), "letid");
        let injection = 0.1 * hours.poa_global[i] / 1000.0;
        state.step(1.0, hours.temp_cell[i], injection, &LetidRates::REPINS);
        without_way_back.step(1.0, hours.temp_cell[i], injection, &one_way);
    }
    let factor = year.ledger.step("degradation by light and heat").unwrap().factor;
    let (degraded, one_way) = (state.degraded, without_way_back.degraded);
    println!(
        "degradation by light and heat: {factor:.5}, at the end {degraded:.3} of the defects, {one_way:.3} if none went back"
    );
    assert!((0.9..1.0).contains(&factor) && degraded > 0.001 && degraded < one_way - 0.01);

    let plant = park("", "[lifetime]\nyears = 30\ndegradation = 0.004\nfirst_year = 0.02").unwrap();
    let life = year.lifetime_kwh(&plant.lifetime);
    let warranty = 0.98 * 0.996_f64.powi(28);
    assert!((life[0] / year.ac_kwh - 1.0).abs() < 1e-15 && (life[1] / year.ac_kwh - 0.98).abs() < 1e-14);
    assert!((life[29] / year.ac_kwh - warranty).abs() < 1e-13 && life.len() == 30);
}

#[test]
fn albedo_by_month_snow_and_water() {
    let dry = weather();
    let n = dry.len();
    let depth: Vec<f64> = (0..n).map(|hour| if hour < 900 { (hour / 300) as f64 } else { 0.0 }).collect();
    let columns = Columns { snow_depth: Some(depth.clone()), ..dry.columns().clone() };
    let weather = Weather::new(*dry.site(), Arc::clone(dry.axis()), columns, "with snow").unwrap();
    let on_wall = |array: &str, rest: &str| {
        let mut plant = park(array, rest).unwrap();
        plant.array[0].tilt_deg = 90.0;
        simulated(&plant, &weather).1
    };
    let black = on_wall("albedo = 0.0", "");
    let ghi = &weather.columns().ghi;
    let held = |array: &str, rest: &str, albedo: &dyn Fn(usize) -> f64| {
        let got = on_wall(array, rest);
        for i in 0..n {
            // Half of what a wall sees is ground.
            let lit = got.poa_global[i] > 0.0;
            near(got.poa_global[i], black.poa_global[i] + if lit { 0.5 * ghi[i] * albedo(i) } else { 0.0 }, rest);
        }
    };
    let months = [0.6, 0.5, 0.3, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.5];
    let month = |i: usize| months[dry.axis().local(i).month0() as usize];
    held("", &format!("[albedo]\nmodel = \"monthly\"\nmonthly = {months:?}"), &month);
    held("albedo = 0.35", "[albedo]\nmodel = \"snow\"\nsnow = 0.8", &|i| albedo_from_snow(depth[i], 0.35, 0.8));
    held("", "[albedo]\nmodel = \"snow\"", &|i| albedo_from_snow(depth[i], 0.2, 0.6));
    let (color, roughness) = WaterSurface::GreenRipples.coefficients();
    let water = |i: usize| inland_water_dvoracek(90.0 - black.solar_zenith[i], color, roughness);
    held("", "[albedo]\nmodel = \"inland_water\"\nwater = \"green_ripples\"", &water);
    // An array's own albedo stands.
    held("albedo = 0.5", "[albedo]\nmodel = \"inland_water\"", &|_| 0.5);
    let error = park("", "[albedo]\nmodel = \"snow\"").unwrap().simulate(&dry).unwrap_err().to_string();
    assert!(error.contains("albedo.model") && error.contains("depth of snow"), "{error}");
}

#[test]
fn dirindex_follows_the_turbidity() {
    let weather = weather();
    let linke = [3.0; 12];
    let split = weather.decomposed_under(Decomposition::Dirindex, &linke).unwrap();
    let clear = weather.under_clear_sky(&linke).unwrap();
    let degrees = |cos: &f64| cos.clamp(-1.0, 1.0).acos().to_degrees();
    let table = SunTable::new(Arc::clone(weather.axis()));
    let zenith: Vec<f64> = table.cos_zenith(weather.site(), 0.0).iter().map(degrees).collect();
    let extra: Vec<f64> =
        (0..weather.len()).map(|i| extra_radiation_spencer(f64::from(weather.axis().day_of_year(i)))).collect();
    let (ghi, pressure) = (&weather.columns().ghi, vec![weather.site().pressure(); weather.len()]);
    let columns = DecompositionColumns {
        ghi,
        zenith: &zenith,
        dni_extra: &extra,
        pressure: &pressure,
        temp_dew: None,
        follows: None,
        clear: Some(ClearColumns { ghi: &clear.columns().ghi, dni: &clear.columns().dni }),
    };
    let wanted = rooftop_pv::sky::dirindex(&columns, &clear.columns().ghi, &clear.columns().dni, true).unwrap();
    let (mut compared, mut sum) = (0, 0.0);
    for (i, wanted) in wanted.iter().enumerate() {
        let dni = split.columns().dni[i];
        sum += dni;
        // Where nothing limits it.
        let free = zenith[i] < 85.0
            && dni > 0.0
            && dni < 0.999 * ghi[i] / zenith[i].to_radians().cos()
            && dni < 0.999 * extra[i];
        if free {
            assert!((dni / wanted - 1.0).abs() < 1e-9, "{i}: {dni} {wanted}");
            compared += 1;
        }
    }
    println!("DIRINDEX: {compared} hours compared, {:.0} kWh/m2", sum / 1000.0);
    assert!(compared > 1500);
    // The same light under a more turbid sky is a clearer day.
    let hazy: f64 = weather.decomposed_under(Decomposition::Dirindex, &[6.0; 12]).unwrap().columns().dni.iter().sum();
    println!("{:.0} kWh/m2 of beam by a turbidity of 3, {:.0} by 6", sum / 1000.0, hazy / 1000.0);
    assert!((hazy / sum - 1.0).abs() > 0.01);
    // In a park, by the site's own turbidity or the nearest station's.
    let named = |site: &str| {
        let text = format!("{site}\n[models]\ndecomposition = \"dirindex\"");
        let plant = park("", &text).unwrap();
        plant.simulate(&weather).unwrap().ac_kwh
    };
    assert!(named("") > 50e3);
    let mut plant = park("", "[models]\ndecomposition = \"dirindex\"").unwrap();
    plant.site.linke_turbidity = Some([6.0; 12]);
    assert!((plant.simulate(&weather).unwrap().ac_kwh / named("") - 1.0).abs() > 1e-3);
}

#[test]
fn impossible_irradiance_is_held_and_told() {
    let good = weather();
    let mut columns = good.columns().clone();
    let noon = 180 * 24 + 12;
    columns.dni[noon] = 1600.0;
    columns.ghi[noon + 24] = 2400.0;
    let bad = Weather::new(*good.site(), Arc::clone(good.axis()), columns, "with slips").unwrap();
    let (held, report) = bad.limited(None).unwrap();
    assert!(report.dni.count >= 1 && report.ghi.count >= 1 && held.columns().dni[noon] < 1400.0);
    let plant = park("", "[weather]\nlimits = \"possible\"").unwrap();
    let (year, _) = simulated(&plant, &bad);
    println!("{}", year.notes.join("\n"));
    assert!(year.notes.iter().any(|note| note.contains("repaired") && note.contains("ghi in")), "{:?}", year.notes);
    assert_eq!(year.ac_kwh.to_bits(), park("", "").unwrap().simulate(&held).unwrap().ac_kwh.to_bits());
    let clear = park("", "[weather]\nlimits = \"clear_sky\"").unwrap().simulate(&bad).unwrap();
    assert!(clear.ac_kwh <= year.ac_kwh);
    // Limits hold what a decomposition makes, too.
    let both = park("", "[models]\ndecomposition = \"dirindex\"\n[weather]\nlimits = \"clear_sky\"").unwrap();
    let prepared = both.prepared(&bad).unwrap();
    let under = prepared.under_clear_sky(&both.linke_turbidity().unwrap()).unwrap();
    for (dni, clear) in prepared.columns().dni.iter().zip(&under.columns().dni) {
        assert!(*dni <= 1.1 * clear + 1e-6, "{dni} {clear}");
    }
    // Kept daylight has to be of the weather as the plant wants it.
    let table = SunTable::new(Arc::clone(bad.axis())).into();
    let daylight = Daylight::of(&bad, &table, plant.models.transposition).unwrap();
    let error = plant.simulate_on(&daylight, &bad).unwrap_err().to_string();
    assert!(error.contains("weather.limits") && error.contains("Plant::prepared"), "{error}");
}

#[test]
fn what_a_park_names_goes_before_its_preset() {
    let weather = weather();
    let kwh = |more: &str| {
        let text = format!("{more}\n[models]\npreset = \"pvwatts_v8\"");
        simulated(&park("", &text).unwrap(), &weather).0.ac_kwh
    };
    let plain = kwh("");
    let sandia = kwh("[inverter]\nmodel = \"sandia\"\nname = \"SG125HV\"");
    let spectrum = kwh("[spectrum]\nmodel = \"pvspec\"");
    println!("pvwatts_v8 {plain:.0}, with Sandia's inverter {sandia:.0}, with another spectrum {spectrum:.0} kWh");
    for other in [sandia, spectrum] {
        assert!((other / plain - 1.0).abs() > 1e-4 && (other / plain - 1.0).abs() < 0.05);
    }
}

#[test]
fn the_weakest_light_makes_no_negative_power() {
    let bright = weather();
    let columns = bright.columns();
    let dim = |column: &[f64]| column.iter().map(|value| 0.05 * value).collect::<Vec<f64>>();
    let columns = Columns { ghi: dim(&columns.ghi), dni: dim(&columns.dni), dhi: dim(&columns.dhi), ..columns.clone() };
    let weather = Weather::new(*bright.site(), Arc::clone(bright.axis()), columns, "dim").unwrap();
    for power in ["huld_pvgis5", "huld_pvgis6", "pvwatts", "cec"] {
        let (year, hours) = simulated(&park("", &format!("[models]\npower = \"{power}\"")).unwrap(), &weather);
        assert!(year.ac_kwh > 0.0 && hours.dc_kw.iter().all(|dc| *dc >= 0.0), "{power}");
        assert!(hours.ac_kw.iter().all(|ac| *ac >= 0.0), "{power}");
    }
}

#[test]
fn what_cannot_be_is_told() {
    for (rest, parts) in [
        ("[grid]\nlimit_kw = -1", &["grid.limit_kw = -1", "0 to"][..]),
        (
            "[grid.transformer]\nrating_kw = 10\nno_load_loss = 0.001\nload_loss = 0.01",
            &["grid.transformer.rating_kw", "cannot carry"],
        ),
        ("[grid.transformer]\nrating_kw = 100\nno_load_loss = 0.2\nload_loss = 0.01", &["no_load_loss = 0.2"]),
        ("[grid.transformer]\nrating_kw = 100", &["grid.transformer.no_load_loss: missing"]),
        ("[inverter]\npower_factor = 1.2", &["inverter.power_factor = 1.2"]),
        ("[inverter]\npower_factor = 0.9\nreactive_kvar = 10", &["drop one of the two"]),
        ("[inverter]\nreactive_kvar = 500", &["inverter.reactive_kvar = 500", "83 kVA"]),
        ("[inverter]\nclipping = \"minute\"", &["inverter.clipping", "mean, within_hour, allen_2022"]),
        ("[inverter.within_hour]\nceiling = 9", &["inverter.within_hour.ceiling = 9", "1 to 2"]),
        ("[inverter.derating.linear]\nstart = 45\nslope = 2.5", &["inverter.derating", "linear.slope = 2.5"]),
        (
            "[inverter.derating.curve]\npoints = [[30, 1.1], [20, 1], [50, 0.5], [60, 0]]",
            &["inverter.derating", "points[1][0] = 20"],
        ),
        ("[letid]\nloss = 6\ninjection = 0.1", &["letid.loss = 6", "6 % is 0.06"]),
        ("[letid]\nloss = 0.06", &["letid.injection: missing"]),
        ("[letid]\nloss = 0.06\ninjection = 0.1\ndegraded = 0.7\nregenerated = 0.7", &["letid", "1.4"]),
        ("[albedo]\nmodel = \"monthly\"", &["albedo.monthly: missing", "twelve"]),
        (
            "[albedo]\nmodel = \"monthly\"\nmonthly = [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]",
            &["albedo.monthly", "0 to 1"],
        ),
        ("[albedo]\nmodel = \"inland_water\"\nwater = \"sea\"", &["albedo.water", "muddy_no_waves"]),
        ("[weather]\nlimits = \"clear\"", &["weather.limits", "possible, clear_sky"]),
        ("[grid]\nnight_kw = 50", &["grid.night_kw = 50", "50 W is 0.05 kW"]),
        ("[inverter]\nreactive_kvar = 83.3", &["inverter.reactive_kvar", "nothing would be left"]),
        ("[inverter.derating]\nlinear = { start = 40, slope = 0.02 }\ncurve = { points = [] }", &["give one table"]),
        ("[albedo]\nmodel = \"monthly\"\nmonthly = [0.2]", &["it has 1 entry where 12 are expected"]),
        ("[inverter]\nvoltage_v = 700", &["inverter.voltage_v = 700", "changes nothing"]),
        ("[albedo]\nmonthly = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]", &["albedo.monthly", "changes nothing"]),
        ("[soiling]\nmonthly = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]", &["soiling.monthly", "changes nothing"]),
        ("[snow.townsend]\nslant_height_m = 2\nlower_edge_height_m = 1", &["snow.townsend", "changes nothing"]),
        (
            "[weather]\nclimate = \"Zhangqiu\"\nsensor = { tilt_deg = 10, azimuth_deg = 180 }",
            &["weather.sensor", "Zhangqiu"],
        ),
        ("[lifetime]\nfirst_year = 2", &["lifetime.first_year = 2", "2 % is 0.02"]),
    ] {
        let error = park("", rest).unwrap_err().to_string();
        println!("{error}");
        for part in parts {
            assert!(error.contains(part), "{rest}: {error}\nwanted {part}");
        }
    }
}

#[test]
fn a_tilted_sensor_is_taken_back() {
    let weather = weather();
    // What a sensor on the modules' plane would have measured, with the light of Perez' sky.
    let plane = "[[array]]\ncapacity_kw = 1\ntilt_deg = 35\nazimuth_deg = 180";
    let park = |more: &str| {
        let text = format!("[site]\nlatitude = 36.7\nlongitude = 117.5\n{plane}\nalbedo = 0.2\n{more}");
        Plant::from_toml(&text, "park.toml").unwrap()
    };
    let (year, hours) = simulated(&park(""), &weather);
    let columns = Columns { ghi: hours.poa_global.clone(), ..weather.columns().clone() };
    let measured = Weather::new(*weather.site(), Arc::clone(weather.axis()), columns, "sensor").unwrap();
    let sensor = "[weather.sensor]\ntilt_deg = 35\nazimuth_deg = 180";
    let (again, _) = simulated(&park(sensor), &measured);
    println!(
        "{}\nGHI {:.1} of {:.1} kWh/m2, on the modules {:.1} of {:.1}, {:.2} of {:.2} kWh",
        again.notes.join("\n"),
        again.ghi_kwh_m2,
        year.ghi_kwh_m2,
        again.poa_global_kwh_m2,
        year.poa_global_kwh_m2,
        again.ac_kwh,
        year.ac_kwh
    );
    assert!((again.ghi_kwh_m2 / year.ghi_kwh_m2 - 1.0).abs() < 0.02);
    assert!((again.poa_global_kwh_m2 / year.poa_global_kwh_m2 - 1.0).abs() < 0.01);
    assert!((again.ac_kwh / year.ac_kwh - 1.0).abs() < 0.01);
    assert!(again.notes[0].contains("GTI-DIRINT"));
}

#[test]
fn rows_shade_one_another() {
    let weather = weather();
    let isotropic = "[models]\ntransposition = \"isotropic\"\nincidence = \"none\"";
    let open = simulated(&park("mounting = \"open_rack\"\nalbedo = 0.0", isotropic).unwrap(), &weather).1;
    let rows = "mounting = \"open_rack\"\nalbedo = 0.0\ngcr = 0.6";
    let (year, shaded) = simulated(&park(rows, isotropic).unwrap(), &weather);
    // The same with pvlib's functions, held to pvlib by themselves, on the records' own suns.
    let table = Arc::new(SunTable::new(Arc::clone(weather.axis())));
    let daylight = Daylight::of(&weather, &table, rooftop_pv::plant::Transposition::Isotropic).unwrap();
    let track = daylight.track();
    let sky_kept = 1.0 - sky_diffuse_passias(masking_angle_passias(20.0, 0.6));
    let (pair, plane) = (RowPair::level(0.6, 1.0), Plane::new(20.0, 180.0));
    let azimuth = track.solar_azimuth();
    let mut hidden = 0;
    for run in track.runs() {
        for (k, i) in run.records.clone().enumerate() {
            let at = run.first + k;
            let sky = weather.columns().dhi[i] * plane.sky_view();
            let across = projected_solar_zenith_angle(track.solar_zenith()[at], azimuth[at], 0.0, 90.0);
            let fraction = pair.shaded_fraction1d(across, 20.0, 20.0);
            hidden += usize::from(fraction > 0.0);
            let beam = open.poa_global[i] - sky;
            let wanted = beam * if fraction > 0.0 { 1.0 - fraction } else { 1.0 } + sky * sky_kept;
            assert!((shaded.poa_global[i] - wanted).abs() < 1e-6, "{i}: {} {wanted}", shaded.poa_global[i]);
        }
    }
    let factor = year.ledger.step("shade of other rows").unwrap().factor;
    println!("rows: {factor:.4} of the light, {hidden} hours with shadows");
    assert!((0.93..0.999).contains(&factor) && hidden > 100);
    // Trackers that do not turn back stand in each other's shade morning and evening; those that do, only in their sky's.
    let kept = |more: &str| {
        let text = format!("mounting = \"open_rack\"\ngcr = 0.5\n{more}");
        let mut plant = park(&text, "").unwrap();
        plant.array[0].tilt_deg = 0.0;
        simulated(&plant, &weather).0.ledger.step("shade of other rows").unwrap().factor
    };
    let (turns, turns_back) = (kept("tracking = \"single_axis\""), kept("tracking = \"backtracking\""));
    println!("trackers keep {turns:.4} of the light, those that turn back {turns_back:.4}");
    assert!(turns < turns_back - 0.02 && (0.96..1.0).contains(&turns_back));
    // Flat rows have no shade.
    assert!(kept("") > 1.0 - 1e-9);
}
