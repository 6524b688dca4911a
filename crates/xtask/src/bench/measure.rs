//! Running a program and learning how long it took and how much memory it had.

use anyhow::{Context, Result, bail};
use std::{
    io::Read as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use wait4::Wait4 as _;

/// What one run of a program cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// From its start to its end, as a person waits.
    pub wall: Duration,
    /// On all cores together.
    pub processor: Duration,
    /// Bytes of memory at its highest. Never less than what xtask itself has (some
    /// ten megabytes): a process begins as a copy of its parent.
    pub peak: u64,
}

/// Runs a command quietly.
///
/// # Errors
/// When it cannot be started, or fails; then with the end of what it said.
pub fn run(command: &mut Command) -> Result<Cost> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let started = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("{} could not be started", command.get_program().display()))?;
    let mut said = Vec::new();
    if let Some(mut errors) = child.stderr.take() {
        errors.read_to_end(&mut said)?;
    }
    let used = child.wait4()?;
    let wall = started.elapsed();
    if !used.status.success() {
        let said = String::from_utf8_lossy(&said);
        let first = said.lines().count().saturating_sub(20);
        bail!(
            "{command:?} failed ({}):\n{}",
            used.status,
            said.lines().skip(first).collect::<Vec<_>>().join("\n")
        );
    }
    Ok(Cost {
        wall,
        processor: used.rusage.utime + used.rusage.stime,
        peak: used.rusage.maxrss,
    })
}

/// Median times and the highest memory of several runs.
pub fn summary(costs: &[Cost]) -> Cost {
    Cost {
        wall: median(costs.iter().map(|cost| cost.wall)),
        processor: median(costs.iter().map(|cost| cost.processor)),
        peak: costs.iter().map(|cost| cost.peak).max().unwrap_or_default(),
    }
}

/// How many times longer the first took than the second: the median over pairs of
/// runs that followed one another, so that what else the machine does meets both.
pub fn ratio(first: &[Cost], second: &[Cost]) -> f64 {
    let mut ratios: Vec<f64> = first
        .iter()
        .zip(second)
        .map(|(one, other)| one.wall.as_secs_f64() / other.wall.as_secs_f64().max(1e-9))
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or_default()
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(seconds: u64) -> Cost {
        Cost {
            wall: Duration::from_secs(seconds),
            processor: Duration::from_secs(2 * seconds),
            peak: seconds,
        }
    }

    #[test]
    fn one_slow_run_moves_neither_the_median_nor_the_ratio() {
        let fast = [cost(2), cost(90), cost(2)];
        let slow = [cost(4), cost(4), cost(4)];
        assert_eq!(summary(&fast).wall, Duration::from_secs(2));
        assert_eq!(summary(&fast).peak, 90);
        assert!((ratio(&fast, &slow) - 0.5).abs() < 1e-9);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_fails_is_an_error_with_what_it_said() {
        let failed = run(Command::new("sh").args(["-c", "echo because >&2; exit 3"]));
        assert!(format!("{:#}", failed.unwrap_err()).contains("because"));
        let cost = run(Command::new("sh").args(["-c", "exit 0"])).unwrap();
        assert!(cost.wall > Duration::ZERO && cost.peak > 0);
    }
}
