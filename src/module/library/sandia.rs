//! SAM's `Sandia Modules.csv`.

use super::Entries;
use super::sam::{Row, Table};
use crate::error::Result;
use crate::module::SapmModule;

/// A module of Sandia's database.
#[derive(Clone, Debug, PartialEq)]
pub struct SandiaEntry {
    /// Maker and model.
    pub name: String,
    /// Year of the measurement, with `(E)` where others estimated from it.
    pub vintage: String,
    /// Material of the cells, as `mc-Si`.
    pub material: String,
    /// Area, m2.
    pub area_m2: f64,
    /// Strings of cells in parallel.
    pub parallel_strings: f64,
    /// Parameters of the temperature: a (without unit) and b (s/m) of the module, and what the cell is above it at 1000 W/m2, K; for
    /// [`crate::module::sapm_cell`].
    pub temperature: [f64; 3],
    /// Parameters of [`crate::module::sapm`].
    pub parameters: SapmModule,
}

/// Columns by which the file is recognised.
pub(super) const MARKS: [&str; 5] = ["Name", "Isco", "Voco", "Bvoco", "Cells in Series"];

pub(super) fn read(table: &Table<'_>) -> Result<Entries<SandiaEntry>> {
    let (name, vintage, material) = (table.column("Name")?, table.column("Vintage")?, table.column("Material")?);
    let needed = |names: &[&str]| names.iter().map(|name| table.column(name)).collect::<Result<Vec<_>>>();
    let main = needed(&["Area", "Isco", "Voco", "Impo", "Vmpo", "N", "Cells in Series", "Parallel Strings"])?;
    let thermal = needed(&["A", "B", "DTC"])?;
    let slopes = needed(&["Aisc", "Aimp", "Bvoco", "Mbvoc", "Bvmpo", "Mbvmp", "FD"])?;
    let curve = needed(&["C0", "C1", "C2", "C3"])?;
    let further = ["C4", "C5", "C6", "C7", "IXO", "IXXO"].map(|name| table.optional(name));
    let spectrum = needed(&["A0", "A1", "A2", "A3", "A4"])?;
    let angle = needed(&["B0", "B1", "B2", "B3", "B4", "B5"])?;
    let row = |row: &Row<'_>| {
        let at = |column: usize, range| row.number(main[column], range);
        let some = |column| row.number(column, (-1000.0, 1000.0, ""));
        let all = |columns: &[_]| columns.iter().map(|c| some(*c)).collect::<Result<Vec<f64>>>();
        let (slopes, curve, spectrum, angle, thermal) =
            (all(&slopes)?, all(&curve)?, all(&spectrum)?, all(&angle)?, all(&thermal)?);
        let more = |k: usize| Ok(row.maybe(further[k], (-1000.0, 1000.0, ""))?.unwrap_or(f64::NAN));
        let entry = SandiaEntry {
            name: row.text(name).to_owned(),
            vintage: row.text(vintage).to_owned(),
            material: row.text(material).to_owned(),
            area_m2: at(0, (1e-3, 100.0, "m2"))?,
            parallel_strings: at(7, (1.0, 1000.0, "strings"))?,
            temperature: [thermal[0], thermal[1], thermal[2]],
            parameters: SapmModule {
                isco: at(1, (1e-3, 1000.0, "A"))?,
                voco: at(2, (0.1, 2000.0, "V"))?,
                impo: at(3, (1e-3, 1000.0, "A"))?,
                vmpo: at(4, (0.1, 2000.0, "V"))?,
                n: at(5, (0.1, 20.0, ""))?,
                cells_in_series: at(6, (1.0, 1000.0, "cells"))?,
                aisc: slopes[0],
                aimp: slopes[1],
                bvoco: slopes[2],
                mbvoc: slopes[3],
                bvmpo: slopes[4],
                mbvmp: slopes[5],
                fd: slopes[6],
                c: [curve[0], curve[1], curve[2], curve[3], more(0)?, more(1)?, more(2)?, more(3)?],
                ixo: more(4)?,
                ixxo: more(5)?,
                a: [spectrum[0], spectrum[1], spectrum[2], spectrum[3], spectrum[4]],
                b: [angle[0], angle[1], angle[2], angle[3], angle[4], angle[5]],
            },
        };
        row.below(main[3], main[1])?;
        row.below(main[4], main[2])?;
        Ok(entry)
    };
    table.entries(row)
}
