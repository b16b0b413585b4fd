//! The activity log as the window reads it.

use super::*;

fn desk_with_fills(count: usize) -> Desk {
    let mut desk = Desk::new();
    let payroll = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    for _ in 0..count {
        desk.password(PAYROLL, &payroll, &FillCause::Gesture {}).unwrap();
    }
    desk
}

#[test]
fn lines_are_read_backwards_page_by_page() {
    let desk = desk_with_fills(1200);
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let (lines, more) = desk.broker.activity_before(before, "", 100).unwrap();
        before = lines.last().map(|line| line.sequence);
        seen.extend(lines.into_iter().map(|line| line.sequence));
        if !more {
            break;
        }
    }
    let all: Vec<u64> = (1..=1202).rev().collect();
    assert_eq!(seen, all);
}

#[test]
fn a_search_finds_what_is_far_back() {
    let desk = desk_with_fills(1200);
    let (lines, more) = desk.broker.activity_before(None, "app_added", 10).unwrap();
    assert_eq!((lines.len(), more), (1, false));
    let (lines, more) = desk.broker.activity_before(None, "PAYROLL", 3).unwrap();
    assert_eq!((lines.len(), more), (3, true));
    assert!(desk.broker.activity_before(None, "no such thing", 10).unwrap().0.is_empty());
}

#[test]
fn hours_count_what_was_filled_and_what_was_refused() {
    let mut desk = desk_with_fills(600);
    let payroll = desk.broker.find_app("Payroll 2004").unwrap().to_string();
    desk.refusal("https://evil.example", &payroll, &FillCause::Gesture {});
    let hours = desk.broker.activity_hours(0).unwrap();
    assert_eq!(hours.len(), 1);
    assert_eq!((hours[0].filled, hours[0].refused), (600, 1));
    assert_eq!(hours[0].at % 3_600_000, 0);
    assert!(desk.broker.activity_hours(1_800_000_000_000).unwrap().is_empty());
}
