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
    /// Adds values, of which the first has this place on the column.
    #[inline(always)]
    pub(crate) fn add(&mut self, values: &[f64], place: usize) {
        let head = (place.next_multiple_of(WIDTH) - place).min(values.len());
        let (head, rest) = values.split_at(head);
        for (k, value) in head.iter().enumerate() {
            self.0[(place + k) % WIDTH] += value;
        }
        let (chunks, tail) = rest.as_chunks::<WIDTH>();
        let mut lanes = self.0;
        for chunk in chunks {
            for (lane, value) in lanes.iter_mut().zip(chunk) {
                *lane += value;
            }
        }
        for (lane, value) in lanes.iter_mut().zip(tail) {
            *lane += value;
        }
        self.0 = lanes;
    }

    /// The sum, always taken in the same order.
    pub(crate) fn total(&self) -> f64 {
        let [a, b, c, d, e, f, g, h] = self.0;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
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
        for start in 0..20 {
            let mut whole = Lanes::default();
            whole.add(&values[start..], start);
            for block in [1, 3, 8, 13, 256] {
                let mut lanes = Lanes::default();
                let mut place = start;
                for block in values[start..].chunks(block) {
                    lanes.add(block, place);
                    place += block.len();
                }
                assert_eq!(lanes, whole);
            }
            assert!((whole.total() / values[start..].iter().sum::<f64>() - 1.0).abs() < 1e-14);
        }
    }
}
