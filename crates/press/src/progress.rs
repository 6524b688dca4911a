//! How far a long piece of work has come, for whoever waits at a terminal.
//!
//! Work of less than a second shows nothing: a bar that flashes says less than
//! none. Nothing is shown where nobody watches either: into a pipe, or when a
//! program reads the answer ([`silence`]).

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter work is not worth a bar.
const WORTH_A_BAR: Duration = Duration::from_secs(1);
/// Times a second a bar is drawn at most: terminals over a network are slow.
const DRAWN: u8 = 10;
const LINE: &str = "{msg} [{bar:30}] {human_pos}/{human_len}, {eta} to go";

static SILENT: AtomicBool = AtomicBool::new(false);

/// No bars in this run.
pub fn silence() {
    SILENT.store(true, Ordering::Relaxed);
}

/// Work in progress. Any number of threads may advance it.
pub struct Progress {
    bar: ProgressBar,
    is_shown: AtomicBool,
}

impl Progress {
    /// Work on `total` things begins. `doing` says what: “Checking stories”.
    pub fn start(doing: &'static str, total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(u64::try_from(total).unwrap_or(u64::MAX)),
            ProgressDrawTarget::hidden(),
        )
        .with_message(doing);
        if let Ok(style) = ProgressStyle::with_template(LINE) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self {
            bar,
            is_shown: AtomicBool::new(false),
        }
    }

    /// So many more are done.
    pub fn advance(&self, done: usize) {
        self.bar.inc(u64::try_from(done).unwrap_or(u64::MAX));
        let is_time = !self.is_shown.load(Ordering::Relaxed) && self.bar.elapsed() >= WORTH_A_BAR;
        if is_time
            && !SILENT.load(Ordering::Relaxed)
            && !self.is_shown.swap(true, Ordering::Relaxed)
        {
            // Draws nothing where standard error is no terminal.
            self.bar
                .set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWN));
        }
    }

    /// All is done: the bar goes, and the line is free for what comes next.
    pub fn finish(self) {
        drop(self);
    }
}

impl Drop for Progress {
    /// Work that ended early leaves no half a bar behind either.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn many_threads_advance_one_bar() {
        let progress = Progress::start("Checking stories", 400);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..100).for_each(|_| progress.advance(1)));
            }
        });
        assert_eq!(progress.bar.position(), 400);
        progress.finish();
    }

    #[test]
    fn short_work_shows_nothing() {
        let progress = Progress::start("Checking stories", 2);
        progress.advance(1);
        assert!(progress.bar.is_hidden());
        progress.finish();
    }
}
