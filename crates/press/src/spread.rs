//! How work is spread over the cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::progress::Progress;

/// Does the same work for every item, on all cores, and gives the results in the
/// order of the items, so that what is made of them does not depend on timing.
pub fn over<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    /// Below this many items for a core, starting a thread costs more than it gains.
    const WORTH_A_THREAD: usize = 8;
    let cores = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(items.len() / WORTH_A_THREAD);
    let progress = Progress::start("Stories", items.len());
    let work = |item: &T| {
        let result = work(item);
        progress.advance(1);
        result
    };
    if cores < 2 {
        let results = items.iter().map(work).collect();
        progress.finish();
        return results;
    }
    let next = AtomicUsize::new(0);
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = Vec::new();
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(item) = items.get(index) else {
                            return done;
                        };
                        done.push((index, work(item)));
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| match worker.join() {
                Ok(done) => done,
                Err(payload) => std::panic::resume_unwind(payload),
            })
            .collect()
    });
    progress.finish();
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        let doubled = super::over(&items, |item| item * 2);
        assert_eq!(doubled, (0..1000).map(|item| item * 2).collect::<Vec<_>>());
    }
}
