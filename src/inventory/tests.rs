use std::io::Read;

use proptest::prelude::*;

use super::*;

const HEAD: &str = "firm,sector,carrier,month,amount,unit\n";

fn inventory() -> Inventory {
    Inventory::new(&Factors::built_in().unwrap())
}

fn read(rows: &str) -> crate::Result<Inventory> {
    let mut inventory = inventory();
    inventory.read("r.csv", format!("{HEAD}{rows}").as_bytes())?;
    Ok(inventory)
}

fn shandong() -> Options {
    Options { region: Some("Shandong".into()), ..Options::default() }
}

#[test]
fn sums_by_hand() {
    let rows = "A,metal,raw_coal,2022-01,100,t\n\
                A,metal,electricity,2022-01,20,万千瓦时\n\
                B,food,天然气,2022-02,5,10^4 m3\n\
                A,metal,raw_coal,2023-01,0.09,kt\n\
                # a comment\n\
                \"B, south\",food,heat,2023-02,\"40\",GJ\n";
    let book = read(rows).unwrap().book(&shandong()).unwrap();
    // tce: 71.43 + 200 MWh x 0.1229, 50 000 m3 x 1.33, 64.287, 40 GJ x 0.03412
    let by_year = book.by(Dimension::Year);
    assert_eq!(by_year[0].name, "2022");
    assert!((by_year[0].tce - (71.43 + 24.58 + 66.5)).abs() < 1e-9);
    assert!((by_year[1].tce - (64.287 + 1.3648)).abs() < 1e-9);
    // CO2: parts of the guidelines, Shandong's grid of 2022, 0.11 t/GJ
    let coal = 20.908 * 26.37 * 0.94 * 44.0 / 12.0 / 1000.0;
    let gas = 38.931 * 15.3 * 0.99 * 44.0 / 12.0 / 1000.0;
    let grid = crate::carbon::grid_factor("Shandong", Some(2022)).unwrap().value;
    assert!((by_year[0].co2_t - (100.0 * coal + 200.0 * grid + 50.0 * gas)).abs() < 1e-8);
    assert!((by_year[1].co2_t - (90.0 * coal + 4.4)).abs() < 1e-8);
    let names: Vec<String> = book.by(Dimension::Firm).into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["A", "B", "B, south"]);
    assert_eq!(book.by(Dimension::Month)[1].name, "2022-02");
    assert_eq!(book.amount("electricity", 2022), 200_000.0);
    // January stands in both years, February too, but A has no February.
    let change = book.change(2023).unwrap();
    assert_eq!(change.months, [1, 2]);
    let only_a = book.change_where(2023, |entry| entry.firm == "A" && entry.carrier == "raw_coal").unwrap();
    assert!((only_a.tce().unwrap() + 0.1).abs() < 1e-12);
    assert_eq!(book.change(2022), None);
}

#[test]
fn every_table_of_a_book_adds_up_to_the_same_total() {
    let rows: Vec<String> = (0..500)
        .map(|k| {
            let carrier = ["raw_coal", "diesel", "lpg", "steam"][k % 4];
            format!("f{},s{},{carrier},2022-{:02},{}.{},t\n", k % 51, k % 39, 1 + k % 12, k, k * 7919 % 1000)
        })
        .collect();
    let book = read(&rows.concat()).unwrap().book(&shandong()).unwrap();
    let total = book.mass_of(|_| true);
    for dimension in [Dimension::Firm, Dimension::Sector, Dimension::Carrier, Dimension::Month, Dimension::Year] {
        #[expect(clippy::cast_possible_truncation, reason = "far below 2^127")]
        let milligrams = |value: f64| (value * 1e9).round() as i128;
        let rows = book.by(dimension);
        let sum: i128 = rows.iter().map(|row| milligrams(row.tce)).sum();
        // Each row rounds once more on its way to f64: at these sizes to the milligram.
        assert_eq!(sum, total.kgce_mg, "{dimension:?}");
    }
}

#[test]
fn conventions_of_electricity_are_named_and_chosen() {
    let inventory = read("A,s,electricity,2021-05,1000,kWh\nA,s,electricity,2016-05,1000,kWh\n").unwrap();
    let tce = |electricity, year: i32| {
        let book = inventory.book(&Options { electricity, ..shandong() }).unwrap();
        book.total_of(|entry| entry.month.year == year).tce
    };
    assert!((tce(ElectricityCoal::Equivalent, 2021) - 0.1229).abs() < 1e-12);
    assert!((tce(ElectricityCoal::ThermalSupply, 2021) - 0.3015).abs() < 1e-12);
    // Of 2010, 2020 and others the nearest to 2016 is 2020.
    assert!((tce(ElectricityCoal::ThermalSupply, 2016) - 0.3055).abs() < 1e-12);

    let book = inventory.book(&Options { electricity: ElectricityCoal::ThermalSupply, region: None }).unwrap();
    let notes = book.notes().join("\n");
    assert!(notes.contains("thermal power supply of 2020 is used for 2016"), "{notes}");
    assert!(notes.contains("China in 2021 is used for 2016") && notes.contains("no region was given"), "{notes}");
    assert!(inventory.book(&Options { region: Some("Atlantis".into()), ..Options::default() }).is_err());
}

#[test]
fn what_is_from_memory_is_told() {
    let book = read("A,s,raw_coal,2022-05,1,t\nA,s,diesel,2022-05,1,t\n").unwrap().book(&shandong()).unwrap();
    let unverified: Vec<&String> =
        book.notes().iter().filter(|note| note.contains("unverified: from memory")).collect();
    assert_eq!(unverified.len(), 1, "{:?}", book.notes());
    assert!(unverified[0].contains("kg CO2/kg of raw_coal"));
    let used = book.used();
    assert_eq!(used.len(), 4);
    assert!(used.iter().all(|factor| !factor.source.is_empty()));
}

#[test]
fn repeated_rows_are_told_or_refused() {
    let rows = "A,s,diesel,2022-05,1,t\nA,s,diesel,2022-05,1000,kg\nA,s,lpg,2022-05,1,t\nA,s,lpg,2022-05,2,t\n\
                A,t,lpg,2022-06,2,t\n";
    let inventory = read(rows).unwrap();
    assert_eq!((inventory.rows(), inventory.len()), (5, 3));
    let book = inventory.book(&shandong()).unwrap();
    assert_eq!((book.amount("diesel", 2022), book.amount("lpg", 2022)), (2000.0, 5000.0));
    let notes = book.notes().join("\n");
    assert!(notes.contains("sums of more than one row, added up: 2, as"), "{notes}");
    assert!(notes.contains("the same amount in every row: 1, as A, diesel, 2022-05 (2 rows)"));
    assert!(notes.contains("firms in more than one sector: 1, as A"));
    let mut strict = super::tests::inventory().repeats(Repeats::Refuse);
    let error = strict.read("r.csv", format!("{HEAD}{rows}").as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("r.csv, line 3: a record of this firm"), "{error}");
}

#[test]
fn gaps_are_told() {
    let notes = |rows: &str| read(rows).unwrap().book(&shandong()).unwrap().notes().join("\n");
    let whole = "A,s,diesel,2021-12,1,t\nA,s,diesel,2022-01,1,t\nA,s,lpg,2022-05,1,t\n";
    assert!(!notes(whole).contains("gaps"));
    let gap = notes(&format!("{whole}A,s,diesel,2022-03,1,t\n"));
    assert!(gap.contains("between others: 1, as") && gap.contains("A, diesel after 2022-01"), "{gap}");
}

#[test]
fn damage_is_told_with_line_column_and_value() {
    for (row, wanted) in [
        ("A,s,raw_cole,2022-05,1,t", "line 2, column 3 (carrier) = raw_cole: unknown carrier; did you mean raw_coal?"),
        ("A,s,coal,2022-05,1,t", "did you mean raw_coal (as burnt) or standard_coal"),
        ("A,s,diesel,2022-13,1,t", "column 4 (month) = 2022-13: a month is written as 2023-07"),
        ("A,s,diesel,202205,1,t", "column 4 (month) = 202205"),
        ("A,s,diesel,2022-05,-1,t", "column 5 (amount) = -1: negative"),
        ("A,s,diesel,2022-05,NaN,t", "column 5 (amount) = NaN: not a number"),
        ("A,s,diesel,2022-05,,t", "column 5 (amount): empty"),
        ("A,s,diesel,2022-05,1,kWh", "column 6 (unit) = kWh: diesel is counted in kg"),
        ("A,s,diesel,2022-05,1,tt", "column 6 (unit) = tt: unknown unit"),
        ("A,s,natural_gas,2022-05,1,万立方", "did you mean 万立方米?"),
        (",s,diesel,2022-05,1,t", "column 1 (firm): empty"),
        ("A,s,diesel,2022-05,1", "the row has 5 fields where the header has 6"),
        ("A,s,diesel,2022-05,1,t,x", "the row has 7 fields where the header has 6"),
        ("A,\"s,diesel,2022-05,1,t", "a quotation mark is opened"),
    ] {
        let error = read(row).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with("r.csv, line 2") && error.contains(wanted), "{row}: {error}");
    }
    let long = format!("A,{},diesel,2022-05,1,t\n", "x".repeat(300));
    assert!(read(&long).err().unwrap().to_string().contains("longer than 200 bytes"));
    let endless = "x".repeat(70_000);
    assert!(read(&endless).err().unwrap().to_string().contains("line 2: longer than 65536 bytes"));
    let mut inventory = inventory();
    let error = inventory.read("r.csv", &b"firm,sector,carrier,month,amount,unit\nA,\xB8\xD6,x\n"[..]).unwrap_err();
    assert!(error.to_string().contains("line 2, column 2: not UTF-8"), "{error}");
    let error = inventory.read("r.csv", "firm,sector,carier,month,amount,unit\n".as_bytes()).unwrap_err().to_string();
    assert!(error.contains("line 1, column 3 = carier: unknown column; did you mean carrier?"), "{error}");
    assert!(inventory.read("r.csv", "firm,sector\n".as_bytes()).unwrap_err().to_string().contains("column carrier"));
    assert!(inventory.read("r.csv", HEAD.as_bytes()).unwrap_err().to_string().contains("no records after"));
    let marked = "\u{feff}企业,行业,能源品种,月份,消费量,单位\r\n甲,冶金,原煤,2022-05,1,吨\r\n";
    inventory.read("r.csv", marked.as_bytes()).unwrap();
    assert_eq!(inventory.rows(), 1);
}

#[test]
fn intensities_leave_out_firms_on_both_sides() {
    let rows = "A,metal,diesel,2022-05,1,t\nB,metal,diesel,2022-05,3,t\nC,food,diesel,2022-05,5,t\n";
    let book = read(rows).unwrap().book(&shandong()).unwrap();
    let table = "firm,year,amount,unit\nA,2022,100,万元\nC,2022,3000000,元\nA,2022,2,ha\nA,2021,1,t\n";
    let outputs = Outputs::read("o.csv", table.as_bytes()).unwrap();
    let list = book.intensities(&outputs, 2022);
    let all = &list[0];
    assert_eq!(
        (all.name.as_str(), all.per, all.amount, all.firms, all.without),
        ("all", Per::TenThousandYuan, 400.0, 2, 1)
    );
    assert!((all.tce - 6.0 * 1.4571 / 400.0).abs() < 1e-12);
    let metal = list.iter().find(|i| i.name == "metal" && i.per == Per::SquareMetre).unwrap();
    assert!((metal.tce - 1.4571 / 20_000.0).abs() < 1e-15 && metal.without == 1);
    assert!(list.iter().all(|i| i.per != Per::Tonne));
    for (row, wanted) in [
        ("A,2022,1,m3", "column 4 (unit) = m3: unknown unit"),
        ("A,2022,0,t", "0"),
        ("A,22,1,t", "column 2 (year) = 22"),
        ("A,2022,1,t\nA,2022,2,吨", "line 3, column 1 (firm) = A: has a figure in t for 2022 already"),
    ] {
        let error =
            Outputs::read("o.csv", format!("firm,year,amount,unit\n{row}\n").as_bytes()).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

/// Yilong, 2021: 1.646 Mtce and 3.885 Mt CO2, 23.7 % less than the year before.
#[test]
fn the_ratio_of_yilong_lies_between_gas_and_coal() {
    let factors = Factors::built_in().unwrap();
    let ratio = 3_885_000.0 / 1_646_000.0;
    assert!((ratio - 2.3603_f64).abs() < 5e-5);
    let (coal, gas) =
        (factors.co2_per_tce("raw_coal", 2021).unwrap(), factors.co2_per_tce("natural_gas", 2021).unwrap());
    assert!(gas < ratio && ratio < coal, "{gas} {coal}");
    assert!(factors.co2_per_tce("electricity", 2021).is_err() && factors.co2_per_tce("peat", 2021).is_err());
}

#[test]
fn sums_beyond_any_use_are_refused_in_any_order() {
    let row = |k: u32| format!("A,s,heat,2022-01,4e17,MJ\n# {k}\n");
    assert!(read(&format!("{}{}", row(1), row(2))).is_ok());
    let error = read(&format!("{}{}{}", row(1), row(2), row(3))).err().unwrap().to_string();
    assert!(error.starts_with("r.csv, line 6") && error.contains("beyond any use of energy"), "{error}");
}

/// Rows made one after the other; what they hold is never in memory at once.
struct Rows {
    next: u32,
    end: u32,
    left: Vec<u8>,
}

impl Read for Rows {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.left.is_empty() && self.next < self.end {
            let k = self.next;
            let (firm, month) = (k % 51, 1 + k / 51 % 12);
            self.left =
                format!("firm {firm},s{},electricity,2022-{month:02},{}.1,kWh\n", firm % 39, k % 997).into_bytes();
            self.next += 1;
        }
        let n = to.len().min(self.left.len());
        to[..n].copy_from_slice(&self.left[..n]);
        self.left.drain(..n);
        Ok(n)
    }
}

#[test]
fn a_million_rows_leave_only_their_sums() {
    let rows = Rows { next: 0, end: 1_000_000, left: HEAD.as_bytes().to_vec() };
    let mut inventory = inventory();
    inventory.read("rows", rows).unwrap();
    assert_eq!(inventory.rows(), 1_000_000);
    // What is kept does not grow with the rows.
    assert_eq!(inventory.len(), 51 * 12);
    let tenths: u64 = (0..1_000_000u64).map(|k| 10 * (k % 997) + 1).sum();
    let book = inventory.book(&shandong()).unwrap();
    assert_eq!(book.amount("electricity", 2022), tenths as f64 / 10.0);
}

/// Every number of a book, bit for bit.
fn bits(inventory: &Inventory) -> Vec<(String, u64, u64)> {
    let book = inventory.book(&shandong()).unwrap();
    let tables = [Dimension::Firm, Dimension::Sector, Dimension::Carrier, Dimension::Month, Dimension::Year];
    let rows = tables.into_iter().flat_map(|dimension| book.by(dimension)).chain([book.total()]);
    let mut bits: Vec<_> = rows.map(|row| (row.name, row.tce.to_bits(), row.co2_t.to_bits())).collect();
    bits.extend(book.notes().iter().map(|note| (note.clone(), 0, 0)));
    bits
}

fn row() -> impl Strategy<Value = String> {
    let carrier =
        prop::sample::select(vec![("diesel", "t"), ("raw_coal", "kg"), ("electricity", "MWh"), ("heat", "GJ")]);
    (0..9u32, 0..5u32, carrier, 2020..2023, 1..13, 0.0..1e9f64).prop_map(
        |(f, s, (carrier, unit), year, month, amount)| {
            format!("f{f},s{s},{carrier},{year}-{month:02},{amount},{unit}\n")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (rows, shuffled) in prop::collection::vec(row(), 1..120).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        prop_assert_eq!(bits(&read(&rows.concat()).unwrap()), bits(&read(&shuffled.concat()).unwrap()));
    }

    #[test]
    fn neither_do_files_and_threads(rows in prop::collection::vec(row(), 8..60), threads in 1..5usize) {
        let folder = std::env::temp_dir().join(format!("rooftop-pv-inventory-{}-{threads}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let paths: Vec<_> = rows.chunks(7).enumerate().map(|(k, part)| {
            let path = folder.join(format!("{k}.csv"));
            std::fs::write(&path, format!("{HEAD}{}", part.concat())).unwrap();
            path
        }).collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut split = inventory();
        pool.install(|| split.read_files(&paths)).unwrap();
        prop_assert_eq!(split.rows(), rows.len() as u64);
        prop_assert_eq!(bits(&split), bits(&read(&rows.concat()).unwrap()));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = inventory().read("x", &bytes[..]);
        let _ = Outputs::read("x", &bytes[..]);
        let _ = Factors::built_in().unwrap().read("x", &bytes[..]);
    }

    #[test]
    fn any_fields_are_survived(fields in prop::collection::vec("[-+0-9eE.\",#a-z中³ \t]{0,12}", 6..7)) {
        let rows = format!("{HEAD}{}\nA,s,diesel,2022-05,{},t\n", fields.join(","), fields[0]);
        let mut inventory = inventory();
        // What is read without complaint makes a book of finite figures.
        if inventory.read("x", rows.as_bytes()).is_ok() {
            prop_assert!(inventory.book(&shandong()).unwrap().total().tce.is_finite());
        }
    }
}
