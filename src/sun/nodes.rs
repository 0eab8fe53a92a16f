//! SPA at midnights, which sun tables are interpolated from.

use std::collections::BTreeMap;
use std::ops::Range;

use super::delta_t::delta_t;
use super::spa::{DAY_S, Geocentric, PARALLAX_1AU, days_since_j2000, geocentric_at};
use crate::error::{Result, check_range};
use crate::math;

/// The sun at an instant: its direction x, y, z from the mean equinox of date, and the sine of its parallax.
pub(super) type Node = [f64; 4];

/// Days from one run of SPA to the next; midnights between them are interpolated.
const STEP: usize = 2;
/// Days whose runs of SPA are kept together: as many runs as the widest registers hold.
const PAGE_DAYS: i64 = 16;
const PAGE: usize = 8;
/// Pages that SPA runs for at once, so that its terms are not read anew for each.
const TOGETHER: usize = 4;

/// Midnights at which SPA has run, kept for the tables of other time axes.
///
/// Axes that share days share their nodes, whatever their step and offset: the second table of a year costs
/// a fraction of the first. [`SunTable::new`](super::SunTable::new) is the table of one axis alone.
///
/// # Examples
/// ```
/// use rooftop_pv::{TimeAxis, sun::SunNodes};
/// let mut nodes = SunNodes::new();
/// let tables: Vec<_> = [2023, 2024]
///     .into_iter()
///     .map(|year| Ok(nodes.table(TimeAxis::hourly_year(year, 28_800)?)))
///     .collect::<rooftop_pv::Result<_>>()?;
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SunNodes {
    delta_t_s: Option<f64>,
    pages: BTreeMap<i64, [Node; PAGE]>,
}

impl SunNodes {
    /// No node yet; delta T of each date from [`delta_t`].
    pub fn new() -> Self {
        Self::default()
    }

    /// No node yet; one delta T (TT - UT, s, -1000 to 10,000) for all dates. pvlib takes 67.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) outside of that.
    pub fn with_delta_t(delta_t_s: f64) -> Result<Self> {
        check_range("delta_t", delta_t_s, -1000.0, 10_000.0, "s")?;
        Ok(Self { delta_t_s: Some(delta_t_s), pages: BTreeMap::new() })
    }

    /// The sun at the midnights (UTC) of consecutive days, counted from 1970.
    pub(super) fn midnights(&mut self, days: Range<i64>) -> Vec<Node> {
        // The outermost midnight may need four runs of SPA on either side.
        let pages = (days.start - 7).div_euclid(PAGE_DAYS)..(days.end + 7).div_euclid(PAGE_DAYS) + 1;
        self.compute(pages.clone());
        let nodes: Vec<Node> = pages.clone().flat_map(|page| self.pages[&page]).collect();
        let origin = pages.start * PAGE_DAYS;
        days.map(|day| {
            let since = usize::try_from(day - origin).unwrap_or_default();
            let before = since / STEP;
            if since.is_multiple_of(STEP) { nodes[before] } else { midpoint(&nodes[before - 3..before + 5]) }
        })
        .collect()
    }

    /// Runs SPA for those pages that are not there.
    fn compute(&mut self, pages: Range<i64>) {
        let missing: Vec<i64> = pages.filter(|page| !self.pages.contains_key(page)).collect();
        let (whole, rest) = missing.as_chunks::<TOGETHER>();
        for pages in whole {
            self.run::<{ TOGETHER * PAGE }>(pages);
        }
        for page in rest {
            self.run::<PAGE>(&[*page]);
        }
    }

    /// Runs SPA for the `N` nodes of some pages.
    fn run<const N: usize>(&mut self, pages: &[i64]) {
        let day = |k: usize| (pages[k / PAGE] * PAGE_DAYS..).step_by(STEP).nth(k % PAGE).unwrap_or_default();
        let midnights: [f64; N] = std::array::from_fn(|k| day(k) as f64 * DAY_S);
        let delta_t =
            midnights.map(|t| self.delta_t_s.unwrap_or_else(|| delta_t(2000.0 + days_since_j2000(t) / 365.25)));
        let suns = geocentric_at(midnights, delta_t);
        for (page, suns) in pages.iter().zip(suns.as_chunks::<PAGE>().0) {
            self.pages.insert(*page, suns.each_ref().map(node));
        }
    }
}

fn node(sun: &Geocentric) -> Node {
    let [x, y, z] = sun.direction;
    // Right ascension is counted from the mean equinox, so that mean sidereal time gives the hour angle.
    let (sin, cos) = math::sin_cos(sun.equation_of_equinoxes.to_radians());
    [x * cos + y * sin, y * cos - x * sin, z, math::sin(PARALLAX_1AU / sun.distance_au)]
}

/// The value in the middle of eight, by the polynomial through all of them.
fn midpoint(nodes: &[Node]) -> Node {
    // Lagrange's weights at the middle of eight equal steps, times 2048: exact for degree 7.
    const WEIGHTS: [f64; 8] = [-5.0, 49.0, -245.0, 1225.0, 1225.0, -245.0, 49.0, -5.0];
    std::array::from_fn(|c| nodes.iter().zip(WEIGHTS).map(|(node, weight)| node[c] * weight).sum::<f64>() / 2048.0)
}
