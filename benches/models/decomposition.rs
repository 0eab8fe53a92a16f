//! GHI taken apart, completed and held to its limits.

use rooftop_pv::plane::{GtiColumns, GtiDirint, Plane};
use rooftop_pv::sky::{self, ClearColumns, Decomposition, DecompositionColumns, LimitColumns};

use crate::{Bench, Hours, N};

fn columns(hours: &Hours) -> DecompositionColumns<'_> {
    DecompositionColumns {
        ghi: &hours.ghi,
        zenith: &hours.zenith,
        dni_extra: &hours.dni_extra,
        pressure: &hours.pressure,
        temp_dew: Some(&hours.temp_air),
        follows: None,
        clear: None,
    }
}

pub fn benches(bench: &mut Bench<'_, '_>) {
    bench.block(
        "erbs",
        #[inline(always)]
        |hours, i| sky::erbs(hours.ghi[i], hours.zenith[i], hours.dni_extra[i]).dni,
    );
    bench.block(
        "erbs_driesse",
        #[inline(always)]
        |hours, i| sky::erbs_driesse(hours.ghi[i], hours.zenith[i], hours.dni_extra[i]).dni,
    );
    bench.block(
        "orgill_hollands",
        #[inline(always)]
        |hours, i| sky::orgill_hollands(hours.ghi[i], hours.zenith[i], hours.dni_extra[i]).dni,
    );
    bench.block(
        "boland",
        #[inline(always)]
        |hours, i| {
            let (ghi, zenith) = (hours.ghi[i], hours.zenith[i]);
            sky::boland(ghi, zenith, hours.dni_extra[i], &sky::BolandCoefficients::HOUR).dni
        },
    );
    bench.block(
        "louche",
        #[inline(always)]
        |hours, i| sky::louche(hours.ghi[i], hours.zenith[i], hours.dni_extra[i]).dni,
    );
    bench.block(
        "disc",
        #[inline(always)]
        |hours, i| sky::disc(hours.ghi[i], hours.zenith[i], hours.dni_extra[i], hours.airmass[i]).dni,
    );
    bench.columns("dirint", |hours, out| {
        out.copy_from_slice(&sky::dirint(&columns(hours), true).expect("columns of one length"));
    });
    bench.columns("dirindex", |hours, out| {
        let dni = sky::dirindex(&columns(hours), &hours.poa, &hours.dni, true).expect("columns of one length");
        out.copy_from_slice(&dni);
    });
    for model in [
        Decomposition::Erbs,
        Decomposition::ErbsDriesse,
        Decomposition::OrgillHollands,
        Decomposition::Boland,
        Decomposition::Louche,
        Decomposition::Disc,
        Decomposition::Dirint,
        Decomposition::Dirindex,
    ] {
        bench.columns(&format!("split, {model:?}"), |hours, out| {
            let clear = Some(ClearColumns { ghi: &hours.poa, dni: &hours.dni });
            let given = DecompositionColumns { clear, ..columns(hours) };
            out.copy_from_slice(&model.split(&given).expect("columns of one length").0);
        });
    }
    tilted(bench);
    completed(bench);
    months(bench);
}

fn tilted(bench: &mut Bench<'_, '_>) {
    let plane = Plane::new(30.0, 180.0);
    bench.columns("gti_dirint", |hours, out| {
        let given = GtiColumns {
            poa_global: &hours.poa,
            solar_zenith: &hours.zenith,
            solar_azimuth: &hours.azimuth,
            dni_extra: &hours.dni_extra,
            pressure: &hours.pressure,
            day: &[0; N],
            temp_dew: None,
            follows: None,
        };
        out.copy_from_slice(&GtiDirint::default().split(&plane, &given).expect("columns of one length").ghi);
    });
}

fn completed(bench: &mut Bench<'_, '_>) {
    bench.block(
        "ghi_from",
        #[inline(always)]
        |hours, i| sky::ghi_from(hours.dni[i], hours.dhi[i], hours.zenith[i]),
    );
    bench.block(
        "dhi_from",
        #[inline(always)]
        |hours, i| sky::dhi_from(hours.ghi[i], hours.dni[i], hours.zenith[i]),
    );
    bench.block(
        "dni_from",
        #[inline(always)]
        |hours, i| sky::dni_from(hours.ghi[i], hours.dhi[i], hours.zenith[i], 900.0),
    );
    bench.block(
        "possible_limits",
        #[inline(always)]
        |hours, i| sky::possible_limits(hours.zenith[i], hours.dni_extra[i]).iter().sum(),
    );
    bench.block(
        "limit_components",
        #[inline(always)]
        |hours, i| {
            let (zenith, extra) = (hours.zenith[i], hours.dni_extra[i]);
            sky::limit_components(hours.poa[i], hours.dni[i], hours.dhi[i], zenith, extra, None).dhi
        },
    );
    bench.columns("limit_columns", |hours, out| {
        let (mut ghi, mut dni) = (hours.poa, hours.dni);
        out.copy_from_slice(&hours.dhi);
        let given = LimitColumns { zenith: &hours.zenith, dni_extra: &hours.dni_extra, clear: None, step_h: 1.0 };
        let _ = sky::limit_columns(&mut ghi, &mut dni, out, &given);
    });
}

fn months(bench: &mut Bench<'_, '_>) {
    bench.block(
        "liu_jordan_monthly",
        #[inline(always)]
        |hours, i| sky::liu_jordan_monthly(hours.clearsky_index[i]),
    );
    bench.block(
        "page_monthly",
        #[inline(always)]
        |hours, i| sky::page_monthly(hours.clearsky_index[i]),
    );
    bench.block(
        "collares_pereira_rabl_monthly",
        #[inline(always)]
        |hours, i| sky::collares_pereira_rabl_monthly(hours.clearsky_index[i], hours.azimuth[i] / 2.0),
    );
    bench.block(
        "collares_pereira_rabl_daily",
        #[inline(always)]
        |hours, i| sky::collares_pereira_rabl_daily(hours.clearsky_index[i]),
    );
    bench.block(
        "erbs_monthly",
        #[inline(always)]
        |hours, i| sky::erbs_monthly(hours.clearsky_index[i], hours.azimuth[i] / 2.0),
    );
    bench.block(
        "hourly_diffuse_ratio",
        #[inline(always)]
        |hours, i| sky::hourly_diffuse_ratio(hours.zenith[i], 100.0),
    );
    bench.block(
        "hourly_global_ratio",
        #[inline(always)]
        |hours, i| sky::hourly_global_ratio(hours.zenith[i], 100.0),
    );
}
