//! From light to DC and from DC to AC, by the model that a plant names: one kW of modules and its share of the inverters.

use std::ops::Range;
use std::sync::Arc;

use crate::columns::Lanes;
use crate::error::Result;
use crate::inverter::{AdrInverter, EfficiencyCurve, PvwattsInverter, SandiaInverter, adr};
use crate::math;
use crate::module::single_diode::{
    BeyondDiode, CecModule, Datasheet, DesotoModule, PvsystModule, batzelis, bishop88_mpp, calcparams_cec,
    calcparams_desoto, calcparams_pvsyst, max_power, max_powers,
};
use crate::module::{
    AdrModule, HuldCoefficients, PowerMatrix, PowerModel, SapmModule, huld, pvefficiency_adr, pvwatts_dc, sapm,
};
use crate::plant::{Array, ModuleFigures, Plant, Preset};

/// What makes DC power; of models of one module with what makes a kW of its power in W.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Dc {
    Pvwatts {
        gamma_pdc: f64,
    },
    Huld(Box<HuldCoefficients>),
    /// With the least light on which its curve is followed, W/m2.
    Cec(Box<CecModule>, f64, f64),
    Desoto(Box<DesotoModule>, f64),
    Pvsyst(Box<PvsystModule>, f64),
    /// With recombination.
    ThinFilm(Box<(PvsystModule, BeyondDiode)>, f64),
    Batzelis(Box<Datasheet>, f64),
    Sapm(Box<SapmModule>, f64),
    /// Of an efficiency of 1 at reference conditions.
    Adr(Box<AdrModule>),
    Iec61853(Box<PowerMatrix>, f64),
}

/// Least light on which SAM follows a single diode's curve, W/m2; the models themselves have none.
const SAM_LEAST_LIGHT: f64 = 1.0;

/// The power of one hour by a curve that is searched hour by hour.
fn thin_film(effective_irradiance: f64, temp_cell: f64, module: &PvsystModule, beyond: &BeyondDiode) -> f64 {
    bishop88_mpp(&calcparams_pvsyst(effective_irradiance, temp_cell, module), beyond).p_mp
}

impl Dc {
    /// What makes an array's power; a kW of it gives a kW at 1000 W/m2 and 25 degC.
    pub(super) fn of(plant: &Plant, index: usize, array: &Array) -> Result<Self> {
        Ok(match plant.module_figures(index)? {
            ModuleFigures::None => match plant.models.power.huld() {
                Some(coefficients) => Self::Huld(Box::new(coefficients)),
                None => Self::Pvwatts { gamma_pdc: plant.gamma_pdc(array) },
            },
            ModuleFigures::Cec(kind) if plant.models.power == PowerModel::Desoto => {
                let desoto = kind.cec.desoto;
                Self::Desoto(Box::new(desoto), 1.0 / max_power(&calcparams_desoto(1000.0, 25.0, &desoto)).p_mp)
            }
            ModuleFigures::Cec(kind) => {
                let least = if plant.models.preset == Some(Preset::PvwattsV8) { SAM_LEAST_LIGHT } else { 0.0 };
                Self::Cec(Box::new(kind.cec), 1.0 / kind.p_mp, least)
            }
            ModuleFigures::Pvsyst(figures) => match figures.beyond() {
                None => {
                    let rated = max_power(&calcparams_pvsyst(1000.0, 25.0, &figures.module)).p_mp;
                    Self::Pvsyst(Box::new(figures.module), 1.0 / rated)
                }
                Some(beyond) => {
                    let rated = thin_film(1000.0, 25.0, &figures.module, &beyond);
                    Self::ThinFilm(Box::new((figures.module, beyond)), 1.0 / rated)
                }
            },
            ModuleFigures::Batzelis(sheet) => {
                Self::Batzelis(Box::new(*sheet), 1.0 / batzelis(1000.0, 25.0, sheet).max_power.p_mp)
            }
            ModuleFigures::Sapm(module) => Self::Sapm(Box::new(*module), 1.0 / sapm(1000.0, 25.0, module).p_mp),
            ModuleFigures::Adr(module) => Self::Adr(Box::new(AdrModule { k_a: 1.0, ..*module })),
            ModuleFigures::Iec61853(matrix) => {
                let rated = matrix.power(1000.0, 25.0);
                Self::Iec61853(matrix, 1.0 / rated)
            }
        })
    }

    /// DC power of one kW of modules before losses, kW.
    #[inline(always)]
    pub(super) fn power(&self, effective: &[f64], temp_cell: &[f64], dc: &mut [f64]) {
        let n = effective.len();
        let (temp_cell, dc) = (&temp_cell[..n], &mut dc[..n]);
        match self {
            &Self::Pvwatts { gamma_pdc } => {
                for i in 0..n {
                    dc[i] = pvwatts_dc(effective[i], temp_cell[i], 1.0, gamma_pdc);
                }
            }
            Self::Cec(module, scale, least) => scaled_powers(
                #[inline(always)]
                |i| {
                    let light = if effective[i] < *least { 0.0 } else { effective[i] };
                    calcparams_cec(light, temp_cell[i], module)
                },
                *scale,
                dc,
            ),
            Self::Desoto(module, scale) => scaled_powers(
                #[inline(always)]
                |i| calcparams_desoto(effective[i], temp_cell[i], module),
                *scale,
                dc,
            ),
            Self::Pvsyst(module, scale) => scaled_powers(
                #[inline(always)]
                |i| calcparams_pvsyst(effective[i], temp_cell[i], module),
                *scale,
                dc,
            ),
            Self::ThinFilm(figures, scale) => {
                let (module, beyond) = figures.as_ref();
                for i in 0..n {
                    let lit = effective[i];
                    dc[i] = if lit > 0.0 { thin_film(lit, temp_cell[i], module, beyond) * scale } else { 0.0 };
                }
            }
            Self::Batzelis(sheet, scale) => {
                for i in 0..n {
                    dc[i] = batzelis(effective[i], temp_cell[i], sheet).max_power.p_mp * scale;
                }
            }
            Self::Sapm(module, scale) => {
                for i in 0..n {
                    dc[i] = sapm(effective[i], temp_cell[i], module).p_mp * scale;
                }
            }
            Self::Adr(module) => {
                for i in 0..n {
                    dc[i] = effective[i] * 0.001 * pvefficiency_adr(effective[i], temp_cell[i], module);
                }
            }
            Self::Iec61853(matrix, scale) => {
                for i in 0..n {
                    dc[i] = matrix.power(effective[i], temp_cell[i]) * scale;
                }
            }
            Self::Huld(coefficients) => {
                for i in 0..n {
                    // In the weakest light the formula falls below nothing.
                    dc[i] = math::positive(huld(effective[i], temp_cell[i], 1.0, coefficients));
                }
            }
        }
    }
}

/// The single diode's powers, from W to kW of a kW.
#[inline(always)]
fn scaled_powers(diode: impl Fn(usize) -> crate::module::single_diode::SingleDiode, scale: f64, dc: &mut [f64]) {
    max_powers(diode, dc);
    for power in dc {
        *power *= scale;
    }
}

/// What makes AC power, for one kW of modules.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ac {
    Pvwatts(PvwattsInverter),
    /// Powers in kW; at a DC voltage.
    Sandia(Arc<SandiaInverter>, f64),
    /// One unit at a DC voltage, and how many kW each of its W stands for.
    Adr(Arc<AdrInverter>, f64, f64),
    /// The same.
    Curve(Arc<EfficiencyCurve>, f64, f64),
}

impl Ac {
    /// AC power before and after the inverter's limit, kW; `kept` is what the losses leave.
    #[inline(always)]
    pub(super) fn power(&self, dc: &[f64], kept: f64, unclipped: &mut [f64], ac: &mut [f64]) {
        match self {
            Self::Pvwatts(inverter) => fill(pvwatts_of(*inverter), dc, kept, unclipped, ac),
            Self::Sandia(inverter, v_dc) => fill(sandia_at(**inverter, *v_dc), dc, kept, unclipped, ac),
            Self::Adr(unit, v_dc, scale) => fill(adr_at(**unit, *v_dc, *scale), dc, kept, unclipped, ac),
            Self::Curve(unit, v_dc, scale) => fill(curve_at(unit, *v_dc, *scale), dc, kept, unclipped, ac),
        }
    }

    /// Adds AC power after the limit to a sum, without a column for it; places as in [`Lanes::add`].
    #[inline(always)]
    pub(super) fn add(&self, sum: &mut Lanes, dc: &[f64], kept: f64, place: usize, places: &Range<usize>) {
        match self {
            Self::Pvwatts(inverter) => add(pvwatts_of(*inverter), sum, dc, kept, place, places),
            Self::Sandia(inverter, v_dc) => add(sandia_at(**inverter, *v_dc), sum, dc, kept, place, places),
            Self::Adr(unit, v_dc, scale) => add(adr_at(**unit, *v_dc, *scale), sum, dc, kept, place, places),
            Self::Curve(unit, v_dc, scale) => add(curve_at(unit, *v_dc, *scale), sum, dc, kept, place, places),
        }
    }
}

impl Ac {
    /// The DC power at which the inverter reaches its limit, or this lower limit of AC power, kW; infinite where it never does.
    pub(super) fn dc_limit(&self, ac_limit: f64) -> f64 {
        let reaches = |p_dc: f64| {
            let (mut unclipped, mut ac) = ([0.0], [0.0]);
            self.power(&[p_dc], 1.0, &mut unclipped, &mut ac);
            ac[0] >= ac_limit || ac[0] < unclipped[0]
        };
        // From the limit upwards, since losses that grow with the square of power bring it back below in the end.
        let (mut low, mut high) = (0.0, ac_limit);
        while !reaches(high) {
            (low, high) = (high, high * 1.02);
            if high > 20.0 * ac_limit {
                return f64::INFINITY;
            }
        }
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if reaches(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}

/// An inverter hour by hour: AC power before and after the limit.
#[inline(always)]
fn fill(model: impl Fn(f64) -> (f64, f64), dc: &[f64], kept: f64, unclipped: &mut [f64], ac: &mut [f64]) {
    let n = dc.len();
    let (unclipped, ac) = (&mut unclipped[..n], &mut ac[..n]);
    for i in 0..n {
        (unclipped[i], ac[i]) = model(dc[i] * kept);
    }
}

#[inline(always)]
fn add(model: impl Fn(f64) -> (f64, f64), sum: &mut Lanes, dc: &[f64], kept: f64, place: usize, places: &Range<usize>) {
    sum.add_each(
        dc,
        place,
        places,
        #[inline(always)]
        |dc| model(dc * kept).1,
    );
}

#[inline(always)]
fn pvwatts_of(inverter: PvwattsInverter) -> impl Fn(f64) -> (f64, f64) {
    #[inline(always)]
    move |p_dc| {
        let power = inverter.unclipped(p_dc);
        (power, inverter.limit(power))
    }
}

/// Nothing where it does not start: what it draws at night is the grid's business.
#[inline(always)]
fn sandia_at(inverter: SandiaInverter, v_dc: f64) -> impl Fn(f64) -> (f64, f64) {
    #[inline(always)]
    move |p_dc| running(&inverter, inverter.unlimited(v_dc, p_dc), p_dc)
}

/// AC power before and after the limit where the inverter has enough DC power to start.
#[inline(always)]
pub(super) fn running(inverter: &SandiaInverter, unlimited: f64, p_dc: f64) -> (f64, f64) {
    let power = math::positive(unlimited);
    let limited = if power > inverter.paco { inverter.paco } else { power };
    if p_dc > inverter.pso { (power, limited) } else { (0.0, 0.0) }
}

#[inline(always)]
fn adr_at(unit: AdrInverter, v_dc: f64, scale: f64) -> impl Fn(f64) -> (f64, f64) {
    let (open, limit) = (AdrInverter { pacmax: f64::INFINITY, ..unit }, unit.pacmax);
    #[inline(always)]
    move |p_dc| {
        let power = math::positive(adr(v_dc, p_dc / scale, &open));
        (power * scale, if power > limit { limit * scale } else { power * scale })
    }
}

#[inline(always)]
fn curve_at(unit: &EfficiencyCurve, v_dc: f64, scale: f64) -> impl Fn(f64) -> (f64, f64) {
    let limit = unit.limit_w();
    #[inline(always)]
    move |p_dc| {
        let power = math::positive(unit.unlimited(v_dc, p_dc / scale));
        (power * scale, if power > limit { limit * scale } else { power * scale })
    }
}
