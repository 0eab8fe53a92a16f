//! What becomes AC.

mod curve;
mod derating;
pub mod library;
mod losses;
mod pvwatts;
mod reactive;
mod sandia;
mod subhourly;

pub use curve::{CEC_WEIGHTS, CurveProfile, EURO_WEIGHTS, EfficiencyCurve};
pub use derating::{DeratingCurve, LinearDerating, night_draw};
pub use losses::{
    Conductor, Degradation, LetidRates, LetidState, Transformer, combine_loss_factors, dc_ohmic_losses,
    dc_ohms_from_percent, three_phase_loss,
};
pub use pvwatts::{PvwattsInverter, REFERENCE_EFFICIENCY, pvwatts, pvwatts_unclipped};
pub use reactive::{ApparentPower, Exported, ReactiveDuty, active_limit, grid_limit};
pub use sandia::{AdrInverter, SandiaInverter, adr, sandia, sandia_multi};
pub use subhourly::{AllenHours, WithinHour, allen_2022, allen_losses, normal_excess};
