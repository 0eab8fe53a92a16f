//! One diode, two resistances and a light-driven source: the parameters of De Soto, the CEC and PVsyst, and the points of the curve
//! of current over voltage that they give.

mod batzelis;
mod bishop88;
mod curve;
mod fit_cec;
mod lambert;
mod max_power;
mod parameters;

pub use batzelis::{Datasheet, ThreePoints, batzelis, batzelis_points, fit_desoto_batzelis};
pub use bishop88::{BeyondDiode, CurvePoint, CurveSlopes, bishop88, bishop88_slopes};
pub use curve::{CurvePoints, bishop88_mpp, curve, curve_points, point_at_current, point_at_voltage};
pub use fit_cec::fit_cec;
pub use lambert::lambert_w_exp;
pub use max_power::{MaxPower, max_power, max_powers};
pub use parameters::{
    CecModule, DesotoModule, PvsystModule, SingleDiode, calcparams_cec, calcparams_desoto, calcparams_pvsyst,
};
