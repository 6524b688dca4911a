//! Several files on their way at the same time.
//!
//! Not [`crate::spread`], which works on all cores: here the time goes into waiting,
//! and the first failure ends it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::finding::Failure;

/// Does the work for each item, `jobs` at a time.
///
/// # Errors
/// The first failure. What had begun is finished, nothing new is begun.
pub fn each<T: Sync>(
    jobs: usize,
    items: &[T],
    work: impl Fn(&T) -> Result<(), Failure> + Sync,
) -> Result<(), Failure> {
    let next = AtomicUsize::new(0);
    let is_over = AtomicBool::new(false);
    let worker = || {
        while !is_over.load(Ordering::Relaxed) {
            let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) else {
                break;
            };
            if let Err(failure) = work(item) {
                is_over.store(true, Ordering::Relaxed);
                return Err(failure);
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.clamp(1, items.len().max(1)))
            .map(|_| scope.spawn(worker))
            .collect();
        let results: Vec<Result<(), Failure>> = workers
            .into_iter()
            .map(|worker| match worker.join() {
                Ok(result) => result,
                Err(payload) => std::panic::resume_unwind(payload),
            })
            .collect();
        results.into_iter().collect()
    })
}
