//! SAM's `CEC Modules.csv`.

use super::Entries;
use super::sam::{Row, Table};
use crate::error::Result;
use crate::module::single_diode::{CecModule, DesotoModule};

/// A module of the California Energy Commission's list with the parameters that NREL fitted to it, all at 1000 W/m2 and 25 degC.
#[derive(Clone, Debug, PartialEq)]
pub struct CecEntry {
    /// Maker and model.
    pub name: String,
    /// Technology, as `Mono-c-Si` or `CdTe`.
    pub technology: String,
    /// Whether the back makes power, too; none where the file does not say.
    pub bifacial: Option<bool>,
    /// Power, W; `i_mp_ref` times `v_mp_ref` where the file, as SAM's old ones, does not have it.
    pub stc_w: f64,
    /// Area, m2.
    pub area_m2: f64,
    /// Length, m, where the file has it.
    pub length_m: Option<f64>,
    /// Width, m, where the file has it.
    pub width_m: Option<f64>,
    /// Cells in series.
    pub cells_in_series: f64,
    /// Current without voltage, A.
    pub i_sc_ref: f64,
    /// Voltage without current, V.
    pub v_oc_ref: f64,
    /// Current of the most power, A.
    pub i_mp_ref: f64,
    /// Voltage of the most power, V.
    pub v_mp_ref: f64,
    /// Change of `i_sc_ref` with temperature, A/K.
    pub alpha_sc: f64,
    /// Change of `v_oc_ref` with temperature, V/K.
    pub beta_oc: f64,
    /// Change of the power with temperature, 1/K.
    pub gamma_pdc: f64,
    /// Cell temperature at 800 W/m2, 20 degC and 1 m/s, degC.
    pub t_noct: f64,
    /// Diode factor times cells times thermal voltage, V.
    pub a_ref: f64,
    /// Photocurrent, A.
    pub i_l_ref: f64,
    /// Saturation current of the diode, A.
    pub i_o_ref: f64,
    /// Series resistance, Ω.
    pub r_s: f64,
    /// Shunt resistance, Ω.
    pub r_sh_ref: f64,
    /// By how much `alpha_sc` is lowered and `beta_oc` raised so that the power's change with temperature is met, %.
    pub adjust: f64,
    /// SAM's version and date of the fit.
    pub version: String,
}

impl CecEntry {
    /// The module for [`calcparams_cec`](crate::module::single_diode::calcparams_cec), as crystalline silicon in its change of
    /// the band gap, which is how the parameters were fitted.
    pub fn cec(&self) -> CecModule {
        let desoto = DesotoModule {
            alpha_sc: self.alpha_sc,
            a_ref: self.a_ref,
            i_l_ref: self.i_l_ref,
            i_o_ref: self.i_o_ref,
            r_sh_ref: self.r_sh_ref,
            r_s: self.r_s,
            eg_ref: 1.121,
            degdt: -0.0002677,
        };
        CecModule { desoto, adjust: self.adjust }
    }
}

/// Columns by which the file is recognised.
pub(super) const MARKS: [&str; 5] = ["Name", "a_ref", "I_L_ref", "I_o_ref", "R_sh_ref"];

pub(super) fn read(table: &Table<'_>) -> Result<Entries<CecEntry>> {
    let name = table.column("Name")?;
    let (technology, version, date) = (table.column("Technology")?, table.optional("Version"), table.optional("Date"));
    let (bifacial, length, width) = (table.optional("Bifacial"), table.optional("Length"), table.optional("Width"));
    let named = |name| table.column(name);
    let (stc, area, cells, noct) = (table.optional("STC"), named("A_c")?, named("N_s")?, named("T_NOCT")?);
    let (i_sc, v_oc, i_mp, v_mp) = (named("I_sc_ref")?, named("V_oc_ref")?, named("I_mp_ref")?, named("V_mp_ref")?);
    let (alpha, beta) = (named("alpha_sc")?, named("beta_oc")?);
    // SAM called it gamma_r before 2025.
    let gamma = table.optional("gamma_pmp").map_or_else(|| named("gamma_r"), Ok)?;
    let (a_ref, i_l, i_o) = (named("a_ref")?, named("I_L_ref")?, named("I_o_ref")?);
    let (r_s, r_sh, adjust) = (named("R_s")?, named("R_sh_ref")?, named("Adjust")?);
    table.entries(|row: &Row<'_>| {
        let amps = |column| row.number(column, (1e-3, 1000.0, "A"));
        let volts = |column| row.number(column, (0.1, 2000.0, "V"));
        let text = |column: Option<_>| column.map_or("", |column| row.text(column));
        let (i_mp_ref, v_mp_ref) = (amps(i_mp)?, volts(v_mp)?);
        let stc_w = stc.map_or(Ok(i_mp_ref * v_mp_ref), |stc| row.number(stc, (0.1, 5000.0, "W")))?;
        let entry = CecEntry {
            name: row.text(name).to_owned(),
            technology: row.text(technology).to_owned(),
            bifacial: row.maybe(bifacial, (0.0, 1.0, ""))?.map(|value| value == 1.0),
            stc_w,
            area_m2: row.number(area, (1e-3, 100.0, "m2"))?,
            length_m: row.maybe(length, (0.01, 20.0, "m"))?,
            width_m: row.maybe(width, (0.01, 20.0, "m"))?,
            cells_in_series: row.number(cells, (1.0, 1000.0, "cells"))?,
            i_sc_ref: amps(i_sc)?,
            v_oc_ref: volts(v_oc)?,
            i_mp_ref,
            v_mp_ref,
            alpha_sc: row.number(alpha, (-1.0, 1.0, "A/K"))?,
            beta_oc: row.number(beta, (-10.0, 10.0, "V/K"))?,
            gamma_pdc: row.number(gamma, (-5.0, 5.0, "%/K"))? / 100.0,
            t_noct: row.number(noct, (20.0, 90.0, "degC"))?,
            a_ref: row.number(a_ref, (1e-3, 100.0, "V"))?,
            i_l_ref: amps(i_l)?,
            i_o_ref: row.number(i_o, (1e-60, 1.0, "A"))?,
            r_s: row.number(r_s, (0.0, 100.0, "ohm"))?,
            r_sh_ref: row.number(r_sh, (0.1, 1e9, "ohm"))?,
            adjust: row.number(adjust, (-200.0, 200.0, "%"))?,
            version: format!("{} {}", text(version), text(date)).trim().to_owned(),
        };
        row.below(i_mp, i_sc)?;
        row.below(v_mp, v_oc)?;
        Ok(entry)
    })
}
