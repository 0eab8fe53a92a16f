//! What the records of an inventory give to say by themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::sums::{Inventory, Month, Named};

impl Inventory {
    /// Repeated rows, gaps, firms in several sectors.
    pub(super) fn remarks(&self) -> Vec<String> {
        let sums = self.sorted();
        let mut remarks = Vec::new();
        let repeated: Vec<_> = sums.iter().filter(|named| named.sum.rows > 1).collect();
        if let Some(first) = repeated.first() {
            let same = repeated.iter().filter(|named| named.sum.smallest == named.sum.largest).collect::<Vec<_>>();
            let like = |named: &Named<'_>| {
                format!("{}, {}, {} ({} rows)", named.firm, named.carrier.name, named.month, named.sum.rows)
            };
            remarks.push(format!("sums of more than one row, added up: {}, as {}", repeated.len(), like(first)));
            if let Some(first) = same.first() {
                remarks.push(format!(
                    "of these, with the same amount in every row: {}, as {}; was a record read twice?",
                    same.len(),
                    like(first)
                ));
            }
        }
        remarks.extend(gaps(&sums));
        let mut sectors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for named in &sums {
            sectors.entry(named.firm).or_default().insert(named.sector);
        }
        let several: Vec<&str> = sectors.iter().filter(|(_, of)| of.len() > 1).map(|(firm, _)| *firm).collect();
        if let Some(first) = several.first() {
            remarks.push(format!("firms in more than one sector: {}, as {first}", several.len()));
        }
        remarks
    }
}

/// Meters without a reading in a month between their first and their last: a gap looks like saved energy.
fn gaps(sums: &[Named<'_>]) -> Option<String> {
    let count = |month: Month| i64::from(month.year) * 12 + i64::from(month.month);
    let same =
        |a: &Named<'_>, b: &Named<'_>| (a.firm, a.sector, &a.carrier.name) == (b.firm, b.sector, &b.carrier.name);
    // Sorted by firm, sector, carrier and month: what belongs together stands together.
    let missing: Vec<&Named<'_>> = sums
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if same(a, b) && count(b.month) > count(a.month) + 1 => Some(a),
            _ => None,
        })
        .collect();
    missing.first().map(|first| {
        let like = format!("{}, {} after {}", first.firm, first.carrier.name, first.month);
        format!("gaps, months without a record between others: {}, as {like}; they count as 0", missing.len())
    })
}
