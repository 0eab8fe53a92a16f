//! Moving and adding up columns of numbers.

use std::ops::Range;

/// As many numbers as the widest registers hold.
pub(crate) const WIDTH: usize = 8;

/// Copies the records of a run to `to[at..]`. Where there is room, whole registers are copied, so that up to seven
/// values behind the run's end change too: a call to the platform's memory copy costs more than a day.
#[inline(always)]
pub(crate) fn copy_run(from: &[f64], run: Range<usize>, to: &mut [f64], at: usize) {
    let whole = run.len().next_multiple_of(WIDTH);
    match (from.get(run.start..run.start + whole), to.get_mut(at..at + whole)) {
        (Some(from), Some(to)) => {
            for (to, from) in to.as_chunks_mut::<WIDTH>().0.iter_mut().zip(from.as_chunks::<WIDTH>().0) {
                *to = *from;
            }
        }
        _ => to[at..at + run.len()].copy_from_slice(&from[run]),
    }
}

/// A sum over a column in interleaved partial sums: a value's place on the column decides its lane, so it does not
/// matter in which blocks the column comes. Vectorises, and gives the same bits on every instruction set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Lanes([f64; WIDTH]);

impl Lanes {
    /// Adds those values of a block that have a place within `places`; the block's first value has the place `first`,
    /// a multiple of [`WIDTH`].
    #[inline(always)]
    pub(crate) fn add(&mut self, block: &[f64], first: usize, places: &Range<usize>) {
        self.add_each(
            block,
            first,
            places,
            #[inline(always)]
            |value| value,
        );
    }

    /// As [`Lanes::add`], of what a function makes of each value.
    #[inline(always)]
    pub(crate) fn add_each(&mut self, block: &[f64], first: usize, places: &Range<usize>, f: impl Fn(f64) -> f64) {
        let from = places.start.max(first) - first;
        let to = places.end.min(first + block.len()).saturating_sub(first);
        if from >= to {
            return;
        }
        let mut lanes = self.0;
        let (head, tail) = (from / WIDTH, (to - 1) / WIDTH);
        add_within(&mut lanes, block, head * WIDTH, from, to, &f);
        if head < tail {
            for chunk in block[(head + 1) * WIDTH..tail * WIDTH].as_chunks::<WIDTH>().0 {
                for k in 0..WIDTH {
                    lanes[k] += f(chunk[k]);
                }
            }
            add_within(&mut lanes, block, tail * WIDTH, from, to, &f);
        }
        self.0 = lanes;
    }

    /// The sum, always taken in the same order.
    pub(crate) fn total(&self) -> f64 {
        let [a, b, c, d, e, f, g, h] = self.0;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    }
}

/// One for each of the first lanes, so many of them, and zero for the others.
static FIRST_LANES: [[f64; WIDTH]; WIDTH + 1] = {
    let mut lanes = [[0.0; WIDTH]; WIDTH + 1];
    let mut many = 0;
    while many <= WIDTH {
        let mut k = 0;
        while k < many {
            lanes[many][k] = 1.0;
            k += 1;
        }
        many += 1;
    }
    lanes
};

/// Adds the register of a block from `start`; values outside of `from..to` count as 0.
#[inline(always)]
fn add_within(lanes: &mut [f64; WIDTH], block: &[f64], start: usize, from: usize, to: usize, f: impl Fn(f64) -> f64) {
    let mut values = [0.0; WIDTH];
    match block[start..].first_chunk::<WIDTH>() {
        Some(whole) => values = *whole,
        None => values[..block.len() - start].copy_from_slice(&block[start..]),
    }
    let skipped = &FIRST_LANES[from.saturating_sub(start).min(WIDTH)];
    let reached = &FIRST_LANES[(to - start).min(WIDTH)];
    for k in 0..WIDTH {
        lanes[k] += f(values[k]) * (reached[k] - skipped[k]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_copied_and_nothing_before_it() {
        let from: Vec<f64> = (0..40).map(f64::from).collect();
        for start in 0..40 {
            for end in start..=40 {
                for room in [0, 3, 8, 50] {
                    let mut to = vec![-1.0; 2 + (end - start) + room];
                    copy_run(&from, start..end, &mut to, 2);
                    assert_eq!(to[..2], [-1.0, -1.0]);
                    assert_eq!(to[2..2 + end - start], from[start..end]);
                    assert!(to[2 + end - start..].iter().skip(WIDTH - 1).all(|&v| v == -1.0));
                }
            }
        }
    }

    #[test]
    fn blocks_do_not_matter_to_a_sum() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k * 7919 % 1009) / 7.0).collect();
        for places in [0..1000, 0..1, 0..8, 3..5, 7..9, 5..990, 992..1000, 999..1000, 500..500, 16..24] {
            let mut whole = Lanes::default();
            whole.add(&values, 0, &places);
            for block in [8, 16, 24, 256, 512] {
                let mut lanes = Lanes::default();
                for (k, part) in values.chunks(block).enumerate() {
                    lanes.add(part, k * block, &places);
                }
                assert_eq!(lanes, whole);
            }
            let sum = values[places.clone()].iter().sum::<f64>();
            assert!((whole.total() - sum).abs() <= 1e-14 * sum, "{places:?}");
        }
    }
}
