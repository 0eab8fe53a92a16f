//! From the spread of the inputs to that of kWh, coal and CO2.
//!
//! [`Inputs`] have distributions and correlations; [`Study`] runs any model over samples of them; [`sobol_indices`] and
//! [`tornado`] say which input matters; [`PlantLife`] is the model of a plant's years.

mod distribution;
mod inputs;
mod life;
mod life_inputs;
mod normal;
mod response;
mod sensitivity;
mod sobol;
mod study;

pub use distribution::{Distribution, quantile_of};
pub use inputs::{Inputs, MAX_SAMPLES, MAX_SOBOL_INPUTS, Sample, Sampling};
pub use life::{LifeYear, OUTPUTS, PlantLife};
pub use life_inputs::LifeInputs;
pub use normal::{normal_cdf, normal_quantile};
pub use response::Response;
pub use sensitivity::{SobolIndex, Swing, each, sobol_indices, tornado};
pub use study::{Draw, Spread, Study, spread};

pub(crate) use inputs::uniforms;

#[cfg(test)]
mod tests;
