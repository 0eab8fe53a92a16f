//! A component by the name that a person typed.

use super::Named;
use crate::error::{Error, Result};
use crate::words::did_you_mean;

/// The component of that name, or the only one whose name has it as a part; case, blanks and marks do not count.
pub(crate) fn by_name<'t, T: Named>(name: &str, all: &'t [T]) -> Result<&'t T> {
    let what = T::KIND;
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = plain(name);
    if let Some(found) = all.iter().find(|entry| plain(entry.name()) == wanted) {
        return Ok(found);
    }
    // Two letters are in many names.
    let parts: Vec<&T> = if wanted.len() < 3 {
        Vec::new()
    } else {
        all.iter().filter(|entry| plain(entry.name()).contains(&wanted)).collect()
    };
    match parts.as_slice() {
        [one] => Ok(one),
        [] => {
            let models = all.iter().flat_map(|entry| [entry.name(), model(entry.name())]);
            let near = did_you_mean(name, models);
            let some = if near.is_empty() { format!("; there are {}", list(all.iter())) } else { near };
            Err(Error::Mismatch { what, problem: format!("none is called {name:?}{some}") })
        }
        many => {
            let problem = format!("{name:?} may be {}; give more of the name", list(many.iter().copied()));
            Err(Error::Mismatch { what, problem })
        }
    }
}

/// The model's part of a name as SAM writes it: behind the colon, else the last word.
fn model(name: &str) -> &str {
    name.split_once(": ").map_or_else(|| name.rsplit(' ').next().unwrap_or(name), |(_, model)| model)
}

/// The first names, with commas.
fn list<'t, T: Named + 't>(entries: impl Iterator<Item = &'t T>) -> String {
    entries.take(20).map(Named::name).collect::<Vec<_>>().join(", ")
}
