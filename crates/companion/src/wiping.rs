//! Wipes what secrets passed through.
//!
//! What holds a secret wipes itself. What a secret passed through may not: a parser's scratch space, a string that grew, a
//! message of D-Bus. With [`Wiping`] as the global allocator nothing of it outlives its buffer. It does not reach what C libraries
//! allocate; `SQLite` sees sealed bytes only. A key that was moved, or that a cipher worked with, leaves copies on the stack:
//! [`wipe_stack`].

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;

use tokio::task::JoinError;

/// Allocates from `A`.
pub struct Wiping<A = System>(A);

impl Wiping {
    /// Allocates from the system.
    pub const fn system() -> Self {
        Self(System)
    }
}

// `realloc` is the default one: it moves, so that what it leaves is wiped here.
#[expect(unsafe_code, reason = "an allocator is unsafe; each call is handed on as it came")]
// SAFETY: all memory is the inner allocator's, with the layout that it was asked for.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Wiping<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back memory of this layout, which nobody else uses any longer.
        unsafe { pointer.write_bytes(0, layout.size()) };
        // Without it the compiler may leave out what nobody reads.
        let pointer = black_box(pointer);
        // SAFETY: as the caller promises.
        unsafe { self.0.dealloc(pointer, layout) }
    }
}

/// How deep the calls go that work with keys, with room to spare.
const DEPTH: usize = 128 * 1024;

/// Wipes what calls that have returned left on this thread's stack.
#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "the stack is what is wiped")]
pub(crate) fn wipe_stack() {
    black_box(&mut [0_u8; DEPTH]);
}

/// Does on a thread of its own what works with keys and may have to wait, and leaves nothing of it there.
pub(crate) async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    let work = move || {
        let done = work();
        wipe_stack();
        done
    };
    tokio::task::spawn_blocking(work).await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Counts what is given back to it with something in it.
    #[derive(Default)]
    struct Looking {
        given_back: AtomicUsize,
        not_wiped: AtomicUsize,
    }

    #[expect(unsafe_code, reason = "stands in for the system's allocator")]
    // SAFETY: all memory is the system's.
    unsafe impl GlobalAlloc for Looking {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: as the caller promises.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
            // SAFETY: the memory is still allocated, and was written to its end.
            let bytes = unsafe { std::slice::from_raw_parts(pointer, layout.size()) };
            self.given_back.fetch_add(1, Ordering::Relaxed);
            self.not_wiped.fetch_add(bytes.iter().filter(|byte| **byte != 0).count(), Ordering::Relaxed);
            // SAFETY: as the caller promises.
            unsafe { System.dealloc(pointer, layout) }
        }
    }

    #[test]
    #[expect(unsafe_code, reason = "calls an allocator as a growing string does")]
    fn what_is_given_back_and_what_growing_leaves_behind_is_wiped() {
        let wiping = Wiping(Looking::default());
        let small = Layout::from_size_align(64, 8).unwrap();
        let large = Layout::from_size_align(4096, 8).unwrap();
        // SAFETY: each pointer is used with its own layout, and not after it was given back.
        unsafe {
            let pointer = wiping.alloc(small);
            pointer.write_bytes(0x5a, small.size());
            let grown = wiping.realloc(pointer, small, large.size());
            assert_eq!(*grown.add(small.size() - 1), 0x5a);
            grown.write_bytes(0xa5, large.size());
            wiping.dealloc(grown, large);
        }
        assert_eq!(wiping.0.given_back.into_inner(), 2);
        assert_eq!(wiping.0.not_wiped.into_inner(), 0);
    }
}
