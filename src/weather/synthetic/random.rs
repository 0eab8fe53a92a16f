//! Normal random numbers that are the same bits on every machine.

use std::f64::consts::TAU;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::math;

/// What a stream of random numbers is for; each purpose has its own, so that none shifts another.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Year = 0,
    Days = 1,
    Hours = 2,
}

/// Independent standard normals of one seed, station, year and purpose.
pub(super) struct Normals {
    rng: ChaCha8Rng,
    spare: Option<f64>,
}

impl Normals {
    /// `variant` is 0 for the average year and counts the varied years from 1.
    pub(super) fn new(seed: u64, station: &str, variant: u64, purpose: Purpose) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&fnv_1a(station.as_bytes()).to_le_bytes());
        key[16..24].copy_from_slice(&variant.to_le_bytes());
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(purpose as u64);
        Self { rng, spare: None }
    }

    /// The next number, by Box & Muller, Ann. Math. Statist. 29 (1958), 610, doi:10.1214/aoms/1177706645.
    pub(super) fn draw(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // The middle of one of 2⁵² equal parts of (0, 1): never 0, never 1.
        let mut uniform = || ((self.rng.next_u64() >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0;
        // z = √(−2 ln u₁) (cos 2πu₂, sin 2πu₂)
        let radius = (-2.0 * math::ln(uniform())).sqrt();
        let (sin, cos) = math::sin_cos(TAU * uniform());
        self.spare = Some(radius * sin);
        radius * cos
    }
}

/// Fowler-Noll-Vo hash 1a: names as numbers, the same everywhere (the standard library's hasher promises nothing).
pub(super) fn fnv_1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normals_have_the_moments_of_the_normal() {
        let mut normals = Normals::new(1, "54823", 0, Purpose::Days);
        let n = 200_000;
        let mut moments = [0.0; 4];
        for _ in 0..n {
            let z = normals.draw();
            let mut power = 1.0;
            for moment in &mut moments {
                power *= z;
                *moment += power / f64::from(n);
            }
        }
        // Five standard errors each.
        for (moment, (expected, allowed)) in
            moments.into_iter().zip([(0.0, 0.0112), (1.0, 0.0158), (0.0, 0.0433), (3.0, 0.1096)])
        {
            assert!((moment - expected).abs() < allowed, "{moment} {expected}");
        }
    }

    #[test]
    fn streams_differ_by_every_part_of_their_name() {
        let first = |seed, station, variant, purpose| Normals::new(seed, station, variant, purpose).draw();
        let base = first(1, "a", 0, Purpose::Days);
        assert_eq!(base, first(1, "a", 0, Purpose::Days));
        for other in [
            first(2, "a", 0, Purpose::Days),
            first(1, "b", 0, Purpose::Days),
            first(1, "a", 1, Purpose::Days),
            first(1, "a", 0, Purpose::Hours),
        ] {
            assert_ne!(base, other);
        }
    }
}
