//! SAM's `CEC Inverters.csv`, and Driesse's library in the same form.

use crate::error::Result;
use crate::inverter::{AdrInverter, SandiaInverter};
use crate::module::library::Entries;
use crate::module::library::sam::{Row, Table};

/// An inverter of the California Energy Commission's list.
#[derive(Clone, Debug, PartialEq)]
pub struct CecInverterEntry {
    /// Maker, model and AC voltage.
    pub name: String,
    /// AC voltage in the list's words, V: `480`, but also `422-528`, and 0 where it is not known.
    pub v_ac: String,
    /// Highest DC voltage, V.
    pub v_dc_max: f64,
    /// Highest DC current, A.
    pub i_dc_max: f64,
    /// Voltages between which it follows the most power, V.
    pub mppt: [f64; 2],
    /// Parameters of [`crate::inverter::sandia`].
    pub parameters: SandiaInverter,
}

/// Columns by which the file is recognised.
pub(super) const MARKS: [&str; 5] = ["Name", "Paco", "Pdco", "Vdco", "Pso"];
/// Columns by which Driesse's library is recognised.
pub(super) const ADR_MARKS: [&str; 4] = ["Name", "Pacmax", "Pnom", "ADRCoefficients"];

const WATTS: (f64, f64, &str) = (1.0, 1e8, "W");
const VOLTS: (f64, f64, &str) = (1.0, 3000.0, "V");

pub(super) fn read(table: &Table<'_>) -> Result<Entries<CecInverterEntry>> {
    let named = |name| table.column(name);
    let (name, v_ac) = (named("Name")?, table.optional("Vac"));
    let (pso, paco, pdco, vdco, pnt) = (named("Pso")?, named("Paco")?, named("Pdco")?, named("Vdco")?, named("Pnt")?);
    let (c0, c1, c2, c3) = (named("C0")?, named("C1")?, named("C2")?, named("C3")?);
    let (v_max, i_max) = (named("Vdcmax")?, named("Idcmax")?);
    let (low, high) = (named("Mppt_low")?, named("Mppt_high")?);
    table.entries(|row: &Row<'_>| {
        let curve = |column| row.number(column, (-10.0, 10.0, ""));
        let entry = CecInverterEntry {
            name: row.text(name).to_owned(),
            v_ac: v_ac.map_or("", |column| row.text(column)).to_owned(),
            v_dc_max: row.number(v_max, VOLTS)?,
            i_dc_max: row.number(i_max, (1e-3, 1e5, "A"))?,
            mppt: [row.number(low, (0.0, 3000.0, "V"))?, row.number(high, VOLTS)?],
            parameters: SandiaInverter {
                paco: row.number(paco, WATTS)?,
                pdco: row.number(pdco, WATTS)?,
                vdco: row.number(vdco, VOLTS)?,
                pso: row.number(pso, (0.0, 1e6, "W"))?,
                c0: curve(c0)?,
                c1: curve(c1)?,
                c2: curve(c2)?,
                c3: curve(c3)?,
                pnt: row.number(pnt, (-1e5, 1e5, "W"))?,
            },
        };
        row.below(paco, pdco)?;
        row.below(low, high)?;
        Ok(entry)
    })
}

/// An inverter with Driesse's parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct AdrEntry {
    /// Maker, model, AC voltage and year of the list.
    pub name: String,
    /// Maker.
    pub manufacturer: String,
    /// Model.
    pub model: String,
    /// Parameters of [`crate::inverter::adr`].
    pub parameters: AdrInverter,
}

pub(super) fn read_adr(table: &Table<'_>) -> Result<Entries<AdrEntry>> {
    let named = |name| table.column(name);
    let (name, manufacturer, model) = (named("Name")?, named("Manufacturer")?, named("Model")?);
    let (pacmax, pnom, vnom, pnt) = (named("Pacmax")?, named("Pnom")?, named("Vnom")?, named("Pnt")?);
    let (low, high, coefficients) = (named("Vmin")?, named("Vmax")?, named("ADRCoefficients")?);
    let (mppt_low, mppt_high) = (table.optional("MPPTLow"), table.optional("MPPTHi"));
    let v_dc_max = table.optional("Vdcmax");
    table.entries(|row: &Row<'_>| {
        let volts = |column| row.maybe(column, (0.0, 3000.0, "V"));
        let list = row.text(coefficients).trim_matches(['[', ']']);
        let numbers: Vec<f64> = list.split_whitespace().filter_map(|part| part.parse().ok()).collect();
        let nine: [f64; 9] = match numbers.try_into() {
            Ok(nine) if list.split_whitespace().count() == 9 => nine,
            _ => return Err(row.bad(coefficients, "nine numbers with blanks between them are expected")),
        };
        if nine.iter().any(|c| !c.is_finite()) {
            return Err(row.bad(coefficients, "the nine numbers are to be finite"));
        }
        let highest =
            volts(Some(high))?.into_iter().chain(volts(v_dc_max)?).chain(volts(mppt_high)?).fold(0.0, f64::max);
        let lowest = volts(Some(low))?.into_iter().chain(volts(mppt_low)?).fold(0.0, f64::max);
        if highest <= lowest {
            return Err(row.bad(high, format!("the highest voltage, {highest} V, is not above the lowest, {lowest} V")));
        }
        Ok(AdrEntry {
            name: row.text(name).to_owned(),
            manufacturer: row.text(manufacturer).to_owned(),
            model: row.text(model).to_owned(),
            parameters: AdrInverter {
                pnom: row.number(pnom, WATTS)?,
                vnom: row.number(vnom, VOLTS)?,
                pacmax: row.number(pacmax, WATTS)?,
                // The model's author allows 10 % beyond what was measured.
                v_limits: [lowest * (1.0 - 0.1), highest * (1.0 + 0.1)],
                pnt: row.number(pnt, (-1e5, 1e5, "W"))?,
                coefficients: nine,
            },
        })
    })
}
