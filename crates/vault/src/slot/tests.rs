use super::*;

fn slot(opener: Opener) -> Slot {
    Slot { id: SlotId::make_random(), label: "Desk".into(), made_at: 1_700_000_000_000, opener }
}

fn openers() -> Vec<Opener> {
    vec![
        Opener::Device {},
        Opener::Pin { salt: [1; 16], cost: Cost::CHOSEN },
        Opener::SecurityKey { credential_id: vec![1, 2, 3], salt: [2; 32] },
        Opener::RecoveryCode {},
    ]
}

fn read_back(row: &SlotRow) -> Option<SlotRow> {
    SlotRow::parse(row.slot.id, &row.about(), row.public_key, row.wrapped_private.clone(), row.sealed.clone())
}

fn open(row: &SlotRow, vault: VaultId, kek: &Key) -> Result<[u8; 32], NotOurs> {
    row.open(vault, &row.unwrap_private(vault, kek)?).map(|key| *key.expose_bytes())
}

#[test]
fn a_slot_is_read_back_and_opens_for_its_key_only() {
    let (vault, kek, key) = (VaultId::make_random(), Key::make_random(), Key::make_random());
    for opener in openers() {
        let row = read_back(&SlotRow::make(vault, slot(opener), &kek, &key)).unwrap();
        assert_eq!(open(&row, vault, &kek), Ok(*key.expose_bytes()));
        assert_eq!(open(&row, vault, &Key::make_random()), Err(NotOurs));
        assert_eq!(open(&row, VaultId::make_random(), &kek), Err(NotOurs));
    }
}

#[test]
fn a_slot_takes_another_vault_key_without_what_opens_it() {
    let (vault, kek, other) = (VaultId::make_random(), Key::make_random(), Key::make_random());
    let mut row = SlotRow::make(vault, slot(Opener::RecoveryCode {}), &kek, &Key::make_random());
    row.reseal(vault, &other).unwrap();
    assert_eq!(open(&row, vault, &kek), Ok(*other.expose_bytes()));
}

#[test]
fn whatever_is_altered_in_a_slot_it_opens_no_more_and_the_digest_differs() {
    let (vault, kek, key) = (VaultId::make_random(), Key::make_random(), Key::make_random());
    let pin = Opener::Pin { salt: [1; 16], cost: Cost::CHOSEN };
    let row = SlotRow::make(vault, slot(pin), &kek, &key);
    let alterations: [fn(&mut SlotRow); 7] = [
        |row| row.slot.id = SlotId::make_random(),
        |row| row.slot.label.push('x'),
        |row| row.slot.made_at += 1,
        |row| row.slot.opener = Opener::Pin { salt: [2; 16], cost: Cost::CHOSEN },
        |row| row.public_key[0] ^= 1,
        |row| row.wrapped_private.as_mut().unwrap()[20] ^= 1,
        |row| row.sealed[40] ^= 1,
    ];
    let before = digest(&key, vault, std::slice::from_ref(&row));
    for (number, alter) in alterations.iter().enumerate() {
        let mut altered = row.clone();
        alter(&mut altered);
        assert_eq!(open(&altered, vault, &kek), Err(NotOurs), "{number}");
        assert_ne!(digest(&key, vault, &[altered]), before, "{number}");
    }
}

#[test]
fn the_digest_is_of_the_set_and_of_the_vault_key() {
    let (vault, kek, key) = (VaultId::make_random(), Key::make_random(), Key::make_random());
    let rows = openers().into_iter().map(|opener| SlotRow::make(vault, slot(opener), &kek, &key));
    let mut rows: Vec<_> = rows.collect();
    let before = digest(&key, vault, &rows);
    rows.reverse();
    assert_eq!(digest(&key, vault, &rows), before);
    assert_ne!(digest(&Key::make_random(), vault, &rows), before);
    assert_ne!(digest(&key, VaultId::make_random(), &rows), before);
    rows.pop();
    assert_ne!(digest(&key, vault, &rows), before);
}

#[test]
fn what_is_no_slot_of_ours_is_none() {
    let row = SlotRow::make(
        VaultId::make_random(),
        slot(Opener::Device {}),
        &Key::make_random(),
        &Key::make_random(),
    );
    let parse = |about: &str| SlotRow::parse(row.slot.id, about.as_bytes(), row.public_key, None, Vec::new());
    assert!(parse(r#"{"label":"","made_at":1,"opener":{"kind":"device"}}"#).is_some());
    for about in [
        "",
        "null",
        r#"{"label":"","made_at":1}"#,
        r#"{"label":"","made_at":1,"opener":{"kind":"fingerprint"}}"#,
        r#"{"label":"","made_at":1,"opener":{"kind":"device","salt":1}}"#,
        r#"{"label":"","made_at":1,"opener":{"kind":"pin"}}"#,
        r#"{"label":"","made_at":-1,"opener":{"kind":"device"}}"#,
        r#"{"label":"","made_at":1,"opener":{"kind":"device"},"more":1}"#,
    ] {
        assert!(parse(about).is_none(), "{about}");
    }
    let long =
        format!(r#"{{"label":"{}","made_at":1,"opener":{{"kind":"device"}}}}"#, "x".repeat(ABOUT_LIMIT));
    assert!(parse(&long).is_none());
}

#[test]
fn each_slot_has_a_key_of_its_own() {
    let (vault, id) = (VaultId::make_random(), SlotId::make_random());
    let of = |vault, id, kind| *kek(vault, id, kind, &[b"secret"]).expose_bytes();
    let one = of(vault, id, SlotKind::Pin);
    assert_eq!(one, of(vault, id, SlotKind::Pin));
    assert_ne!(one, of(vault, id, SlotKind::Device));
    assert_ne!(one, of(vault, SlotId::make_random(), SlotKind::Pin));
    assert_ne!(one, of(VaultId::make_random(), id, SlotKind::Pin));
}
