//! Reads tables of factors, the embedded one and those of users.

use std::borrow::Cow;
use std::io::Read;

use super::amount::BaseUnit;
use super::factors::{Carrier, EnergyFactor, Factors, Part, plain};
use super::lines::{Header, Lines, bad, split};
use crate::carbon::Confidence;
use crate::error::{Error, Result};
use crate::words::did_you_mean;

impl Factors {
    pub(super) fn add(&mut self, file: &str, reader: impl Read, own: bool) -> Result<()> {
        const COLUMNS: [&[&str]; 9] = [
            &["kind"],
            &["carrier"],
            &["value"],
            &["unit"],
            &["source"],
            &["carrier_zh"],
            &["year"],
            &["confidence"],
            &["note"],
        ];
        let mut lines = Lines::new(file, reader);
        let mut header: Option<Header<9>> = None;
        while let Some((line, text)) = lines.next()? {
            let mut fields = Vec::new();
            split(file, line, text, &mut fields)?;
            match &header {
                None => header = Some(Header::read(file, line, &fields, COLUMNS, 5)?),
                Some(header) => self.add_row(file, line, header, &fields, own)?,
            }
        }
        if header.is_some() {
            return Ok(());
        }
        Err(Error::Format {
            file: file.to_owned(),
            problem: "no line with column names".into(),
            fix: "the first line must name kind, carrier, value, unit, source".into(),
        })
    }

    fn add_row(
        &mut self,
        file: &str,
        line: usize,
        header: &Header<9>,
        fields: &[Cow<'_, str>],
        own: bool,
    ) -> Result<()> {
        header.check_width(file, line, fields)?;
        let get = |which| header.get(fields, which);
        let refuse = |which: usize, problem: String| Err(bad(file, line, &header.label(which), get(which), problem));

        let Some((_, part)) = Part::NAMES.iter().find(|(name, _)| *name == get(0)) else {
            let names = Part::NAMES.map(|(name, _)| name);
            return refuse(
                0,
                format!("unknown{}; allowed is one of {}", did_you_mean(get(0), names), names.join(", ")),
            );
        };
        let name = plain(get(1));
        if name.is_empty() {
            return refuse(1, "empty; name the carrier".into());
        }
        let known = self.carrier_index(&name).ok();
        let unit: String = get(3).replace(['³'], "3");
        let base = match known.and_then(|index| self.carriers.get(index)) {
            Some(carrier) => carrier.base,
            None => match unit.rsplit_once('/').and_then(|(_, sign)| BaseUnit::from_sign(sign)) {
                Some(base) if *part == Part::Kgce || *part == Part::Ncv || *part == Part::Co2 => base,
                _ => {
                    let problem = "a new carrier begins with its kgce, ncv or co2, whose unit ends in /kg, /m3, /MJ, \
                                   /kWh or /kgce";
                    return refuse(3, problem.into());
                }
            },
        };
        let (wanted, largest) = part.unit(base);
        if unit != wanted {
            return refuse(3, format!("wanted is {wanted}: {name} is counted in {}", base.sign()));
        }
        let value = match get(2).parse::<f64>() {
            Ok(value) if value >= 0.0 && value <= largest => value,
            _ => return refuse(2, format!("wanted is a number from 0 to {largest} {wanted}")),
        };
        let year = match get(6) {
            "" => None,
            text => match text.parse::<i32>() {
                Ok(year) if (1950..=2200).contains(&year) => Some(year),
                _ => return refuse(6, "a year from 1950 to 2200, or empty for all years".into()),
            },
        };
        if get(4).is_empty() {
            return refuse(4, "empty; a figure without a source cannot be checked: say where it comes from".into());
        }
        let confidence = match get(7) {
            "announced" => Confidence::Announced,
            "seen" => Confidence::Seen,
            "memory" => Confidence::Memory,
            "" | "given" => Confidence::Given,
            other => {
                let names = ["announced", "seen", "given", "memory"];
                let hint = did_you_mean(other, names);
                return refuse(7, format!("unknown{hint}; allowed is one of {}", names.join(", ")));
            }
        };
        let carrier = if let Some(carrier) = known.and_then(|index| self.carriers.get(index)) {
            carrier.name.clone()
        } else {
            self.carriers.push(Carrier { name: name.clone(), name_zh: get(5).to_owned(), base });
            name
        };
        let twice =
            |row: &&EnergyFactor| row.own == own && row.part == *part && row.carrier == carrier && row.year == year;
        if let Some(first) = self.rows.iter().find(twice) {
            let what = format!("{carrier} has this already ({} {})", first.value, first.unit);
            return refuse(1, format!("{what}; drop one of the two rows"));
        }
        self.rows.push(EnergyFactor {
            part: *part,
            carrier,
            year,
            value,
            unit,
            source: get(4).to_owned(),
            confidence,
            note: get(8).to_owned(),
            own,
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_with_line_column_and_value() {
        let head = "kind,carrier,carrier_zh,year,value,unit,source,confidence,note\n";
        for (row, wanted) in [
            ("kgc,raw_coal,,,1,kgce/kg,x,,", "line 2, column 1 (kind) = kgc: unknown; did you mean kgce?"),
            ("kgce,,,,1,kgce/kg,x,,", "column 2 (carrier)"),
            ("kgce,diesel,,,1,kgce/m3,x,,", "wanted is kgce/kg: diesel is counted in kg"),
            ("kgce,diesel,,,NaN,kgce/kg,x,,", "column 5 (value) = NaN"),
            ("kgce,diesel,,,14571,kgce/kg,x,,", "from 0 to 5 kgce/kg"),
            ("oxidation,diesel,,,98,1,x,,", "from 0 to 1 1"),
            ("kgce,diesel,,22,1,kgce/kg,x,,", "column 4 (year) = 22"),
            ("kgce,diesel,,,1,kgce/kg,,,", "say where it comes from"),
            ("kgce,diesel,,,1,kgce/kg,x,sure,", "column 8 (confidence) = sure"),
            ("carbon,peat,,,28,kgC/GJ,x,,", "a new carrier begins"),
            ("kgce,diesel,,,1", "the row has 5 fields where the header has 9"),
            ("kgce,diesel,,,1,kgce/kg,\"x,,", "quotation mark"),
            (
                "kgce,diesel,,,1,kgce/kg,x,,\nkgce,柴油,,,1.1,kgce/kg,x,,",
                "line 3, column 2 (carrier) = 柴油: diesel has",
            ),
        ] {
            let mut factors = Factors::built_in().unwrap();
            let error = factors.read("own.csv", format!("{head}{row}\n").as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("own.csv, line ") && error.contains(wanted), "{error}");
        }
        let mut factors = Factors::built_in().unwrap();
        let error = factors.read("own.csv", "kind,carrier,valu\n".as_bytes()).unwrap_err().to_string();
        assert!(error.contains("column 3 = valu: unknown column; did you mean value?"), "{error}");
        assert!(factors.read("own.csv", "".as_bytes()).unwrap_err().to_string().contains("no line with column names"));
    }
}
