//! Libraries that are damaged, cut off, binary, huge: an error or everything that is in them, never a panic.

use rooftop_pv::inverter::library::InverterLibrary;
use rooftop_pv::module::library::ModuleLibrary;

use crate::library::{OND, PAN, bytes};

/// Numbers without end that are the same on every run.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn damaged_files_never_panic_and_never_lose_a_component_in_silence() {
    let files = ["cec_modules.csv", "sandia_modules.csv", "cec_inverters.csv", "adr_inverters.csv"]
        .map(|name| format!("library/{name}"));
    let mut read = 0;
    let mut both = |bytes: &[u8]| {
        let components = match (ModuleLibrary::read("x", bytes), InverterLibrary::read("x", bytes)) {
            (Ok(ModuleLibrary::Cec(all)), _) => Some(all.entries.len()),
            (Ok(ModuleLibrary::Sandia(all)), _) => Some(all.entries.len()),
            (_, Ok(InverterLibrary::Cec(all))) => Some(all.entries.len()),
            (Ok(_), _) | (_, Ok(_)) => None,
            _ => return,
        };
        read += 1;
        // So small a library leaves nothing out, so what is read is what stands there below the three lines of its head.
        let full = |line: &&[u8]| !line.iter().all(|byte| b"\x1A \t\r".contains(byte));
        let lines = bytes.split(|byte| *byte == b'\n').filter(full).count();
        assert!(components.is_none_or(|found| found + 3 == lines), "{components:?} of {lines} lines");
    };
    let mut state = 7;
    for file in files.iter().map(String::as_str).chain([PAN, OND]) {
        let whole = bytes(file);
        for cut in (0..whole.len()).step_by(whole.len() / 150 + 1) {
            both(&whole[..cut]);
            both(&whole[cut..]);
        }
        for _ in 0..300 {
            let mut damaged = whole.clone();
            for _ in 0..=random(&mut state) % 4 {
                let at = usize::try_from(random(&mut state)).unwrap() % damaged.len();
                match random(&mut state) % 3 {
                    0 => damaged[at] = random(&mut state).to_le_bytes()[0],
                    1 => drop(damaged.remove(at)),
                    _ => damaged.insert(at, b"\n,=\";\xFF "[usize::try_from(random(&mut state)).unwrap() % 7]),
                }
            }
            both(&damaged);
        }
    }
    assert!(read > 100, "damage that does not matter is read: {read}");
    for bytes in
        [&b""[..], b"\0", b"\xFF\xFE", b"PVObject_", b"PVObject_=pvModule\n", b"Name", b"Name\n", b"\"\n\"\n", b"=\n"]
    {
        assert!(ModuleLibrary::read("x", bytes).is_err() && InverterLibrary::read("x", bytes).is_err(), "{bytes:?}");
    }
    // A PAN or OND file that is cut off is refused wherever the cut is.
    for file in [PAN, OND] {
        let whole = bytes(file);
        let end = String::from_utf8_lossy(&whole).rfind("End of PVObject").unwrap() - 3;
        for cut in 0..end {
            assert!(
                ModuleLibrary::read("x", &whole[..cut]).is_err() && InverterLibrary::read("x", &whole[..cut]).is_err()
            );
        }
    }
}

#[test]
fn huge_files_are_read_or_refused_in_little_time() {
    let start = std::time::Instant::now();
    let text = String::from_utf8(bytes("library/cec_modules.csv")).unwrap();
    let mut huge: String = text.lines().take(3).flat_map(|line| [line, "\n"]).collect();
    let row = text.lines().nth(3).unwrap();
    for i in 0..30_000 {
        huge.push_str(&row.replacen("A10Green", &format!("A{i}"), 1));
        huge.push('\n');
    }
    let ModuleLibrary::Cec(entries) = ModuleLibrary::read("huge.csv", huge.as_bytes()).unwrap() else { panic!() };
    assert_eq!((entries.entries.len(), entries.left_out.len()), (30_000, 0));
    // A large library may have a bad line, and says so; the small one here may not.
    let bad = huge.replacen(",Mono-c-Si,0,175.091400", ",Mono-c-Si,0,175.09x", 1);
    let ModuleLibrary::Cec(entries) = ModuleLibrary::read("huge.csv", bad.as_bytes()).unwrap() else { panic!() };
    assert_eq!(entries.entries.len(), 29_999);
    assert_eq!(entries.left_out, ["huge.csv, line 4, column 4 (STC) = 175.09x: this is not a number"]);
    assert!(ModuleLibrary::read("small.csv", text.replacen("175.091400", "175.09x", 1).as_bytes()).is_err());
    let pan = String::from_utf8(bytes(PAN)).unwrap();
    let many: String = (0..200_000).map(|_| "  Remark=1\n").collect();
    assert!(
        ModuleLibrary::read("huge.PAN", pan.replacen("  Technol", &format!("{many}  Technol"), 1).as_bytes()).is_ok()
    );
    assert!(ModuleLibrary::read("nested.PAN", "PVObject_=a\n ".repeat(100_000).as_bytes()).is_err());
    assert!(ModuleLibrary::read("quotes.csv", "\"\n".repeat(300_000).as_bytes()).is_err());
    assert!(ModuleLibrary::read("commas.csv", ",".repeat(3_000_000).as_bytes()).is_err());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
