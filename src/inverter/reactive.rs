//! Reactive power, and what a grid does not take. Power in any unit, the same for all.

use super::derating::held_to;
use crate::math;

/// Active power that an inverter of an apparent power can give beside a reactive one; 0 where the reactive power takes it all.
///
/// P² + Q² ≤ S², IEEE Std 1459-2010.
#[inline(always)]
pub fn active_limit(apparent: f64, reactive: f64) -> f64 {
    // √(S² − Q²), without squares that overflow
    let ratio = if reactive == 0.0 { 0.0 } else { reactive / apparent };
    apparent * math::positive((1.0 - ratio) * (1.0 + ratio)).sqrt()
}

/// How an inverter is told to give reactive power.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReactiveDuty {
    /// So much at any time, of either sign.
    Fixed(f64),
    /// Such a power factor, above 0 and up to 1, at any active power.
    PowerFactor(f64),
}

/// Active power, what it was cut by, and reactive power.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ApparentPower {
    /// What goes to the grid.
    pub active: f64,
    /// What the duty takes from the active power.
    pub curtailed: f64,
    /// Reactive power; not negative under a power factor.
    pub reactive: f64,
}

impl ReactiveDuty {
    /// What an inverter of an apparent power gives where it could give `pac`: active power gives way to reactive.
    #[inline(always)]
    pub fn apply(&self, pac: f64, apparent: f64) -> ApparentPower {
        match *self {
            Self::Fixed(reactive) => {
                let active = held_to(pac, active_limit(apparent, reactive));
                ApparentPower { active, curtailed: pac - active, reactive }
            }
            Self::PowerFactor(factor) => {
                // P ≤ S cos φ, Q = |P| tan φ
                let active = held_to(pac, apparent * factor);
                let tangent = math::positive((1.0 - factor) * (1.0 + factor)).sqrt() / factor;
                ApparentPower { active, curtailed: pac - active, reactive: active.abs() * tangent }
            }
        }
    }
}

/// What a grid takes of a power, and what is left over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exported {
    /// What the grid takes; negative where the site draws from it.
    pub exported: f64,
    /// What the site's inverters have to hold back.
    pub curtailed: f64,
}

/// Holds the export of a site to a limit, 0 or more, after its own load; of what is too much no more can be held back than PV gives.
///
/// The "export limit" of SAM and PVsyst's "grid power limitation" at the point of connection: a plain minimum.
#[inline(always)]
pub fn grid_limit(pac: f64, load: f64, limit: f64) -> Exported {
    let surplus = pac - load;
    let curtailed = held_to(math::positive(surplus - limit), math::positive(pac));
    Exported { exported: surplus - curtailed, curtailed }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    #[test]
    fn squares_add_up() {
        assert!((active_limit(5.0, 3.0) - 4.0).abs() < 1e-15);
        assert!((active_limit(5.0, -4.0) - 3.0).abs() < 1e-15);
        assert_eq!((active_limit(5.0, 5.0), active_limit(5.0, 7.0)), (0.0, 0.0));
        assert!((active_limit(5e200, 3e200) - 4e200).abs() < 1e185);
        assert_eq!((active_limit(0.0, 0.0), active_limit(0.0, 1.0), active_limit(5.0, 0.0)), (0.0, 0.0, 5.0));
        assert!(active_limit(NAN, 0.0).is_nan());
        assert!(active_limit(NAN, 1.0).is_nan() && active_limit(1.0, NAN).is_nan());
    }

    #[test]
    fn active_power_gives_way() {
        let fixed = ReactiveDuty::Fixed(-60.0);
        let full = fixed.apply(100.0, 100.0);
        assert!((full.active - 80.0).abs() < 1e-13 && (full.curtailed - 20.0).abs() < 1e-13);
        assert_eq!(fixed.apply(50.0, 100.0), ApparentPower { active: 50.0, curtailed: 0.0, reactive: -60.0 });
        let factor = ReactiveDuty::PowerFactor(0.8);
        let full = factor.apply(100.0, 100.0);
        assert!((full.active - 80.0).abs() < 1e-13 && (full.reactive - 60.0).abs() < 1e-13);
        assert_eq!(ReactiveDuty::PowerFactor(1.0).apply(-1.0, 100.0).active, -1.0);
        for duty in [fixed, factor] {
            assert!(duty.apply(NAN, 100.0).active.is_nan() && duty.apply(1.0, NAN).active.is_nan());
        }
    }

    #[test]
    fn a_grid_takes_what_it_may() {
        for (pac, load, limit, exported, curtailed) in [
            (100.0, 20.0, 50.0, 50.0, 30.0),
            (100.0, 60.0, 50.0, 40.0, 0.0),
            (100.0, 0.0, 0.0, 0.0, 100.0),
            (10.0, 60.0, 50.0, -50.0, 0.0),
            // A night's draw cannot be held back.
            (-1.0, 0.0, 0.0, -1.0, 0.0),
        ] {
            assert_eq!(grid_limit(pac, load, limit), Exported { exported, curtailed });
        }
        assert!(grid_limit(NAN, 0.0, 1.0).exported.is_nan() && grid_limit(1.0, NAN, 1.0).exported.is_nan());
        assert!(grid_limit(1.0, 0.0, NAN).curtailed.is_nan());
    }
}
