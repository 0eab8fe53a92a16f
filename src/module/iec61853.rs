//! A module's power by the matrix of measurements of IEC 61853-1, interpolated as in IEC 61853-3.

use crate::error::{Error, Result, check_range};
use crate::math;

/// Most irradiances and temperatures that a matrix may have; the standard's has 7 and 4.
const MOST: (usize, usize) = (10, 6);

/// A prepared matrix of power over irradiance and temperature.
///
/// Efficiency, power over irradiance, goes straight between the measured points in both directions (bilinear), and on straight
/// outside of them, as IEC 61853-3:2018 does for its energy rating; power is not negative. The standard leaves details open
/// (<https://github.com/pvlib/pvlib-python/issues/867>), and one rule is this crate's own: cells that were not measured (NaN; IEC
/// 61853-1 leaves out weak light on hot modules) go on straight from the two nearest at the same irradiance, or, where that has
/// fewer than two, at the same temperature.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerMatrix {
    /// Inner points of the axes, then infinities, beyond which the next cell begins.
    bends_g: [f64; MOST.0 - 2],
    bends_t: [f64; MOST.1 - 2],
    cells: [[Cell; MOST.0 - 1]; MOST.1 - 1],
}

/// Efficiency between four points: η₀ + a (G − G₀) + (b + c (G − G₀)) (T − T₀).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Cell {
    g: f64,
    t: f64,
    efficiency: f64,
    by_g: f64,
    by_t: f64,
    by_both: f64,
}

impl PowerMatrix {
    /// Irradiances of the standard's matrix, W/m2.
    pub const IRRADIANCES: [f64; 7] = [100.0, 200.0, 400.0, 600.0, 800.0, 1000.0, 1100.0];
    /// Its temperatures, degC.
    pub const TEMPERATURES: [f64; 4] = [15.0, 25.0, 50.0, 75.0];

    /// Prepares a matrix: ascending irradiances (W/m2) and temperatures (degC), and for each irradiance a row of powers (W, NaN
    /// where not measured) over the temperatures.
    ///
    /// # Errors
    /// Fewer than 2 or more than 10 irradiances and 6 temperatures, not ascending, not finite or out of range; rows of other
    /// length; powers that are not positive; cells that no rule fills, each named.
    pub fn new(irradiance: &[f64], temp_cell: &[f64], power: &[Vec<f64>]) -> Result<Self> {
        check_axis("irradiance", irradiance, MOST.0, (1.0, 2000.0, "W/m2"))?;
        check_axis("temp_cell", temp_cell, MOST.1, (-60.0, 150.0, "degC"))?;
        if power.len() != irradiance.len() {
            return Err(Error::Length { name: "rows of power", found: power.len(), expected: irradiance.len() });
        }
        let mut efficiency = Vec::with_capacity(power.len());
        for (i, (row, g)) in power.iter().zip(irradiance).enumerate() {
            if row.len() != temp_cell.len() {
                return Err(Error::Length { name: "a row of power", found: row.len(), expected: temp_cell.len() });
            }
            for (j, p) in row.iter().enumerate().filter(|(_, p)| !p.is_nan()) {
                check_range(&format!("power[{i}][{j}]"), *p, 1e-6, 1e9, "W (above 0, or NaN where not measured)")?;
            }
            efficiency.push(row.iter().map(|p| p / g).collect::<Vec<f64>>());
        }
        fill(irradiance, temp_cell, &mut efficiency)?;
        Ok(Self::prepared(irradiance, temp_cell, &efficiency))
    }

    fn prepared(irradiance: &[f64], temp_cell: &[f64], efficiency: &[Vec<f64>]) -> Self {
        let mut cells = [[Cell::default(); MOST.0 - 1]; MOST.1 - 1];
        for (j, t) in temp_cell.windows(2).enumerate() {
            for (i, g) in irradiance.windows(2).enumerate() {
                let (near, far) = (&efficiency[i], &efficiency[i + 1]);
                let (dg, dt) = (g[1] - g[0], t[1] - t[0]);
                let (by_g, by_g_hot) = ((far[j] - near[j]) / dg, (far[j + 1] - near[j + 1]) / dg);
                cells[j][i] = Cell {
                    g: g[0],
                    t: t[0],
                    efficiency: near[j],
                    by_g,
                    by_t: (near[j + 1] - near[j]) / dt,
                    by_both: (by_g_hot - by_g) / dt,
                };
            }
        }
        let mut matrix = Self { bends_g: [f64::INFINITY; MOST.0 - 2], bends_t: [f64::INFINITY; MOST.1 - 2], cells };
        matrix.bends_g[..irradiance.len() - 2].copy_from_slice(&irradiance[1..irradiance.len() - 1]);
        matrix.bends_t[..temp_cell.len() - 2].copy_from_slice(&temp_cell[1..temp_cell.len() - 1]);
        matrix
    }

    /// Power, W, at an irradiance that reaches the cells (W/m2; 0 where it is below) and a cell temperature (degC).
    #[inline(always)]
    pub fn power(&self, effective_irradiance: f64, temp_cell: f64) -> f64 {
        let (g, t) = (effective_irradiance, temp_cell);
        // Counting what lies below needs no branch; a NaN has nothing below it, and stays NaN in the cell.
        let j = self.bends_t.iter().filter(|bend| t > **bend).count();
        let i = self.bends_g.iter().filter(|bend| g > **bend).count();
        let cell = &self.cells[j][i];
        let (dg, dt) = (g - cell.g, t - cell.t);
        math::positive(g) * math::positive(cell.efficiency + cell.by_g * dg + (cell.by_t + cell.by_both * dg) * dt)
    }
}

fn check_axis(name: &str, axis: &[f64], most: usize, (min, max, unit): (f64, f64, &str)) -> Result<()> {
    check_range(&format!("number of {name} points"), axis.len() as f64, 2.0, most as f64, "")?;
    for (i, value) in axis.iter().enumerate() {
        check_range(&format!("{name}[{i}]"), *value, min, max, unit)?;
        if i > 0 && *value <= axis[i - 1] {
            let allowed = format!("the points of an axis ascend, this must be above {}", axis[i - 1]);
            return Err(Error::OutOfRange { name: format!("{name}[{i}]"), value: *value, allowed });
        }
    }
    Ok(())
}

/// Fills what was not measured, first along temperature, then along irradiance.
fn fill(irradiance: &[f64], temp_cell: &[f64], efficiency: &mut [Vec<f64>]) -> Result<()> {
    for row in efficiency.iter_mut() {
        fill_line(temp_cell, row);
    }
    for j in 0..temp_cell.len() {
        let mut column: Vec<f64> = efficiency.iter().map(|row| row[j]).collect();
        fill_line(irradiance, &mut column);
        for (row, value) in efficiency.iter_mut().zip(column) {
            row[j] = value;
        }
    }
    for (row, g) in efficiency.iter().zip(irradiance) {
        if let Some(j) = row.iter().position(|value| value.is_nan()) {
            let problem = format!(
                "power at {g} W/m2 and {} degC is missing, and neither that irradiance nor that temperature has two others",
                temp_cell[j]
            );
            return Err(Error::Mismatch { what: "matrix of IEC 61853-1", problem });
        }
    }
    Ok(())
}

/// Straight between and beyond the two nearest known values; nothing where there are not two.
fn fill_line(x: &[f64], values: &mut [f64]) {
    let known: Vec<(f64, f64)> =
        x.iter().zip(values.iter()).filter(|(_, v)| !v.is_nan()).map(|(x, v)| (*x, *v)).collect();
    let Some(last) = known.len().checked_sub(2) else { return };
    for (x, value) in x.iter().zip(values).filter(|(_, v)| v.is_nan()) {
        let after = known.partition_point(|(at, _)| at < x);
        let from = after.saturating_sub(1).min(last);
        let ((x0, v0), (x1, v1)) = (known[from], known[from + 1]);
        *value = v0 + (v1 - v0) * (x - x0) / (x1 - x0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard() -> Vec<Vec<f64>> {
        let rows = PowerMatrix::IRRADIANCES.iter();
        let power = |g: f64, t: f64| 0.4 * g * (1.0 - 0.004 * (t - 25.0)) * (1.0 - 0.03 * (1000.0 / g).ln());
        rows.map(|g| PowerMatrix::TEMPERATURES.iter().map(|t| power(*g, *t)).collect()).collect()
    }

    fn made(power: &[Vec<f64>]) -> Result<PowerMatrix> {
        PowerMatrix::new(&PowerMatrix::IRRADIANCES, &PowerMatrix::TEMPERATURES, power)
    }

    #[test]
    fn measured_points_come_back_and_night_is_nothing() {
        let power = standard();
        let matrix = made(&power).unwrap();
        for (g, row) in PowerMatrix::IRRADIANCES.iter().zip(&power) {
            for (t, p) in PowerMatrix::TEMPERATURES.iter().zip(row) {
                assert!((matrix.power(*g, *t) - p).abs() < 1e-9 * p, "{g} {t}");
            }
        }
        assert_eq!((matrix.power(0.0, 10.0), matrix.power(-5.0, 25.0)), (0.0, 0.0));
        assert!(matrix.power(f64::NAN, 10.0).is_nan() && matrix.power(500.0, f64::NAN).is_nan());
    }

    #[test]
    fn efficiency_that_is_straight_in_temperature_needs_no_hot_points() {
        let full = made(&standard()).unwrap();
        let mut power = standard();
        (power[0][2], power[0][3], power[1][3], power[6][0]) = (f64::NAN, f64::NAN, f64::NAN, f64::NAN);
        let partial = made(&power).unwrap();
        for (g, t) in [(100.0, 75.0), (150.0, 60.0), (50.0, 90.0), (1200.0, 0.0), (1000.0, 25.0)] {
            assert!((full.power(g, t) - partial.power(g, t)).abs() < 1e-10 * full.power(g, t), "{g} {t}");
        }
    }

    #[test]
    fn matrices_that_cannot_be_used_are_refused() {
        let mut power = standard();
        power[2][1] = -3.0;
        assert!(made(&power).unwrap_err().to_string().contains("power[2][1] = -3"));
        assert!(made(&power[..6]).is_err());
        let holes = vec![vec![f64::NAN; 4]; 7];
        let error = made(&holes).unwrap_err().to_string();
        assert!(error.contains("100 W/m2 and 15 degC"), "{error}");
        let down = [200.0, 100.0];
        let error = PowerMatrix::new(&down, &[25.0, 50.0], &holes[..2]).unwrap_err().to_string();
        assert!(error.contains("irradiance[1] = 100") && error.contains("above 200"), "{error}");
        assert!(PowerMatrix::new(&[f64::NAN, 100.0], &[25.0, 50.0], &holes[..2]).is_err());
    }
}
