//! A sum of cosines, `Σ aᵢ cos(bᵢ + cᵢ t)`, laid out so that its evaluation vectorises.

use crate::math;

/// Terms as columns, filled up to `N` (a multiple of eight) with zeros.
pub(super) struct Series<const N: usize> {
    a: [f64; N],
    b: [f64; N],
    c: [f64; N],
}

impl<const N: usize> Series<N> {
    pub(super) const fn new(terms: &[[f64; 3]]) -> Self {
        assert!(N.is_multiple_of(8) && terms.len() <= N);
        let mut series = Self { a: [0.0; N], b: [0.0; N], c: [0.0; N] };
        let mut i = 0;
        while i < terms.len() {
            [series.a[i], series.b[i], series.c[i]] = terms[i];
            i += 1;
        }
        series
    }

    #[inline(always)]
    pub(super) fn at(&self, t: f64) -> f64 {
        let mut lanes = [0.0; 8];
        for i in (0..N).step_by(8) {
            let (a, b, c) = (&self.a[i..i + 8], &self.b[i..i + 8], &self.c[i..i + 8]);
            for k in 0..8 {
                lanes[k] += a[k] * math::cos(b[k] + c[k] * t);
            }
        }
        math::sum(&lanes)
    }
}
