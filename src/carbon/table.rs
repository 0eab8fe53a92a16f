//! Looking factors up by region and year, in a table of one's own first, then in the embedded ones.

use super::factors::{FACTOR_KEY, Factor, FactorKind, Level, factors, note};
use super::read::read_factors;
use super::regions::plain;
use crate::error::{Error, Result};
use crate::plant::{CarbonChoice, rules};
use crate::words::nearest;

/// Factors of one's own over the embedded ones: what a lookup asks for is taken from one's own where they have it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactorTable {
    own: Vec<Factor>,
}

static EMBEDDED: FactorTable = FactorTable { own: Vec::new() };

impl FactorTable {
    /// Reads factors of one's own from csv; `file` is what errors call it.
    ///
    /// The first line names the columns, in any order: `kind`, `region`, `value`, `unit` and `source` must be there;
    /// `level` (else `user`), `region_zh`, `year`, `scope`, `licence`, `confidence` (else `given`) and `note` may be.
    /// Lines that begin with `#` are left out. Units: kg or g a kWh, t a megawatt-hour, of CO2 or CO2 equivalents.
    ///
    /// ```
    /// use rooftop_pv::carbon::FactorTable;
    /// let table = FactorTable::from_csv(
    ///     "kind,region,year,value,unit,source\ngrid_average,Shandong,2024,612,g CO2/kWh,the park's utility\n",
    ///     "factors.csv",
    /// )?;
    /// assert_eq!(table.grid_factor("Shandong", None)?.value, 0.612);
    /// assert_eq!(table.grid_factor("Shandong", Some(2023))?.value, 0.6191);
    /// # Ok::<(), rooftop_pv::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Record`] with line, column and value for an unknown or missing column, an unknown kind, level,
    /// confidence or unit, a number that is none, a factor outside 0 to 2 kg/kWh, and a row that stands there twice.
    pub fn from_csv(text: &str, file: &str) -> Result<Self> {
        Ok(Self { own: read_factors(text, file)? })
    }

    /// One's own factors, in the order of the file.
    pub fn own(&self) -> &[Factor] {
        &self.own
    }

    /// All factors: one's own, then the embedded ones.
    pub fn iter(&self) -> impl Iterator<Item = &Factor> + Clone {
        self.own.iter().chain(factors())
    }

    /// The grid average of a region by its English or Chinese name, for a year or, without one, the latest of the
    /// first table that knows the region. See [`grid_factor`].
    ///
    /// # Errors
    /// [`Error::Factor`] lists the regions, nearest names first, or the years that there are.
    pub fn grid_factor(&self, region: &str, year: Option<i32>) -> Result<&Factor> {
        let years = self
            .averages_of(region)
            .map_err(|available| Error::Factor { wanted: format!("the grid average of {region:?}"), available })?;
        self.pick_year(&years, year).map_err(|available| Error::Factor {
            wanted: format!("the grid average of {region} in {}", year.unwrap_or_default()),
            available,
        })
    }

    /// The factor that a plant chose: its own, or the grid average of its region and year. See [`resolve`].
    ///
    /// # Errors
    /// Those of [`resolve`].
    pub fn resolve(&self, choice: &CarbonChoice) -> Result<Factor> {
        if let Some(value) = choice.factor_kg_per_kwh {
            if let Some(allowed) = rules::outside(FACTOR_KEY, value) {
                return Err(refused(FACTOR_KEY, value.to_string(), format!("allowed is {allowed}")));
            }
            return Factor::custom(value, choice.factor_source.as_deref().unwrap_or_default());
        }
        let region = choice.region.as_deref().unwrap_or("China");
        let years = self.averages_of(region).map_err(|available| {
            refused("carbon.region", format!("{region:?}"), format!("no factor for it; available: {available}"))
        })?;
        let found = self.pick_year(&years, choice.year).map_err(|available| {
            let problem = format!("no factor of {region} for that year; available: {available}");
            refused("carbon.year", choice.year.unwrap_or_default().to_string(), problem)
        })?;
        let mut factor = found.clone();
        if choice.region.is_none() {
            note(&mut factor, "no region was given, so the average of all China is taken");
        }
        Ok(factor)
    }

    /// Every factor of a kind for a region, one's own first, then by year.
    pub fn of_kind<'a>(&'a self, kind: FactorKind, region: &str) -> Vec<&'a Factor> {
        let wanted = plain(region);
        let of_kind = |rows: &'a [Factor]| {
            let mut found: Vec<&'a Factor> = rows.iter().filter(|f| f.kind == kind && is_region(f, &wanted)).collect();
            found.sort_by_key(|factor| factor.year);
            found
        };
        let mut found = of_kind(&self.own);
        found.extend(of_kind(factors()));
        found
    }

    /// All years of a region, one's own first, or what regions there are.
    ///
    /// A country whose grid average is not known is answered by the footprint of its power, which its title says.
    fn averages_of(&self, region: &str) -> std::result::Result<Vec<&Factor>, String> {
        let wanted = plain(region);
        let of_region = || self.iter().filter(|factor| is_region(factor, &wanted));
        let mut years: Vec<&Factor> = of_region().filter(|factor| factor.kind == FactorKind::GridAverage).collect();
        if years.is_empty() {
            years = of_region()
                .filter(|f| f.kind == FactorKind::Footprint && matches!(f.level, Level::Country | Level::User))
                .collect();
        }
        if years.is_empty() { Err(self.available_regions(&wanted)) } else { Ok(years) }
    }

    /// The row of a year, or the latest of one's own or else of all without one, or what years there are.
    fn pick_year<'a>(&self, years: &[&'a Factor], year: Option<i32>) -> std::result::Result<&'a Factor, String> {
        let own = |factor: &&&Factor| self.own.iter().any(|row| std::ptr::eq(row, **factor));
        let found = if year.is_some() {
            years.iter().find(|factor| factor.year == year)
        } else {
            let latest_own = years.iter().filter(own).max_by_key(|factor| factor.year);
            latest_own.or_else(|| years.iter().max_by_key(|factor| factor.year))
        };
        found.copied().ok_or_else(|| {
            let mut list: Vec<i32> = years.iter().filter_map(|factor| factor.year).collect();
            list.sort_unstable();
            list.dedup();
            list.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
        })
    }

    fn available_regions(&self, wanted: &str) -> String {
        let names = |level: Level| {
            let mut names: Vec<&str> = Vec::new();
            for factor in self.iter().filter(|f| f.level == level) {
                if !names.contains(&factor.region.as_str()) {
                    names.push(&factor.region);
                }
            }
            names
        };
        let (nation, grids, provinces) = (names(Level::Nation), names(Level::Grid), names(Level::Province));
        let (countries, own) = (names(Level::Country), names(Level::User));
        let all = own.iter().chain(&nation).chain(&grids).chain(&provinces).chain(&countries).copied();
        let near = match nearest(wanted, all).as_slice() {
            [] => String::new(),
            near => format!("{} (nearest); ", near.join(", ")),
        };
        let own = if own.is_empty() { String::new() } else { format!("own: {}; ", own.join(", ")) };
        format!(
            "{near}{own}nation: {}; regional grids: {}; provinces: {}; or the Chinese names of these; or one of {} \
             other countries in English or Chinese",
            nation.join(", "),
            grids.join(", "),
            provinces.join(", "),
            countries.len()
        )
    }
}

/// The grid average of a region of China, or of another country, by its English or Chinese name, for a year or,
/// without one, the latest.
///
/// Of most other countries only the life cycle of their power is known ([`FactorKind::Footprint`]), and then that
/// is what comes, with its name.
///
/// ```
/// use rooftop_pv::carbon::grid_factor;
/// assert_eq!(grid_factor("山东", None)?.value, 0.6191);
/// assert_eq!(grid_factor("North China grid", Some(2021))?.value, 0.7120);
/// assert_eq!(grid_factor("Germany", None)?.title(), "carbon footprint, Germany 2023");
/// # Ok::<(), rooftop_pv::Error>(())
/// ```
///
/// # Errors
/// [`Error::Factor`] lists the regions, nearest names first, or the years that there are.
pub fn grid_factor(region: &str, year: Option<i32>) -> Result<&'static Factor> {
    EMBEDDED.grid_factor(region, year)
}

/// The factor that a plant chose: its own, or the grid average of its region and year. Without a
/// region it is the average of China, and its note says so.
///
/// # Errors
/// [`Error::Config`] for `carbon.region`, `carbon.year` or `carbon.factor_kg_per_kwh`, which
/// [`plant::locate`](crate::plant::locate) places in the park file.
pub fn resolve(choice: &CarbonChoice) -> Result<Factor> {
    EMBEDDED.resolve(choice)
}

fn is_region(factor: &Factor, wanted: &str) -> bool {
    plain(&factor.region) == wanted || (!factor.region_zh.is_empty() && plain(&factor.region_zh) == wanted)
}

fn refused(key: &str, value: String, problem: String) -> Error {
    Error::Config { file: String::new(), line: None, key: key.to_owned(), value, problem }
}

#[cfg(test)]
mod tests {
    use super::super::Confidence;
    use super::*;

    #[test]
    fn own_factors_stand_before_the_embedded_ones() {
        let text = "# mine\nkind,region,year,value,unit,source,note\ngrid_average,Shandong,2020,0.70,t CO2/MWh,me,\ngrid_average,our grid,,0.3,kg CO2/kWh,me,\n";
        let table = FactorTable::from_csv(text, "own.csv").unwrap();
        assert_eq!(table.grid_factor("山东", Some(2023)).unwrap().value, 0.6191);
        assert_eq!(table.grid_factor("Shandong", Some(2020)).unwrap().value, 0.70);
        assert_eq!(table.grid_factor("Shandong", None).unwrap().value, 0.70, "own before later embedded ones");
        assert_eq!(table.grid_factor("Our Grid", None).unwrap().value, 0.3);
        assert_eq!(table.own().len(), 2);
        let choice = CarbonChoice { region: Some("our grid".into()), ..CarbonChoice::default() };
        let factor = table.resolve(&choice).unwrap();
        assert_eq!((factor.level, factor.confidence, factor.source.as_str()), (Level::User, Confidence::Given, "me"));
        assert_eq!(
            table.of_kind(FactorKind::GridAverage, "Shandong").iter().map(|f| f.value).collect::<Vec<_>>(),
            [0.70, 0.6838, 0.6410, 0.6191]
        );
        let error = table.grid_factor("our grad", None).unwrap_err().to_string();
        assert!(error.contains("our grid (nearest); own: Shandong, our grid; nation: China"), "{error}");
    }
}
