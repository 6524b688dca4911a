//! A slow telephone's line: the one the site's budgets are written for.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

/// A line with a delay, and a speed that all connections share.
pub struct Line {
    delay: Duration,
    bytes_per_second: f64,
    /// When what was promised so far has been carried.
    free: Mutex<Instant>,
}

impl Line {
    /// Bytes carried at once: ten packets, what a server sends before it hears
    /// from the browser (RFC 6928).
    pub const PIECE: usize = 14_600;

    /// 1.6 Mbit/s, 150 ms there and back.
    pub fn of_a_slow_phone() -> Self {
        Self {
            delay: Duration::from_millis(150),
            bytes_per_second: 200_000.0,
            free: Mutex::new(Instant::now()),
        }
    }

    /// Until a question has come over the line and its answer is back.
    pub async fn wait(&self) {
        sleep(self.delay).await;
    }

    /// Until so many bytes have gone over the line.
    #[expect(
        clippy::cast_precision_loss,
        reason = "pieces are far below 2^52 bytes"
    )]
    pub async fn carry(&self, bytes: usize) {
        let time = Duration::from_secs_f64(bytes as f64 / self.bytes_per_second);
        let carried = {
            let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
            *free = (*free).max(Instant::now()) + time;
            *free
        };
        sleep_until(carried).await;
    }
}
