//! From the day to the hours, and from global to direct and diffuse.

use super::days::Days;
use super::geometry::Geometry;
use super::random::Normals;
use super::solve;
use crate::math;
use crate::sky::erbs;
use crate::sun::SunTrack;

/// Global horizontal irradiance of every lit record, W/m2; each day has its own clearness index exactly.
///
/// The profile is Collares-Pereira & Rabl's (1979); around it the hours scatter and persist as in Aguiar &
/// Collares-Pereira, Solar Energy 49 (1992), 167, doi:10.1016/0038-092X(92)90068-L ("TAG"). Here the scatter acts on
/// the logit of GHI over that of a very clear sky, so that no hour is darker than night or clearer than clear.
pub(super) fn global(geometry: &Geometry, days: &Days, normals: &mut Normals) -> Vec<f64> {
    let mut ghi = vec![0.0; geometry.h0.len()];
    let mut odds: Vec<f64> = Vec::with_capacity(24);
    let mut most: Vec<f64> = Vec::with_capacity(24);
    for (day, &kt) in geometry.days.iter().zip(&days.kt) {
        let lit = day.lit.clone();
        let shaped: f64 = lit.clone().map(|i| geometry.profile[i] * geometry.h0[i]).sum();
        let clear: f64 = geometry.clear_ghi[lit.clone()].iter().sum();
        let wanted = kt * day.h0;
        if wanted <= 0.0 || shaped <= 0.0 || clear <= 0.0 {
            continue;
        }
        // A climate brighter than the very clear sky lifts that sky.
        let lift = (wanted / (0.985 * clear)).max(1.0);
        // TAG: σ = A exp(B (1 − sin h)), A = 0.14 exp(−20 (K − 0.35)²), B = 3 (K − 0.45)² + 16 K⁵
        let k2 = kt * kt;
        let scatter = 0.14 * math::exp(-20.0 * (kt - 0.35) * (kt - 0.35));
        let slope = 3.0 * (kt - 0.45) * (kt - 0.45) + 16.0 * k2 * k2 * kt;
        // φ₁ = 0.38 + 0.06 cos(7.4 K − 2.5)
        let phi = 0.38 + 0.06 * math::cos(7.4 * kt - 2.5);
        let innovation = (1.0 - phi * phi).sqrt();
        let mut z = normals.draw();
        odds.clear();
        most.clear();
        for i in lit.clone() {
            let top = lift * geometry.clear_ghi[i];
            most.push(top);
            if top <= 0.0 {
                odds.push(0.0);
                continue;
            }
            let h0 = geometry.h0[i];
            let share = (wanted * geometry.profile[i] * h0 / (shaped * top)).clamp(0.005, 0.985);
            let sigma = scatter * math::exp(slope * (1.0 - geometry.sin_h[i]));
            // dq = q (1 − q) dx carries the scatter of the clearness over to the logit.
            let sigma = (sigma * h0 / (top * share * (1.0 - share))).min(1.5);
            odds.push((1.0 - share) / share * math::exp(-sigma * z));
            z = phi * z + innovation * normals.draw();
        }
        let at = |odds: f64, top: f64, shift: f64| top / (1.0 + odds * shift);
        // The shift enters as the logarithm's exponential; one exp a step serves all hours of the day.
        let shift = solve::increasing(-12.0, 12.0, 0.0, 1e-10 * wanted, |x| {
            let shift = math::exp(-x);
            odds.iter().zip(&most).map(|(&o, &top)| at(o, top, shift)).sum::<f64>() - wanted
        });
        let shift = math::exp(-shift);
        for (i, (&o, &top)) in lit.zip(odds.iter().zip(&most)) {
            ghi[i] = at(o, top, shift);
        }
    }
    ghi
}

/// Diffuse and direct irradiance of every lit record, W/m2, and the diffuse irradiation of each month, Wh/m2.
pub(super) struct Split {
    pub(super) dhi: Vec<f64>,
    pub(super) dni: Vec<f64>,
}

/// Splits global irradiance so that each month's diffuse irradiation is `wanted`, Wh/m2, as near as can be.
///
/// Erbs et al. (1982) gives each hour's diffuse fraction d from its clearness; the odds d/(1 − d) of all hours of a
/// month are multiplied by one factor: overcast hours stay diffuse, clear ones take the correction. DNI is
/// kept below that of a very clear sky, and closes with the sun of the record.
pub(super) fn split(geometry: &Geometry, track: &SunTrack, ghi: &[f64], wanted: &[f64; 12]) -> Split {
    let n = ghi.len();
    let cos_z = &track.cos_zenith()[..n];
    // Per record: the diffuse part by Erbs, and the least diffuse irradiance.
    let mut part = vec![1.0; n];
    let mut least = vec![0.0; n];
    for i in 0..n {
        let sunlit = geometry.sunlit[i];
        let by_erbs = erbs(ghi[i] / sunlit, track.solar_zenith()[i], geometry.extra[i]);
        if ghi[i] > 0.0 {
            part[i] = (by_erbs.dhi * sunlit / ghi[i]).clamp(0.0, 1.0);
        }
        least[i] = math::positive(ghi[i] - geometry.clear_dni[i] * math::positive(cos_z[i])).min(ghi[i]);
    }
    let diffuse = |i: usize, odds: f64| {
        let scaled = odds * part[i];
        let dhi = ghi[i] * scaled / (1.0 - part[i] + scaled);
        if dhi < least[i] { least[i] } else { dhi }
    };
    let mut out = Split { dhi: vec![0.0; n], dni: vec![0.0; n] };
    for (days, &wanted) in geometry.months.iter().zip(wanted) {
        let of_month = &geometry.days[days.clone()];
        let (Some(first), Some(last)) = (of_month.first(), of_month.last()) else { continue };
        let lit = first.lit.start..last.lit.end;
        let log_odds = solve::increasing(-7.0, 7.0, 0.0, 1e-8 * wanted.max(1.0), |x| {
            let odds = math::exp(x);
            lit.clone().map(|i| diffuse(i, odds)).sum::<f64>() - wanted
        });
        let odds = math::exp(log_odds);
        for i in lit {
            let dhi = diffuse(i, odds);
            // A sun on the horizon casts no beam worth dividing by its sine.
            let beam = cos_z[i] > 1e-3 && ghi[i] > dhi;
            out.dhi[i] = if beam { dhi } else { ghi[i] };
            // DNI = (GHI − DHI) / cos Z
            out.dni[i] = if beam { (ghi[i] - dhi) / cos_z[i] } else { 0.0 };
        }
    }
    out
}
