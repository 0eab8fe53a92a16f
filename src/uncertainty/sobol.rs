//! Sobol' points: numbers that fill a cube of many dimensions evenly.

use std::sync::LazyLock;

/// Bits of a coordinate.
const BITS: usize = 32;

/// Dimensions that there are direction numbers for.
pub(super) const DIMENSIONS: usize = 96;

/// Direction numbers, a dimension each, the first bit's first.
static DIRECTIONS: LazyLock<Vec<[u32; BITS]>> = LazyLock::new(|| {
    let text = include_str!("sobol_numbers.csv");
    // The table is part of the crate; a test holds the points to scipy's in every dimension.
    text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).filter_map(direction_numbers).collect()
});

/// The direction numbers of a line `dimension,polynomial,m₁ m₂ …`.
fn direction_numbers(line: &str) -> Option<[u32; BITS]> {
    let mut fields = line.split(',').skip(1);
    let polynomial: u32 = fields.next()?.parse().ok()?;
    let first: Vec<u32> = fields.next()?.split(' ').map_while(|number| number.parse().ok()).collect();
    let mut v = [0_u32; BITS];
    if polynomial == 1 {
        return Some(std::array::from_fn(|bit| 1 << (BITS - 1 - bit)));
    }
    let degree = polynomial.ilog2() as usize;
    for bit in 0..BITS {
        if bit < degree {
            v[bit] = first.get(bit)? << (BITS - 1 - bit);
            continue;
        }
        // vᵢ = a₁vᵢ₋₁ ⊕ a₂vᵢ₋₂ ⊕ … ⊕ vᵢ₋ₛ ⊕ (vᵢ₋ₛ ≫ s)
        v[bit] = v[bit - degree] ^ (v[bit - degree] >> degree);
        for back in 1..degree {
            if polynomial >> (degree - back) & 1 == 1 {
                v[bit] ^= v[bit - back];
            }
        }
    }
    Some(v)
}

/// Coordinate of a point in a dimension from 0, as 32 bits of a fraction; zero beyond the dimensions that there are.
///
/// Source: Antonov & Saleev 1979, doi:10.1016/0041-5553(79)90085-5 (Gray code), with the direction numbers of Joe & Kuo
/// 2008, doi:10.1137/070709359.
pub(super) fn coordinate(index: u32, dimension: usize) -> u32 {
    let Some(directions) = DIRECTIONS.get(dimension) else { return 0 };
    let gray = index ^ (index >> 1);
    directions.iter().enumerate().fold(0, |sum, (bit, v)| if gray >> bit & 1 == 1 { sum ^ v } else { sum })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_scipys_in_every_dimension() {
        let text = include_str!("../../tests/reference/sobol_points.csv");
        assert_eq!(DIRECTIONS.len(), DIMENSIONS);
        let mut points = 0;
        for (index, line) in (0..).zip(text.lines().filter(|line| !line.starts_with('#'))) {
            for (dimension, field) in line.split(',').enumerate() {
                // scipy counts 30 bits.
                assert_eq!(coordinate(index, dimension) >> 2, field.parse::<u32>().unwrap(), "{index} {dimension}");
                points += 1;
            }
        }
        assert_eq!(points, 32 * DIMENSIONS);
    }
}
