//! A module's datasheet, and the diode that goes through it.

use serde::{Deserialize, Serialize};

use super::{ModuleKind, ModuleParameters, Plant, PowerModel};
use crate::error::{Error, Result};
use crate::module::single_diode::{CecModule, Datasheet, calcparams_desoto, fit_cec, fit_desoto_batzelis, max_power};

/// Efficiency of most modules on sale in 2019, where a datasheet's is not given.
pub(super) const USUAL_EFFICIENCY: f64 = 0.19;

/// What a datasheet has at 1000 W/m2 and 25 degC.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "FlatSheet", into = "FlatSheet")]
pub struct DatasheetFigures {
    /// The three points of the curve, and how its ends move with temperature.
    pub sheet: Datasheet,
    /// Temperature coefficient of the maximum power, 1/K.
    pub gamma_pdc: f64,
    /// Efficiency, for cell temperatures that ask for it.
    pub efficiency: f64,
}

/// [`DatasheetFigures`] as a park file has it, without a table in the table.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatSheet {
    v_mp: f64,
    i_mp: f64,
    v_oc: f64,
    i_sc: f64,
    alpha_sc: f64,
    beta_voc: f64,
    gamma_pdc: f64,
    #[serde(default = "usual_efficiency")]
    efficiency: f64,
}

fn usual_efficiency() -> f64 {
    USUAL_EFFICIENCY
}

impl From<FlatSheet> for DatasheetFigures {
    fn from(flat: FlatSheet) -> Self {
        let FlatSheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc, gamma_pdc, efficiency } = flat;
        Self { sheet: Datasheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc }, gamma_pdc, efficiency }
    }
}

impl From<DatasheetFigures> for FlatSheet {
    fn from(figures: DatasheetFigures) -> Self {
        let DatasheetFigures { sheet, gamma_pdc, efficiency } = figures;
        let Datasheet { v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc } = sheet;
        Self { v_mp, i_mp, v_oc, i_sc, alpha_sc, beta_voc, gamma_pdc, efficiency }
    }
}

impl DatasheetFigures {
    /// The module whose curve goes through the datasheet's points: by [`fit_cec`], or for [`PowerModel::Desoto`] by
    /// [`fit_desoto_batzelis`], which leaves the power's temperature coefficient to the curve.
    ///
    /// # Errors
    /// Those of [`fit_cec`]; [`Error::OutOfRange`] for a datasheet without a curve of De Soto's.
    pub fn fitted(&self, model: PowerModel) -> Result<ModuleKind> {
        let (cec, p_mp) = if model == PowerModel::Desoto {
            let desoto = fit_desoto_batzelis(&self.sheet);
            let rated = max_power(&calcparams_desoto(1000.0, 25.0, &desoto)).p_mp;
            if !(desoto.r_s >= 0.0 && desoto.r_sh_ref > 0.0 && rated > 0.0) {
                return Err(Error::OutOfRange {
                    name: "series and shunt resistance".into(),
                    value: if desoto.r_s >= 0.0 { desoto.r_sh_ref } else { desoto.r_s },
                    allowed: "no curve of De Soto's with resistances above 0 goes through these figures; check them, or name \
                              power = \"cec\" or \"batzelis\""
                        .into(),
                });
            }
            (CecModule { desoto, adjust: 0.0 }, rated)
        } else {
            (fit_cec(&self.sheet, self.gamma_pdc)?, self.sheet.v_mp * self.sheet.i_mp)
        };
        Ok(ModuleKind { cec, p_mp, efficiency: self.efficiency })
    }
}

impl Plant {
    /// Puts the diode's parameters in the place of datasheets, so that no simulation fits one again.
    pub(super) fn fit_datasheets(&mut self) -> Result<()> {
        let model = self.models.power;
        if !matches!(model, PowerModel::Cec | PowerModel::Desoto) {
            return Ok(());
        }
        for (index, array) in self.array.iter_mut().enumerate() {
            if let Some(ModuleParameters::Datasheet(figures)) = array.parameters.as_deref() {
                let told = |error: Error| {
                    super::validate::refused(&format!("array[{index}].parameters"), String::new(), error.to_string())
                };
                let fitted = figures.fitted(model).map_err(told)?;
                array.parameters = Some(Box::new(ModuleParameters::Cec(fitted)));
            }
        }
        Ok(())
    }
}
