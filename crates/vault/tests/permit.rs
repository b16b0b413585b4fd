//! A secret cannot be opened without a permit, and a permit cannot be had but for a decision of policy, once. Each file in
//! `permit/` is a way around it that does not compile, beside what the compiler says; `opened.rs` is the way that does.
//!
//! After a new compiler words it differently: `TRYBUILD=overwrite cargo test -p lanyard-vault --test permit`, and read what
//! changed.

#[test]
fn there_is_no_way_around_the_permit() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/permit/opened.rs");
    cases.compile_fail("tests/permit/no_*.rs");
}
