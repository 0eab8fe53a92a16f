//! Looking factors up by region and year, in a table of one's own first, then in the embedded ones.

use super::factors::{Confidence, Factor, FactorKind, Level, factors, note};
use super::regions::plain;
use crate::error::{Error, Result};
use crate::plant::{CarbonChoice, rules};
use crate::words::{did_you_mean, nearest};

pub(super) const FACTOR_KEY: &str = "carbon.factor_kg_per_kwh";

/// Columns of a table; those that a row cannot do without come first.
const COLUMNS: [&str; 12] = [
    "kind",
    "region",
    "value",
    "unit",
    "source",
    "level",
    "region_zh",
    "year",
    "scope",
    "licence",
    "confidence",
    "note",
];
const REQUIRED: usize = 5;

/// Units that a table may be written in, each with what it is in kg/kWh and the unit that results.
const UNITS: [(&str, f64, &str); 6] = [
    ("kg CO2/kWh", 1.0, "kg CO2/kWh"),
    ("kg CO2e/kWh", 1.0, "kg CO2e/kWh"),
    ("g CO2/kWh", 1e-3, "kg CO2/kWh"),
    ("g CO2e/kWh", 1e-3, "kg CO2e/kWh"),
    ("t CO2/MWh", 1.0, "kg CO2/kWh"),
    ("t CO2e/MWh", 1.0, "kg CO2e/kWh"),
];

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
    /// Lines that begin with `#` are left out. Units: kg or g a kWh, t a MWh, of CO2 or CO2e.
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
        pick_year(&years, year).map_err(|available| Error::Factor {
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
        let found = pick_year(&years, choice.year).map_err(|available| {
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

/// The row of a year, or the latest without one, or what years there are. One's own rows come first and stay first.
fn pick_year<'a>(years: &[&'a Factor], year: Option<i32>) -> std::result::Result<&'a Factor, String> {
    let found = match year {
        Some(year) => years.iter().find(|factor| factor.year == Some(year)),
        None => {
            let embedded = |factor: &&&Factor| factors().iter().any(|other| std::ptr::eq(other, **factor));
            let own = years.iter().filter(|factor| !embedded(factor)).max_by_key(|factor| factor.year);
            own.or_else(|| years.iter().max_by_key(|factor| factor.year))
        }
    };
    found.copied().ok_or_else(|| {
        let mut list: Vec<String> = Vec::new();
        for year in years.iter().filter_map(|factor| factor.year).map(|year| year.to_string()) {
            if !list.contains(&year) {
                list.push(year);
            }
        }
        list.join(", ")
    })
}

fn refused(key: &str, value: String, problem: String) -> Error {
    Error::Config { file: String::new(), line: None, key: key.to_owned(), value, problem }
}

/// All rows of a table in csv; see [`FactorTable::from_csv`].
pub(super) fn read_factors(text: &str, file: &str) -> Result<Vec<Factor>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: &csv::Error| Error::Record {
        file: file.to_owned(),
        line: error.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX)),
        column: String::new(),
        value: String::new(),
        problem: match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("{len} fields where the first line names {expected_len}; text with commas stands in quotes")
            }
            _ => error.to_string(),
        },
    };
    let names = reader.headers().map_err(|error| broken(&error))?.clone();
    let header_line = names.position().map_or(1, csv::Position::line);
    let row = Row {
        file,
        line: usize::try_from(header_line).unwrap_or(usize::MAX),
        places: [None; COLUMNS.len()],
        fields: &names,
    };
    let places = row.columns()?;
    let mut rows: Vec<Factor> = Vec::new();
    for record in reader.records() {
        let fields = record.map_err(|error| broken(&error))?;
        let line = fields.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        let row = Row { file, line, places, fields: &fields };
        let factor = row.factor()?;
        let same = |f: &Factor| {
            (f.kind, &f.region, f.year, &f.scope) == (factor.kind, &factor.region, factor.year, &factor.scope)
        };
        if rows.iter().any(same) {
            return Err(row.error(
                "",
                factor.title(),
                String::from("stands in the table already; take one of the two out"),
            ));
        }
        rows.push(factor);
    }
    Ok(rows)
}

/// A line of a table with what is needed to tell where something stood.
struct Row<'a> {
    file: &'a str,
    line: usize,
    /// Where each of [`COLUMNS`] stands.
    places: [Option<usize>; COLUMNS.len()],
    fields: &'a csv::StringRecord,
}

impl Row<'_> {
    fn error(&self, column: &str, value: impl Into<String>, problem: String) -> Error {
        let place = COLUMNS.iter().position(|name| *name == column).and_then(|index| self.places[index]);
        let column = place.map_or_else(|| column.to_owned(), |place| format!("{} ({column})", place + 1));
        Error::Record { file: self.file.to_owned(), line: self.line, column, value: value.into(), problem }
    }

    /// Where the columns stand, by the names of the first line.
    fn columns(&self) -> Result<[Option<usize>; COLUMNS.len()]> {
        let mut places = [None; COLUMNS.len()];
        for (place, name) in self.fields.iter().enumerate() {
            let column = (place + 1).to_string();
            let Some(index) = COLUMNS.iter().position(|known| *known == name.to_ascii_lowercase()) else {
                let problem = format!("no column has that name: {}{}", COLUMNS.join(", "), did_you_mean(name, COLUMNS));
                return Err(self.error(&column, name, problem));
            };
            if places[index].replace(place).is_some() {
                return Err(self.error(&column, name, String::from("this column stands there twice")));
            }
        }
        match COLUMNS[..REQUIRED].iter().zip(places).find(|(_, place)| place.is_none()) {
            Some((name, _)) => {
                let problem = format!("the column {name} is missing; needed are {}", COLUMNS[..REQUIRED].join(", "));
                Err(self.error("", "", problem))
            }
            None => Ok(places),
        }
    }

    /// The text of a column; empty where the table does not have it.
    fn text(&self, column: &str) -> &str {
        let index = COLUMNS.iter().position(|name| *name == column);
        index.and_then(|index| self.places[index]).and_then(|place| self.fields.get(place)).unwrap_or_default()
    }

    fn needed(&self, column: &str) -> Result<&str> {
        match self.text(column) {
            "" => Err(self.error(column, "", String::from("is empty, and a factor cannot do without it"))),
            text => Ok(text),
        }
    }

    fn word<T: Copy, const N: usize>(&self, column: &str, names: &[(&'static str, T); N]) -> Result<T> {
        let text = self.needed(column)?;
        let all = names.map(|(name, _)| name);
        names
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, value)| *value)
            .ok_or_else(|| self.error(column, text, format!("one of {}{}", all.join(", "), did_you_mean(text, all))))
    }

    fn word_or<T: Copy, const N: usize>(&self, column: &str, names: &[(&'static str, T); N], other: T) -> Result<T> {
        if self.text(column).is_empty() { Ok(other) } else { self.word(column, names) }
    }

    fn factor(&self) -> Result<Factor> {
        let unit_text = self.needed("unit")?;
        let units = UNITS.map(|(name, ..)| name);
        let Some((_, scale, unit)) = UNITS.into_iter().find(|(name, ..)| *name == unit_text) else {
            let problem = format!("one of {}{}", units.join(", "), did_you_mean(unit_text, units));
            return Err(self.error("unit", unit_text, problem));
        };
        let value_text = self.needed("value")?;
        let number = |text: &str, column: &str| {
            text.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| {
                self.error(column, text, String::from("is no number; write it as 0.6191, without unit or commas"))
            })
        };
        let written = number(value_text, "value")?;
        // Divided rather than multiplied, so that 612 g is the double nearest to 0.612.
        let value = if scale == 1.0 { written } else { written / 1000.0 };
        if let Some(allowed) = rules::outside(FACTOR_KEY, value) {
            return Err(self.error(
                "value",
                value_text,
                format!("in {unit_text} it is {value} {unit}, and allowed is {allowed}"),
            ));
        }
        let year = match self.text("year") {
            "" => None,
            text => Some(text.parse::<i32>().ok().filter(|year| (1900..=2200).contains(year)).ok_or_else(|| {
                self.error(
                    "year",
                    text,
                    String::from("is no year from 1900 to 2200; leave it empty where there is none"),
                )
            })?),
        };
        let scope = match self.text("scope") {
            "" => "as its source defines it",
            text => text,
        };
        Ok(Factor {
            kind: self.word("kind", &FactorKind::NAMES)?,
            level: self.word_or("level", &Level::NAMES, Level::User)?,
            region: self.needed("region")?.to_owned(),
            region_zh: self.text("region_zh").to_owned(),
            year,
            scope: scope.to_owned(),
            value,
            unit: unit.to_owned(),
            source: self.needed("source")?.to_owned(),
            licence: self.text("licence").to_owned(),
            confidence: self.word_or("confidence", &Confidence::NAMES, Confidence::Given)?,
            note: self.text("note").to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "kind,region,year,value,unit,source,note\n";

    fn message(text: &str) -> String {
        FactorTable::from_csv(text, "own.csv").unwrap_err().to_string()
    }

    #[test]
    fn the_embedded_tables_read_without_an_error() {
        let rows = |text: &str| text.lines().filter(|line| !line.starts_with('#')).count() - 1;
        for text in [include_str!("factors.csv"), include_str!("countries.csv")] {
            assert_eq!(read_factors(text, "table").unwrap().len(), rows(text));
        }
    }

    #[test]
    fn own_factors_stand_before_the_embedded_ones() {
        let text = format!(
            "# mine\n{HEAD}grid_average,Shandong,2020,0.70,t CO2/MWh,me,\ngrid_average,our grid,,0.3,kg CO2/kWh,me,\n"
        );
        let table = FactorTable::from_csv(&text, "own.csv").unwrap();
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

    #[test]
    fn errors_name_line_column_value_and_what_was_meant() {
        assert_eq!(
            message("kind,regoin,value,unit,source\n"),
            "own.csv, line 1, column 2 = regoin: no column has that name: kind, region, value, unit, source, level, \
             region_zh, year, scope, licence, confidence, note; did you mean region?"
        );
        assert_eq!(
            message("kind,region,value,unit\n"),
            "own.csv, line 1: the column source is missing; needed are kind, region, value, unit, source"
        );
        let line = |row: &str| message(&format!("{HEAD}grid_average,A,2020,0.5,kg CO2/kWh,me,\n{row}\n"));
        let error = line("grid_averag,B,2020,0.5,kg CO2/kWh,me,");
        assert!(error.starts_with("own.csv, line 3, column 1 (kind) = grid_averag: one of grid_average, "), "{error}");
        assert!(error.ends_with("; did you mean grid_average?"), "{error}");
        for (row, wanted) in [
            ("fossil,B,20x,0.5,kg CO2/kWh,me,", "own.csv, line 3, column 3 (year) = 20x: is no year"),
            ("fossil,B,2020,half,kg CO2/kWh,me,", "own.csv, line 3, column 4 (value) = half: is no number"),
            ("fossil,B,2020,NaN,kg CO2/kWh,me,", "own.csv, line 3, column 4 (value) = NaN: is no number"),
            ("fossil,B,2020,-0.1,kg CO2/kWh,me,", "own.csv, line 3, column 4 (value) = -0.1: in kg CO2/kWh it is -0.1"),
            (
                "fossil,B,2020,619.1,kg CO2/kWh,me,",
                "own.csv, line 3, column 4 (value) = 619.1: in kg CO2/kWh it is 619.1",
            ),
            ("fossil,B,2020,0.5,kg CO2,me,", "own.csv, line 3, column 5 (unit) = kg CO2: one of kg CO2/kWh"),
            ("fossil,B,2020,0.5,kg CO2/kWh,,", "own.csv, line 3, column 6 (source): is empty"),
            ("fossil,,2020,0.5,kg CO2/kWh,me,", "own.csv, line 3, column 2 (region): is empty"),
            ("fossil,B,2020,0.5,kg CO2/kWh,me", "own.csv, line 3: 6 fields where the first line names 7"),
            ("grid_average,A,2020,0.6,kg CO2/kWh,me,", "own.csv, line 3 = grid average, A 2020: stands in the table"),
        ] {
            let error = line(row);
            assert!(error.starts_with(wanted), "{row}: {error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_table_is_survived(text in "\\PC{0,80}", row in "[a-z0-9.,\"\n-]{0,40}") {
            let _ = FactorTable::from_csv(&text, "x");
            let _ = FactorTable::from_csv(&format!("{HEAD}{row}"), "x");
        }
    }
}
