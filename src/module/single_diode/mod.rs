//! One diode, two resistances and a light-driven source: the parameters of De Soto, the CEC and PVsyst, and the points of the curve
//! of current over voltage that they give.

mod max_power;
mod parameters;

pub use max_power::{MaxPower, max_power, max_powers};
pub use parameters::{
    CecModule, DesotoModule, PvsystModule, SingleDiode, calcparams_cec, calcparams_desoto, calcparams_pvsyst,
};
