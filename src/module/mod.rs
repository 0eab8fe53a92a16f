//! What the cells make of the light.

use serde::{Deserialize, Serialize};

/// How modules are mounted; decides the parameters of the cell-temperature models.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mounting {
    /// Free on a rack, air on both sides.
    OpenRack,
    /// Close to a roof, with an air gap.
    #[default]
    Roof,
    /// In the roof's skin, insulated at the back.
    Integrated,
}

/// Which model gives the cell temperature.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemperatureModel {
    /// Faiman (2008): heat loss linear in wind.
    #[default]
    Faiman,
    /// Sandia (King et al. 2004): exponential in wind, with the cell above its back sheet.
    Sapm,
}
