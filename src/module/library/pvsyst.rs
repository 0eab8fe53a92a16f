//! The objects that PVsyst writes into PAN and OND files: `key=value` lines, indented, objects in objects.
//!
//! PVsyst documents the format nowhere; what is read here is what its files of versions 6 and 7 have in common.

use super::text::{Text, bad, number};
use crate::error::Result;

/// No file of PVsyst nests deeper.
const DEEPEST: usize = 16;

/// An object: its lines and the objects in it.
#[derive(Debug)]
pub(crate) struct Object<'t> {
    file: &'t str,
    /// What it is called, as `IAMProfile`.
    key: &'t str,
    /// Of which kind it is, as `TCubicProfile`.
    pub(crate) kind: &'t str,
    pub(crate) line: usize,
    /// Keys, values and lines.
    values: Vec<(&'t str, &'t str, usize)>,
    objects: Vec<Object<'t>>,
}

/// An object that is open while lines are read.
struct Open<'t> {
    object: Object<'t>,
    indent: usize,
    /// Whether the lines in it stand further right, so that one that does not ends it.
    indented: bool,
}

impl<'t> Object<'t> {
    /// The file's outermost object.
    ///
    /// # Errors
    /// None begins, or it does not end: the file is of another kind or cut off.
    pub(crate) fn parse(text: &'t Text<'_>) -> Result<Self> {
        let lines: Vec<(usize, &str)> = text.lines().collect();
        let mut open: Vec<Open<'t>> = Vec::new();
        for (i, (line, content)) in lines.iter().enumerate() {
            let (line, indent) = (*line, indent(content));
            let content = content.trim_matches(['\u{1a}', ' ', '\t', '\r']);
            if let Some(end) = content.strip_prefix("End of ") {
                // PVsyst writes the last remark behind the end of the remarks.
                let name = end.split('=').next().unwrap_or(end).trim();
                if let Some(root) = close(&mut open, name) {
                    return Ok(root);
                }
                continue;
            }
            while open.len() > 1 && open.last().is_some_and(|top| top.indented && indent <= top.indent) {
                close_last(&mut open);
            }
            let (key, value) = content.split_once('=').unwrap_or((content, ""));
            let (key, value) = (key.trim(), value.trim());
            let next_indent = lines.get(i + 1).map_or(0, |(_, next)| self::indent(next));
            let opens =
                key.starts_with("PVObject_") || next_indent > indent || matches!(value, "TCubicProfile" | "TConverter");
            if open.is_empty() && !key.starts_with("PVObject_") {
                return Err(text.bad(
                    line,
                    "",
                    content,
                    "a PAN or OND file begins with PVObject_=pvModule or PVObject_=pvGInverter",
                ));
            }
            if opens {
                if open.len() >= DEEPEST {
                    return Err(text.bad(
                        line,
                        key,
                        "",
                        format!("objects stand more than {DEEPEST} deep in each other"),
                    ));
                }
                let object =
                    Object { file: text.name, key, kind: value, line, values: Vec::new(), objects: Vec::new() };
                open.push(Open { object, indent, indented: next_indent > indent });
            } else if let Some(top) = open.last_mut() {
                top.object.values.push((key, value, line));
            }
        }
        match open.first() {
            Some(first) => {
                let problem =
                    format!("{} of line {} has no end; the file is cut off", first.object.name(), first.object.line);
                Err(text.refuse(problem, "get it whole"))
            }
            None => Err(text.refuse("there is no object in it", "give a PAN or OND file of PVsyst")),
        }
    }

    /// Key and kind, for errors.
    fn name(&self) -> String {
        format!("{}={}", self.key, self.kind)
    }

    /// The object in this one with that key; case does not count.
    pub(crate) fn object(&self, key: &str) -> Option<&Object<'t>> {
        self.objects.iter().find(|object| object.key.eq_ignore_ascii_case(key))
    }

    /// The value of a key and its line; case does not count.
    ///
    /// # Errors
    /// The key stands twice with different values.
    pub(crate) fn value(&self, key: &str) -> Result<Option<(&'t str, usize)>> {
        let mut found = self.values.iter().filter(|(name, ..)| name.eq_ignore_ascii_case(key));
        let first = found.next();
        if let (Some((_, one, before)), Some((_, other, line))) =
            (first, found.find(|next| first.is_some_and(|f| f.1 != next.1)))
        {
            let problem = format!("the key stands on line {before} already, with {one}");
            return Err(bad(self.file, *line, key, other, problem));
        }
        Ok(first.map(|(_, value, line)| (*value, *line)))
    }

    /// The text of a key, empty where it is missing.
    pub(crate) fn text(&self, key: &str) -> Result<String> {
        Ok(self.value(key)?.map_or_else(String::new, |(value, _)| value.to_owned()))
    }

    /// A number within bounds, none where the key is missing or empty. A single comma is a decimal point.
    pub(crate) fn maybe(&self, key: &str, range: (f64, f64, &str)) -> Result<Option<f64>> {
        match self.value(key)? {
            None | Some(("", _)) => Ok(None),
            Some((value, line)) => {
                number(&dotted(value), range).map(Some).map_err(|problem| bad(self.file, line, key, value, problem))
            }
        }
    }

    /// A number within bounds that must be there.
    pub(crate) fn number(&self, key: &str, range: (f64, f64, &str)) -> Result<f64> {
        if let Some(number) = self.maybe(key, range)? {
            return Ok(number);
        }
        if let Some((value, line)) = self.value(key)? {
            let problem = number(value, range).err().unwrap_or_default();
            return Err(bad(self.file, line, key, value, problem));
        }
        let near = crate::words::did_you_mean(key, self.values.iter().map(|(name, ..)| *name));
        Err(bad(self.file, self.line, key, "", format!("{} needs this key with a number{near}", self.name())))
    }

    /// The numbers of a list as `880.0,1174.0,1300.0,`; none where the key is missing.
    pub(crate) fn list(&self, key: &str, range: (f64, f64, &str)) -> Result<Vec<f64>> {
        let Some((value, line)) = self.value(key)? else { return Ok(Vec::new()) };
        let of = |part: &str| number(part, range).map_err(|problem| bad(self.file, line, key, value, problem));
        numbers(value).iter().map(|part| of(part)).collect()
    }

    /// The points `Point_1=x,y` of a profile, the zeros that fill it up left out.
    ///
    /// # Errors
    /// A point is missing, is not two numbers, or lies outside the bounds; x does not ascend.
    pub(crate) fn points(&self, x_range: (f64, f64, &str), y_range: (f64, f64, &str)) -> Result<Vec<(f64, f64)>> {
        let count = self.maybe("NPtsEff", (1.0, 1000.0, "points"))?;
        let mut points: Vec<(f64, f64)> = Vec::new();
        for k in 1..=1000 {
            let key = format!("Point_{k}");
            let within = count.is_none_or(|count| f64::from(k) <= count);
            let Some((value, line)) = self.value(&key)? else {
                if within && count.is_some() {
                    return Err(bad(
                        self.file,
                        self.line,
                        &key,
                        "",
                        format!("{} says NPtsEff but has not this point", self.name()),
                    ));
                }
                break;
            };
            let wrong = |problem: String| bad(self.file, line, &key, value, problem);
            let parts = pair(value);
            let [x, y] = parts.as_slice() else {
                return Err(wrong("a point is two numbers with a comma between them, decimals behind a point".into()));
            };
            let point = (number(x, x_range).map_err(wrong)?, number(y, y_range).map_err(wrong)?);
            // Without a count, zeros behind the points fill the profile up.
            if !within || (count.is_none() && point == (0.0, 0.0) && k > 1) {
                break;
            }
            if points.last().is_some_and(|last| point.0 <= last.0) {
                return Err(wrong("the points of a profile ascend".into()));
            }
            points.push(point);
        }
        Ok(points)
    }

    /// The file's name.
    pub(crate) fn file(&self) -> &'t str {
        self.file
    }
}

/// Blanks before the text of a line.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// A decimal comma to a point, where it can be nothing else.
fn dotted(value: &str) -> String {
    if value.matches(',').count() == 1 && !value.contains('.') { value.replace(',', ".") } else { value.to_owned() }
}

/// The parts of a list: apart by semicolons, else by commas.
fn numbers(value: &str) -> Vec<String> {
    if value.contains(';') {
        return value.trim_end_matches(';').split(';').map(|part| dotted(part.trim())).collect();
    }
    value.trim_end_matches(',').split(',').map(|part| part.trim().to_owned()).collect()
}

/// The two numbers of a point; with decimal commas they are four parts.
fn pair(value: &str) -> Vec<String> {
    let parts = numbers(value);
    match parts.as_slice() {
        [a, b, c, d] if !value.contains(['.', ';']) => vec![format!("{a}.{b}"), format!("{c}.{d}")],
        _ => parts,
    }
}

/// Puts the innermost open object into the one around it.
fn close_last(open: &mut Vec<Open<'_>>) {
    if let Some(inner) = open.pop()
        && let Some(outer) = open.last_mut()
    {
        outer.object.objects.push(inner.object);
    }
}

/// Ends the innermost object that the name fits, and all in it; gives the outermost when that was it.
fn close<'t>(open: &mut Vec<Open<'t>>, name: &str) -> Option<Object<'t>> {
    let last_word = name.rsplit(' ').next().unwrap_or(name);
    // The kind behind `PVObject` is not always that of the beginning.
    let fits = |object: &Object<'_>| match name.split(' ').next() {
        Some("PVObject") => object.key.starts_with("PVObject_"),
        _ => object.kind == name || object.key.split(',').next() == Some(last_word),
    };
    let at = open.iter().rposition(|item| fits(&item.object))?;
    while open.len() > at + 1 {
        close_last(open);
    }
    if at == 0 {
        return open.pop().map(|root| root.object);
    }
    close_last(open);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: (f64, f64, &str) = (-1e9, 1e9, "");

    fn parsed<R>(text: &str, f: impl FnOnce(Result<Object<'_>>) -> R) -> R {
        let text = Text { name: "a.PAN", body: text.into() };
        f(Object::parse(&text))
    }

    const SMALL: &str = "PVObject_=pvModule\n  Version=6.78\n\n  PVObject_Commercial=pvCommercial\n    Model=TSM-1\n    Remarks, Count=2\n      \
        Str_1=first\n      Str_2\n    End of Remarks=first\n  End of PVObject pvCommercial\n  Isc =9,113\n  muISC=4.37\n  \
        PVObject_IAM=pvIAM\n    IAMProfile=TCubicProfile\n      NPtsMax=3\n      NPtsEff=2\n      Point_1=0.0,1.0\n      \
        Point_2=90.0,0.0\n      Point_3=0.0,0.0\n    End of TCubicProfile\n  End of PVObject pvIAM\nEnd of PVObject pvModule\n";

    #[test]
    fn objects_stand_in_objects() {
        parsed(SMALL, |root| {
            let root = root.unwrap();
            assert_eq!(root.kind, "pvModule");
            let commercial = root.object("PVObject_Commercial").unwrap();
            assert_eq!(commercial.text("Model").unwrap(), "TSM-1");
            assert_eq!(commercial.object("Remarks, Count").unwrap().text("Str_1").unwrap(), "first");
            assert_eq!(root.number("isc", ANY).unwrap(), 9.113);
            let profile = root.object("PVObject_IAM").unwrap().object("IAMProfile").unwrap();
            assert_eq!(profile.points(ANY, ANY).unwrap(), [(0.0, 1.0), (90.0, 0.0)]);
        });
    }

    #[test]
    fn indentation_is_not_needed_and_ends_what_has_no_end() {
        let flat: String = SMALL.lines().flat_map(|line| [line.trim_start(), "\r\n"]).collect();
        parsed(&flat, |root| {
            let root = root.unwrap();
            assert_eq!(root.number("muISC", ANY).unwrap(), 4.37);
            assert_eq!(
                root.object("PVObject_IAM").unwrap().object("IAMProfile").unwrap().points(ANY, ANY).unwrap().len(),
                2
            );
        });
        parsed(&SMALL.replace("  End of PVObject pvCommercial\n", ""), |root| {
            assert_eq!(root.unwrap().number("muISC", ANY).unwrap(), 4.37);
        });
    }

    #[test]
    fn what_is_missing_or_wrong_is_told_with_its_line() {
        parsed(SMALL, |root| {
            let error = root.unwrap().number("Isc_", ANY).unwrap_err().to_string();
            assert!(error.contains("a.PAN, line 1, column Isc_") && error.contains("did you mean Isc?"), "{error}");
        });
        parsed(&SMALL.replace("4.37", "4.3.7"), |root| {
            let error = root.unwrap().number("muISC", ANY).unwrap_err().to_string();
            assert!(error.contains("line 12, column muISC = 4.3.7") && error.contains("not a number"), "{error}");
        });
        let cut = SMALL.find("End of PVObject pvModule").unwrap();
        parsed(&SMALL[..cut], |root| assert!(root.unwrap_err().to_string().contains("cut off")));
        parsed("Name,Vac\nUnits,V\n", |root| assert!(root.unwrap_err().to_string().contains("PVObject_=pvModule")));
        parsed(&SMALL.replace("muISC", "Isc"), |root| {
            assert!(root.unwrap().number("Isc", ANY).unwrap_err().to_string().contains("stands on line 11 already"));
        });
        let deep: String = (0..40).flat_map(|i| [" ".repeat(i), "PVObject_=x\n".into()]).collect();
        parsed(&deep, |root| assert!(root.unwrap_err().to_string().contains("deep")));
    }

    #[test]
    fn lists_with_either_decimal_mark() {
        assert_eq!(numbers("880.0,1174.0,1300.0,"), ["880.0", "1174.0", "1300.0"]);
        assert_eq!(numbers("500,600,700,800"), ["500", "600", "700", "800"]);
        assert_eq!(pair("1250,0"), ["1250", "0"]);
        assert_eq!(pair("1250,5,700,25"), ["1250.5", "700.25"]);
        assert_eq!(pair("1250,5;700,25"), ["1250.5", "700.25"]);
    }
}
