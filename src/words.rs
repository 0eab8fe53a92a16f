//! Names that a person typed, held against the names there are.

/// The candidates that lie nearest to `word`, best first, at most three; none where nothing is near.
///
/// Case, blanks and hyphens do not count, so that `Hay-Davies` finds `hay_davies`.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = plain(word);
    let mut near: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| {
            let candidate_plain = plain(candidate);
            let mut score = strsim::normalized_damerau_levenshtein(&wanted, &candidate_plain);
            // A shortened name, as `soil` for `soiling`, is as good as a mistyped one.
            if wanted.chars().count() >= 3 && candidate_plain.starts_with(&wanted) {
                score = score.max(0.75);
            }
            (score, candidate)
        })
        .filter(|(score, _)| *score >= 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(3);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The word of an enum's variant in a park file, quoted.
pub(crate) fn quoted_word(variant: impl serde::Serialize) -> String {
    serde_json::to_string(&variant).unwrap_or_default()
}

/// `; did you mean …?` with the nearest candidate, or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).first().map_or_else(String::new, |best| format!("; did you mean {best}?"))
}

/// A number with its thousands apart, as `17 800 000` or `-1 234.50`.
pub(crate) fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && value.is_finite() && (whole.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{text}{point}{fraction}")
}

/// A number with as many of four decimals as it needs, as `15.25` or `51`.
pub(crate) fn trimmed(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// To so many significant digits.
pub(crate) fn round_to(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the exponent of a finite number")]
    let exponent = value.abs().log10().floor() as i32;
    let scale = 10f64.powi(digits - 1 - exponent);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_and_shortened_names_are_found() {
        let words = ["isotropic", "hay_davies", "perez"];
        assert_eq!(nearest("Hay-Davies", words), ["hay_davies"]);
        assert_eq!(nearest("peres", words), ["perez"]);
        assert_eq!(nearest("iso", words), ["isotropic"]);
        assert!(nearest("klucher", words).is_empty());
        assert!(nearest("", words).is_empty());
        assert_eq!(did_you_mean("tilt", ["tilt_deg"]), "; did you mean tilt_deg?");
        assert_eq!(did_you_mean("x", ["tilt_deg"]), "");
    }

    #[test]
    fn numbers_are_grouped_and_trimmed() {
        assert_eq!(grouped(17_800_000.0, 0), "17 800 000");
        assert_eq!(grouped(-1234.5, 2), "-1 234.50");
        assert_eq!(grouped(f64::INFINITY, 0), "inf");
        assert_eq!(trimmed(15.25), "15.25");
        assert_eq!(trimmed(51.0), "51");
    }
}
