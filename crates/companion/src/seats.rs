//! How many may be connected at once, and who loses their seat to whom.
//!
//! Whoever has not said who it is never keeps out one that does: where all seats are taken, the newcomer gets the seat of
//! the one that has been silent longest. Terminals never have all of them, so that a browser finds one.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use tokio::sync::Notify;

/// Most connections at once.
pub(crate) const MOST_PEERS: usize = 16;

/// Most of them that are terminals.
pub(crate) const MOST_TERMINALS: usize = 8;

/// The seats of one companion.
#[derive(Default)]
pub(crate) struct Seats(RefCell<Taken>);

#[derive(Default)]
struct Taken {
    /// Those who have not said who they are, the one that came first at the front.
    strangers: VecDeque<Rc<Notify>>,
    browsers: usize,
    terminals: usize,
}

/// What a peer says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Browser,
    Terminal,
}

/// One connection's; free again when it is dropped.
pub(crate) struct Seat {
    seats: Rc<Seats>,
    lost: Rc<Notify>,
    kind: Option<Kind>,
}

impl Seats {
    /// A seat for a newcomer; none where all are taken by peers that have said who they are.
    pub(crate) fn admit(self: &Rc<Self>) -> Option<Seat> {
        let mut taken = self.0.borrow_mut();
        if taken.count() == MOST_PEERS {
            taken.strangers.pop_front()?.notify_one();
        }
        let lost = Rc::new(Notify::new());
        taken.strangers.push_back(Rc::clone(&lost));
        Some(Seat { seats: Rc::clone(self), lost, kind: None })
    }
}

impl Seat {
    /// Resolves when a newcomer got this seat.
    pub(crate) async fn lost(&self) {
        self.lost.notified().await;
    }

    /// Keeps the seat, because the peer has said who it is. False where it was lost, or there are enough of this kind.
    pub(crate) fn keep(&mut self, kind: Kind) -> bool {
        let mut taken = self.seats.0.borrow_mut();
        if (kind == Kind::Terminal && taken.terminals == MOST_TERMINALS) || !taken.forget(&self.lost) {
            return false;
        }
        *taken.of(kind) += 1;
        self.kind = Some(kind);
        true
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.0.borrow_mut();
        match self.kind {
            Some(kind) => *taken.of(kind) -= 1,
            None => _ = taken.forget(&self.lost),
        }
    }
}

impl Taken {
    fn count(&self) -> usize {
        self.strangers.len() + self.browsers + self.terminals
    }

    fn of(&mut self, kind: Kind) -> &mut usize {
        match kind {
            Kind::Browser => &mut self.browsers,
            Kind::Terminal => &mut self.terminals,
        }
    }

    fn forget(&mut self, stranger: &Rc<Notify>) -> bool {
        let before = self.strangers.len();
        self.strangers.retain(|other| !Rc::ptr_eq(other, stranger));
        self.strangers.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(seats: &Rc<Seats>, kind: Kind) -> Option<Seat> {
        let mut seat = seats.admit()?;
        seat.keep(kind).then_some(seat)
    }

    #[test]
    fn there_are_sixteen_and_one_that_leaves_makes_room() {
        let seats = Rc::new(Seats::default());
        let mut taken: Vec<_> = (0..MOST_PEERS).map(|_| known(&seats, Kind::Browser).unwrap()).collect();
        assert!(seats.admit().is_none());
        taken.pop();
        assert!(known(&seats, Kind::Browser).is_some());
    }

    #[test]
    fn a_thousand_that_say_nothing_take_no_seat_from_one_that_has_said_who_it_is() {
        let seats = Rc::new(Seats::default());
        let _browser = known(&seats, Kind::Browser).unwrap();
        let silent: Vec<_> = (0..1000).map(|_| seats.admit().unwrap()).collect();
        assert_eq!(seats.0.borrow().count(), MOST_PEERS);
        assert!(known(&seats, Kind::Browser).is_some());
        // The first ones lost theirs, and cannot have it back.
        let mut silent = silent.into_iter();
        assert!(!silent.next().unwrap().keep(Kind::Browser));
        assert!(silent.last().unwrap().keep(Kind::Browser));
    }

    #[test]
    fn terminals_leave_room_for_browsers() {
        let seats = Rc::new(Seats::default());
        let _terminals: Vec<_> =
            (0..MOST_TERMINALS).map(|_| known(&seats, Kind::Terminal).unwrap()).collect();
        assert!(known(&seats, Kind::Terminal).is_none());
        assert!(known(&seats, Kind::Browser).is_some());
    }

    #[test]
    fn all_that_leave_give_back_what_they_had() {
        let seats = Rc::new(Seats::default());
        let all: Vec<_> = (0..40).filter_map(|_| seats.admit()).collect();
        drop(known(&seats, Kind::Terminal));
        drop(all);
        assert_eq!(seats.0.borrow().count(), 0);
    }
}
