//! What photovoltaics and a store take off the electricity that is bought.

use serde::Serialize;

use super::book::ElectricityCoal;
use super::electricity::{electricity_coal, grid};
use crate::error::{Error, Result, check_range};

/// A year of photovoltaics and storage behind the meter, kWh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Onsite {
    /// Electricity bought without them.
    pub bought_kwh: f64,
    /// What the photovoltaics makes.
    pub pv_kwh: f64,
    /// Of that, what goes to the grid.
    pub exported_kwh: f64,
    /// Of that, what goes into the store.
    pub pv_to_store_kwh: f64,
    /// What the grid puts into the store.
    pub grid_to_store_kwh: f64,
    /// What the store gives back of what went in, 0 to 1; 1 where there is none.
    pub round_trip: f64,
}

/// What they change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relief {
    /// Photovoltaics used at once, kWh.
    pub direct_kwh: f64,
    /// What the store gives, kWh.
    pub from_store_kwh: f64,
    /// What the store keeps to itself, kWh.
    pub lost_kwh: f64,
    /// Electricity still bought, kWh.
    pub bought_kwh: f64,
    /// Less bought than without them, kWh; negative where a store that the grid charges loses more than the sun gives.
    pub less_bought_kwh: f64,
    /// Energy taken off the ledger, t of standard coal.
    pub tce: f64,
    /// CO2 taken off the ledger, t.
    pub co2_t: f64,
    /// To the grid, kWh: kept apart, it takes nothing off this ledger.
    pub exported_kwh: f64,
    /// CO2 that the export saves elsewhere at the same grid average, t: for information, never to be added.
    pub exported_co2_t: f64,
    /// The factors, with their sources, and what was assumed.
    pub notes: Vec<String>,
}

impl Onsite {
    /// What a year of it takes off the ledger of that year.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for negative or not finite energies, for more export and storage than the photovoltaics
    /// makes, and for more use than there is demand; [`Error::Factor`] for a region without a grid average.
    pub fn relief(&self, region: Option<&str>, year: i32, electricity: ElectricityCoal) -> Result<Relief> {
        const MOST: f64 = 1e15;
        check_range("bought_kwh", self.bought_kwh, 0.0, MOST, "kWh")?;
        check_range("pv_kwh", self.pv_kwh, 0.0, MOST, "kWh")?;
        check_range("exported_kwh", self.exported_kwh, 0.0, self.pv_kwh, "kWh, what the photovoltaics makes")?;
        let rest = self.pv_kwh - self.exported_kwh;
        check_range("pv_to_store_kwh", self.pv_to_store_kwh, 0.0, rest, "kWh, what is not exported")?;
        check_range("grid_to_store_kwh", self.grid_to_store_kwh, 0.0, MOST, "kWh")?;
        check_range("round_trip", self.round_trip, 0.0, 1.0, "as a fraction")?;

        let direct_kwh = rest - self.pv_to_store_kwh;
        let stored = self.pv_to_store_kwh + self.grid_to_store_kwh;
        let from_store_kwh = stored * self.round_trip;
        let used = direct_kwh + from_store_kwh;
        if used > self.bought_kwh * (1.0 + 1e-12) {
            return Err(Error::OutOfRange {
                name: "photovoltaics and store".into(),
                value: used,
                allowed: format!(
                    "at most the {} kWh that are bought without them; is some of it exported?",
                    self.bought_kwh
                ),
            });
        }
        let bought_kwh = self.bought_kwh - used + self.grid_to_store_kwh;
        let less_bought_kwh = used - self.grid_to_store_kwh;
        let (coal, co2) = (electricity_coal(electricity, year)?, grid(region, year)?);
        let mut notes = vec![
            format!("{} {} ({}; {})", coal.value, coal.unit, coal.source, coal.confidence.remark()),
            format!("{} {} ({}; {})", co2.value, co2.unit, co2.source, co2.confidence.remark()),
        ];
        notes.extend(coal.notes.into_iter().chain(co2.notes));
        Ok(Relief {
            direct_kwh,
            from_store_kwh,
            lost_kwh: stored - from_store_kwh,
            bought_kwh,
            less_bought_kwh,
            tce: less_bought_kwh * coal.value / 1000.0,
            co2_t: less_bought_kwh * co2.value / 1000.0,
            exported_kwh: self.exported_kwh,
            exported_co2_t: self.exported_kwh * co2.value / 1000.0,
            notes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_sun_and_a_store_take_off() {
        let year = Onsite {
            bought_kwh: 10_000.0,
            pv_kwh: 4_000.0,
            exported_kwh: 500.0,
            pv_to_store_kwh: 1_000.0,
            grid_to_store_kwh: 200.0,
            round_trip: 0.85,
        };
        let relief = year.relief(Some("Shandong"), 2023, ElectricityCoal::Equivalent).unwrap();
        // 2500 at once, 1200 stored give 1020, of which the grid paid 200: 3320 less are bought.
        assert_eq!((relief.direct_kwh, relief.from_store_kwh, relief.lost_kwh), (2500.0, 1020.0, 180.0));
        assert_eq!((relief.less_bought_kwh, relief.bought_kwh), (3320.0, 6680.0));
        assert!((relief.co2_t - 3.32 * 0.6191).abs() < 1e-12 && (relief.tce - 3.32 * 0.1229).abs() < 1e-12);
        assert!((relief.exported_co2_t - 0.5 * 0.6191).abs() < 1e-12);
        // All energy is somewhere: bought and made is used, exported or lost.
        let (made, gone) = (relief.bought_kwh + year.pv_kwh, year.bought_kwh + 500.0 + relief.lost_kwh);
        assert!((made - gone).abs() < 1e-9);
    }

    #[test]
    fn a_store_alone_costs_energy() {
        let year = Onsite { bought_kwh: 1000.0, grid_to_store_kwh: 100.0, round_trip: 0.9, ..Onsite::default() };
        let relief = year.relief(Some("Shandong"), 2023, ElectricityCoal::Equivalent).unwrap();
        assert!((relief.less_bought_kwh + 10.0).abs() < 1e-12 && relief.co2_t < 0.0);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let good = Onsite { bought_kwh: 100.0, pv_kwh: 50.0, round_trip: 1.0, ..Onsite::default() };
        assert!(good.relief(None, 2023, ElectricityCoal::Equivalent).is_ok());
        for bad in [
            Onsite { pv_kwh: 200.0, ..good },
            Onsite { exported_kwh: 60.0, ..good },
            Onsite { exported_kwh: 20.0, pv_to_store_kwh: 40.0, ..good },
            Onsite { round_trip: 85.0, ..good },
            Onsite { pv_kwh: f64::NAN, ..good },
            Onsite { bought_kwh: f64::INFINITY, ..good },
        ] {
            assert!(bad.relief(None, 2023, ElectricityCoal::Equivalent).is_err(), "{bad:?}");
        }
        assert!(good.relief(Some("Atlantis"), 2023, ElectricityCoal::Equivalent).is_err());
    }
}
