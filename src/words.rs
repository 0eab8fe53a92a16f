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

/// `; did you mean …?` with the nearest candidate, or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).first().map_or_else(String::new, |best| format!("; did you mean {best}?"))
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
}
