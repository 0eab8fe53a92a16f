//! Reading of the reference fixtures.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The path of a file under tests/reference.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name)
}

/// A fixture: its comment lines, its columns by name, `nan` as NaN.
pub struct Fixture {
    pub comments: Vec<String>,
    pub rows: usize,
    columns: HashMap<String, Vec<f64>>,
}

impl Fixture {
    pub fn read(name: &str) -> Self {
        let text = std::fs::read_to_string(path(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let comments = text.lines().filter(|l| l.starts_with('#')).map(str::to_owned).collect();
        let mut lines = text.lines().filter(|l| !l.starts_with('#'));
        let header: Vec<&str> = lines.next().unwrap().split(',').collect();
        let mut values = vec![Vec::new(); header.len()];
        for line in lines {
            for (column, field) in values.iter_mut().zip(line.split(',')) {
                column.push(field.parse().unwrap_or(f64::NAN));
            }
        }
        let rows = values[0].len();
        assert!(rows > 0, "{name} has no rows");
        let columns = header.into_iter().map(str::to_owned).zip(values).collect();
        Self { comments, rows, columns }
    }

    /// A column.
    pub fn get(&self, name: &str) -> &[f64] {
        self.columns.get(name).unwrap_or_else(|| panic!("no column {name} among {:?}", self.columns.keys()))
    }
}

/// Asserts that two numbers agree to a relative tolerance (or to `1e-12` near zero), or are both NaN.
pub fn assert_close(got: f64, want: f64, relative: f64, what: &str) {
    let same = (got.is_nan() && want.is_nan()) || (got - want).abs() <= relative * want.abs() + 1e-12;
    assert!(same, "{what}: got {got}, want {want}");
}
