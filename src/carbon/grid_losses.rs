//! CO2 with the losses of the lines that a roof's kilowatt-hour does not have to pass.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::factors::Factor;
use crate::error::{Result, check_range};

/// Where the kilowatt-hour of a factor is metered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedAt {
    /// At the power plants, as margins and averages of generation are: the losses come on top.
    PowerPlant,
    /// At the user: the losses are inside of the factor already.
    User,
}

/// How much of the power that is fed in at power plants the lines lose.
///
/// There is no default: the losses differ from grid to grid, and none was found whose source could be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridLosses {
    /// Lost on the way from the power plants to the user, as a fraction of what is fed in, 0 to 0.5.
    pub loss: f64,
    /// The part of that loss that exported power avoids too, 0 to 1: 0 where it goes the whole way to others, 1 where
    /// the neighbours use it. Its product with `loss` is the loss of the lines above the plant's own, which multiplies
    /// with that of the lines below.
    #[serde(default)]
    pub exported_avoids: f64,
    /// Where the factor counts; it must be said, for taking one for the other counts the losses twice or not at all.
    pub counted_at: CountedAt,
    /// Who says so.
    pub source: String,
}

/// CO2 of a yield, divided by where it is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AvoidedWithLosses {
    /// Used on site, kWh.
    pub on_site_kwh: f64,
    /// Exported, kWh.
    pub exported_kwh: f64,
    /// What power plants need not feed in, kWh.
    pub displaced_kwh: f64,
    /// CO2 of that, t.
    pub co2_t: f64,
    /// CO2 without the losses, t.
    pub without_losses_co2_t: f64,
    /// The factor.
    pub factor: Factor,
    /// The losses.
    pub losses: GridLosses,
}

/// The CO2 that a yield avoids, with the losses of lines: `on_site_kwh` and `exported_kwh` come out of the plant.
///
/// E = Eₛ/(1 − l) + Eₑ/(1 − x l), Eₛ used on site and Eₑ exported, with the loss l and the part x of it that exported
/// power avoids: so much need not be fed in at power plants. A factor that counts at the user is multiplied by 1 − l.
///
/// ```
/// use rooftop_pv::carbon::{CountedAt, Factor, GridLosses, avoided_with_losses};
/// let counted_at = CountedAt::PowerPlant;
/// let losses = GridLosses { loss: 0.05, exported_avoids: 0.0, counted_at, source: "the utility".into() };
/// let year = avoided_with_losses(800e3, 200e3, &Factor::custom(0.6, "the utility")?, &losses)?;
/// assert!((year.displaced_kwh - (800e3 / 0.95 + 200e3)).abs() < 1e-6);
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for energies that are negative or no numbers, and for losses
/// outside their ranges.
pub fn avoided_with_losses(
    on_site_kwh: f64,
    exported_kwh: f64,
    factor: &Factor,
    losses: &GridLosses,
) -> Result<AvoidedWithLosses> {
    check_range("on_site_kwh", on_site_kwh, 0.0, f64::MAX, "kWh")?;
    check_range("exported_kwh", exported_kwh, 0.0, f64::MAX, "kWh")?;
    check_range("loss", losses.loss, 0.0, 0.5, "of what is fed in")?;
    check_range("exported_avoids", losses.exported_avoids, 0.0, 1.0, "of the loss")?;
    // E = Eₛ/(1 − l) + Eₑ/(1 − x l)
    let displaced_kwh = on_site_kwh / (1.0 - losses.loss) + exported_kwh / (1.0 - losses.exported_avoids * losses.loss);
    let at_plant_kg_per_kwh = match losses.counted_at {
        CountedAt::PowerPlant => factor.value,
        CountedAt::User => factor.value * (1.0 - losses.loss),
    };
    Ok(AvoidedWithLosses {
        on_site_kwh,
        exported_kwh,
        displaced_kwh,
        co2_t: displaced_kwh * at_plant_kg_per_kwh / 1000.0,
        without_losses_co2_t: (on_site_kwh + exported_kwh) * factor.value / 1000.0,
        factor: factor.clone(),
        losses: losses.clone(),
    })
}

/// The same by the share of the yield that is used on site, 0 to 1.
///
/// # Errors
/// Those of [`avoided_with_losses`], and a share outside 0 to 1.
pub fn avoided_with_losses_by_share(
    ac_kwh: f64,
    on_site_share: f64,
    factor: &Factor,
    losses: &GridLosses,
) -> Result<AvoidedWithLosses> {
    check_range("ac_kwh", ac_kwh, 0.0, f64::MAX, "kWh")?;
    check_range("on_site_share", on_site_share, 0.0, 1.0, "of the yield")?;
    avoided_with_losses(ac_kwh * on_site_share, ac_kwh * (1.0 - on_site_share), factor, losses)
}

impl fmt::Display for AvoidedWithLosses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.0} t CO2 with the lines' losses of {:.1} % ({}), {:.0} t without, at {}",
            self.co2_t,
            100.0 * self.losses.loss,
            self.losses.source,
            self.without_losses_co2_t,
            self.factor
        )
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn by_hand() {
        let factor = Factor::custom(0.6, "test").unwrap();
        let at = CountedAt::PowerPlant;
        let losses =
            |loss, exported_avoids| GridLosses { loss, exported_avoids, counted_at: at, source: "test".into() };
        let by = |share, l, x| avoided_with_losses_by_share(1e6, share, &factor, &losses(l, x)).unwrap();
        // 700 MWh at home stand for 700/0.95 MWh at the plants, 300 MWh for themselves, or with half the loss for
        // 300/0.975 MWh.
        assert_relative_eq!(by(0.7, 0.05, 0.0).displaced_kwh, 700e3 / 0.95 + 300e3, max_relative = 1e-12);
        assert_relative_eq!(by(0.7, 0.05, 0.5).displaced_kwh, 700e3 / 0.95 + 300e3 / 0.975, max_relative = 1e-12);
        assert_relative_eq!(by(0.7, 0.05, 0.0).co2_t, 0.6 * (700.0 / 0.95 + 300.0), max_relative = 1e-12);
        assert_relative_eq!(by(0.3, 0.08, 1.0).displaced_kwh, 1e6 / 0.92, max_relative = 1e-12);
        assert_relative_eq!(by(0.7, 0.0, 0.0).co2_t, 600.0, max_relative = 1e-12);
        assert_relative_eq!(by(0.7, 0.05, 0.0).without_losses_co2_t, 600.0, max_relative = 1e-12);
        let text = by(1.0, 0.05, 0.0).to_string();
        assert!(
            text.starts_with("632 t CO2 with the lines' losses of 5.0 % (test), 600 t without, at 0.6 kg"),
            "{text}"
        );
        for (share, l, x) in [(1.1, 0.05, 0.0), (0.5, 5.0, 0.0), (0.5, 0.05, -0.1), (f64::NAN, 0.05, 0.0)] {
            assert!(avoided_with_losses_by_share(1e6, share, &factor, &losses(l, x)).is_err());
        }
        assert!(avoided_with_losses(f64::INFINITY, 0.0, &factor, &losses(0.05, 0.0)).is_err());
        assert!(toml::from_str::<GridLosses>("source = 'x'\ncounted_at = 'user'").is_err(), "a loss must be given");
        let at_user: GridLosses = toml::from_str("loss = 0.05\nsource = 'x'\ncounted_at = 'user'").unwrap();
        // Where the factor holds the losses, power used on site avoids the factor itself, exported power less.
        let got = avoided_with_losses(700e3, 300e3, &factor, &at_user).unwrap();
        assert_relative_eq!(got.co2_t, 0.6 * (700.0 + 300.0 * 0.95), max_relative = 1e-12);
    }
}
