//! `cargo xtask test`: everything that must hold, and one line at the end.
//!
//! Each test counts as one, whoever runs it (cargo, wasm-bindgen, Playwright,
//! node:test); a check that is no test (formatting, clippy, the release build,
//! a byte budget) counts as one too. A part that fails does not stop the others,
//! except that the parts that open `dist/` need the release build.

use crate::{
    budget, fuzz, release,
    step::{Output, Tree, announce, capture, spent, which},
    tools::{self, Browsers, Need},
};
use anyhow::{Context, Result, bail};
use std::{fs, process::Command, time::Instant};

/// What can be run alone, in the order of a whole run.
pub const PARTS: [(&str, &str); 12] = [
    ("format", "rustfmt finds nothing to change"),
    ("clippy", "no warning, native and wasm"),
    ("native", "tests that need no browser"),
    ("wasm", "tests of the app inside Chromium"),
    ("release", "the release build succeeds"),
    ("budgets", "the bytes a reader pays stay within limits"),
    (
        "standards",
        "feeds, maps and linked data, by schemas and readers of others",
    ),
    (
        "e2e",
        "the release in Chromium, against a server like a CDN",
    ),
    ("firefox", "the same release in Firefox, the main paths"),
    (
        "webkit",
        "the same in WebKitGTK, the engine of every iPhone; on Linux",
    ),
    (
        "hosts",
        "the files of hosts, in nginx, Caddy and the parsers of others",
    ),
    (
        "fuzz",
        "the fuzz targets, a minute each; else only with --deep",
    ),
];

/// Where a test run's machine-readable report goes.
const REPORT: &str = "target/e2e-report.json";

/// Runs the named parts, or all. `Ok(true)` when at least one passed and none failed.
///
/// With `--deep` the end-to-end tests run at full length and under every path, and the
/// fuzz targets run too; without, those only if they are named.
pub fn test(tree: &Tree, words: &[String]) -> Result<bool> {
    let (deep, parts): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| *word == "--deep");
    if let Some(unknown) = parts
        .iter()
        .find(|part| !PARTS.iter().any(|(name, _)| name == *part))
    {
        let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        bail!(
            "there is no part {unknown}; the parts are {}",
            names.join(", ")
        );
    }
    let named = |name: &str| parts.iter().any(|part| *part == name);
    let wanted = |name: &str| parts.is_empty() || named(name);
    let started = Instant::now();
    let mut tally = Tally::default();
    tools::ensure(tree, Need::Browsers)?;
    let browsers = tools::find_browsers().context("a browser went missing")?;

    if wanted("format") {
        tally.check(
            "format",
            "one style, so that a change shows only what changed",
            tree.command("cargo").args(["fmt", "--all", "--check"]),
        );
    }
    if wanted("clippy") {
        clippy(tree, &mut tally);
    }
    if wanted("native") {
        native(tree, &mut tally);
    }
    if wanted("wasm") {
        wasm(tree, &browsers, &mut tally);
    }
    let mut built = true;
    if wanted("release") {
        let result = release::trunk_build(tree);
        built = result.is_ok();
        tally.record(
            "release build",
            result.err().map(|error| format!("{error:#}")),
        );
    }
    if !built {
        println!("    budgets and end-to-end tests need the release build: left out");
    } else {
        if wanted("budgets") {
            budgets(tree, &mut tally);
        }
        if wanted("standards") {
            standards(tree, &mut tally);
        }
        if wanted("e2e") {
            end_to_end(tree, &browsers, &mut tally, !deep.is_empty());
        }
        if wanted("firefox") {
            firefox(tree, &browsers, &mut tally);
        }
        if wanted("webkit") {
            webkit(tree, &mut tally);
        }
        if wanted("hosts") {
            hosts(tree, &mut tally);
        }
    }

    if !deep.is_empty() || named("fuzz") {
        fuzz(tree, &mut tally);
    }

    println!();
    for failure in &tally.failures {
        println!("FAILED  {failure}");
    }
    println!("took {}", spent(started.elapsed()));
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.failed == 0 && tally.passed > 0)
}

/// The count, and what to look at.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

impl Tally {
    /// Counts one check that either holds or says why not.
    fn record(&mut self, name: &str, failure: Option<String>) {
        match failure {
            None => self.passed += 1,
            Some(reason) => {
                println!("{reason}");
                self.failed += 1;
                self.failures.push(name.into());
            }
        }
    }

    /// Runs a command that counts as one check. Its output shows only when it fails.
    fn check(&mut self, name: &str, why: &str, command: &mut Command) {
        let failure = match timed(name, why, command) {
            Ok(output) if output.success => None,
            Ok(output) => Some(output.text),
            Err(error) => Some(format!("{error:#}")),
        };
        self.record(name, failure);
    }

    /// Runs a test runner and counts the tests it reports, by `count`.
    fn tests(
        &mut self,
        name: &str,
        why: &str,
        command: &mut Command,
        count: impl Fn(&str) -> Option<Count>,
    ) {
        let output = match timed(name, why, command) {
            Ok(output) => output,
            Err(error) => return self.record(name, Some(format!("{error:#}"))),
        };
        let Some(found) = count(&output.text) else {
            // Did not compile, or died before its summary.
            return self.record(name, Some(output.text));
        };
        self.passed += found.passed;
        self.failed += found.failed;
        println!("    {} passed, {} failed", found.passed, found.failed);
        if found.failed > 0 || !output.success {
            println!("{}", output.text);
            self.failures.push(name.into());
        }
        if !output.success && found.failed == 0 {
            // A runner can fail beside its tests, for example when one aborts.
            self.failed += 1;
        }
    }
}

fn timed(name: &str, why: &str, command: &mut Command) -> Result<Output> {
    announce(name, why);
    let started = Instant::now();
    let output = capture(command)?;
    println!("    done in {}", spent(started.elapsed()));
    Ok(output)
}

fn clippy(tree: &Tree, tally: &mut Tally) {
    // `--workspace` checks the app as the browser gets it; the app and press are
    // then checked as the snapshots need them; then for the browser's own target.
    let runs: [(&str, &[&str]); 4] = [
        ("clippy, workspace", &["--workspace", "--all-targets"]),
        (
            "clippy, app for snapshots",
            &[
                "--package",
                "dateline",
                "--all-targets",
                "--no-default-features",
                "--features",
                "ssr",
            ],
        ),
        (
            "clippy, press with snapshots",
            &[
                "--package",
                "press",
                "--all-targets",
                "--features",
                release::PRESS,
            ],
        ),
        (
            "clippy, wasm",
            &[
                "--package",
                "dateline",
                "--target",
                "wasm32-unknown-unknown",
                "--lib",
                "--bins",
                "--tests",
            ],
        ),
    ];
    for (name, arguments) in runs {
        tally.check(
            name,
            "every warning is an error",
            tree.command("cargo")
                .args(["clippy", "--quiet"])
                .args(arguments)
                .args(["--", "-D", "warnings"]),
        );
    }
}

fn native(tree: &Tree, tally: &mut Tally) {
    if let Err(error) = tools::ffmpeg(tree) {
        tally.record("ffmpeg", Some(format!("{error:#}")));
    }
    // The app is tested as its snapshots use it (`ssr`): the browser's feature
    // natively is nothing anybody runs.
    let runs: [(&str, &[&str]); 3] = [
        (
            "native tests, libraries and tools",
            &["--workspace", "--exclude", "dateline", "--exclude", "press"],
        ),
        (
            "native tests, app",
            &[
                "--package",
                "dateline",
                "--no-default-features",
                "--features",
                "ssr",
            ],
        ),
        (
            "native tests, press",
            &["--package", "press", "--features", release::PRESS],
        ),
    ];
    let nextest = which("cargo-nextest").is_some();
    for (name, arguments) in runs {
        let mut command = tree.command("cargo");
        // Tests that need it are left out elsewhere, and nowhere here.
        command.env("FFMPEG_REQUIRED", "1");
        if nextest {
            command
                .args(["nextest", "run", "--no-fail-fast", "--no-tests", "pass"])
                .args(["--status-level", "fail", "--color", "never"])
                .args(arguments);
            tally.tests(name, "each in its own process", &mut command, nextest_count);
        } else {
            command
                .args(["test", "--quiet", "--no-fail-fast", "--all-targets"])
                .args(arguments);
            tally.tests(name, "whatever needs no browser", &mut command, cargo_count);
        }
    }
    tally.tests(
        "documentation tests",
        "examples in the documentation must work",
        tree.command("cargo").args([
            "test",
            "--quiet",
            "--no-fail-fast",
            "--doc",
            "--workspace",
            "--exclude",
            "dateline",
            "--exclude",
            "xtask",
        ]),
        cargo_count,
    );
}

fn wasm(tree: &Tree, browsers: &Browsers, tally: &mut Tally) {
    tally.tests(
        "wasm tests",
        "the app's views in a real browser",
        tree.command("cargo")
            .args(["test", "--package", "dateline", "--test", "browser"])
            .args(["--target", "wasm32-unknown-unknown"])
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                tree.tools().join("bin/wasm-bindgen-test-runner"),
            )
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                tree.path("tests/browser/webdriver.json"),
            )
            // The defaults (20 s, 5 s) are too short for a busy machine with two cores.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
            .env("CHROMEDRIVER", &browsers.chromedriver),
        cargo_count,
    );
}

fn budgets(tree: &Tree, tally: &mut Tally) {
    match budget::measure(tree) {
        Err(error) => tally.record("budgets", Some(format!("{error:#}"))),
        Ok(budgets) => {
            budget::print(&budgets);
            for budget in budgets {
                let failure = (!budget.holds()).then(|| {
                    format!(
                        "{}: {} bytes, {} allowed",
                        budget.name, budget.size, budget.limit
                    )
                });
                tally.record(&format!("budget, {}", budget.name), failure);
            }
        }
    }
}

fn standards(tree: &Tree, tally: &mut Tally) {
    tally.tests(
        "feeds and maps",
        "as the published schemas and others' readers want them",
        tree.command("node")
            .args(["--test", "--test-reporter=tap"])
            .arg("tests/feeds/schemas.test.mjs"),
        tap_count,
    );
    tally.check(
        "linked data",
        "schema.org's words in their places, on every page",
        tree.command("node")
            .arg("tests/linked-data/validate.mjs")
            .arg("dist"),
    );
}

fn end_to_end(tree: &Tree, browsers: &Browsers, tally: &mut Tally, is_deep: bool) {
    // An old report must not be counted for a run that never wrote one.
    let report = tree.path(REPORT);
    let _ = fs::remove_file(&report);
    tally.tests(
        "end-to-end tests",
        "the release as readers get it, in Chromium; any console message fails",
        tree.command("playwright")
            .args(["test", "--config", "tests/e2e/playwright.config.mjs"])
            .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
            .env("CHROMIUM", &browsers.chromium)
            .env("DATELINE_DEEP", if is_deep { "1" } else { "0" }),
        |_| playwright_count(&fs::read_to_string(&report).ok()?),
    );
}

fn firefox(tree: &Tree, browsers: &Browsers, tally: &mut Tally) {
    tally.tests(
        "Firefox",
        "a second engine, so that nothing rests on one browser's manners",
        tree.command("node")
            .args(["--test", "--test-reporter=tap"])
            // One after the other: each starts a browser of its own.
            .arg("--test-concurrency=1")
            .arg("tests/e2e/firefox/firefox.test.mjs")
            .arg("tests/e2e/firefox/hostile.test.mjs")
            .arg("tests/e2e/firefox/boot.test.mjs")
            .arg("tests/e2e/firefox/offline.test.mjs")
            .env("FIREFOX", &browsers.firefox),
        tap_count,
    );
}

/// Nothing where there is no WebKitGTK: Debian's is the one that lets itself be driven.
fn webkit(tree: &Tree, tally: &mut Tally) {
    if !cfg!(target_os = "linux") {
        println!("    WebKitGTK is for Linux: left out");
        return;
    }
    if let Err(error) = tools::webkit(tree) {
        return tally.record("WebKit", Some(format!("{error:#}")));
    }
    tally.tests(
        "WebKit",
        "a third engine, that of every iPhone",
        tree.command("node")
            .args(["--test", "--test-reporter=tap"])
            .arg("--test-concurrency=1")
            .arg("tests/e2e/webkit/webkit.test.mjs")
            .arg("tests/e2e/webkit/boot.test.mjs"),
        tap_count,
    );
}

fn hosts(tree: &Tree, tally: &mut Tally) {
    let ready = tools::servers(tree).and_then(|()| release::press(tree));
    let press = match ready {
        Ok(press) => press,
        Err(error) => return tally.record("hosts", Some(format!("{error:#}"))),
    };
    tally.tests(
        "hosts",
        "the sample newsroom as real servers send it, set up by press",
        tree.command("node")
            .args(["--test", "--test-reporter=tap"])
            .args(
                ["files", "observatory", "servers"]
                    .map(|name| format!("tests/hosts/{name}.test.mjs")),
            )
            .env("PRESS", press),
        tap_count,
    );
}

fn fuzz(tree: &Tree, tally: &mut Tally) {
    let version = capture(tree.command("rustc").arg("-vV"))
        .map(|output| output.text)
        .unwrap_or_default();
    let Some(host) = fuzz::host(&version) else {
        return tally.record("fuzz", Some("rustc does not say what it runs on".into()));
    };
    tally.check(
        "fuzz targets",
        "compiled with coverage counters (minutes, the first time)",
        &mut fuzz::build(tree, host),
    );
    for target in fuzz::TARGETS {
        match fuzz::run(tree, host, target) {
            Ok(mut command) => tally.check(
                &format!("fuzz {target}"),
                "a minute of inputs made up from the seeds, within 512 MB",
                &mut command,
            ),
            Err(error) => tally.record(target, Some(format!("{error:#}"))),
        }
    }
}

/// What a runner reported.
#[derive(Debug, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

/// `test result: ok. 3 passed; 0 failed; …`, one per test binary.
fn cargo_count(text: &str) -> Option<Count> {
    let mut count = None;
    for line in text.lines().filter(|line| line.contains("test result:")) {
        let so_far = count.get_or_insert(Count {
            passed: 0,
            failed: 0,
        });
        so_far.passed += number_before(line, " passed").unwrap_or(0);
        so_far.failed += number_before(line, " failed").unwrap_or(0);
    }
    count
}

/// `Summary [ 0.1s] 12 tests run: 11 passed, 1 failed, 0 skipped`. A package
/// without tests has a summary that says 0.
fn nextest_count(text: &str) -> Option<Count> {
    let line = text.lines().find(|line| line.contains("Summary ["))?;
    Some(Count {
        passed: number_before(line, " passed").unwrap_or(0),
        failed: number_before(line, " failed").unwrap_or(0)
            + number_before(line, " timed out").unwrap_or(0),
    })
}

/// `# pass 4` and `# fail 0`, as node:test ends its report.
fn tap_count(text: &str) -> Option<Count> {
    let number = |label: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(label)?.trim().parse().ok())
    };
    Some(Count {
        passed: number("# pass ")?,
        failed: number("# fail ")?,
    })
}

/// The `stats` of Playwright's JSON report. A test that needed a second try
/// counts as failed: nothing here is retried.
fn playwright_count(report: &str) -> Option<Count> {
    let report: serde_json::Value = serde_json::from_str(report).ok()?;
    let stat = |name: &str| report.pointer(&format!("/stats/{name}"))?.as_u64();
    // Errors outside any test (a file that does not load) are in a list of their own.
    let errors = report.get("errors")?.as_array()?.len();
    Some(Count {
        passed: stat("expected")?,
        failed: stat("unexpected")? + stat("flaky")? + u64::try_from(errors).ok()?,
    })
}

fn number_before(line: &str, label: &str) -> Option<u64> {
    let (before, _) = line.split_once(label)?;
    before.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Count, cargo_count, nextest_count, playwright_count, tap_count};

    fn count(passed: u64, failed: u64) -> Option<Count> {
        Some(Count { passed, failed })
    }

    #[test]
    fn every_test_binary_of_cargo_is_added_up() {
        let text = "test result: ok. 3 passed; 0 failed; 0 ignored\n\n\
                    test result: FAILED. 10 passed; 2 failed; 1 ignored";
        assert_eq!(cargo_count(text), count(13, 2));
    }

    #[test]
    fn output_without_a_summary_counts_as_nothing_so_that_it_can_fail() {
        assert_eq!(cargo_count("error: could not compile"), None);
        assert_eq!(nextest_count("error: could not compile"), None);
        assert_eq!(playwright_count(""), None);
        assert_eq!(tap_count(""), None);
    }

    #[test]
    fn the_summaries_of_the_other_runners_are_read() {
        let line = "     Summary [   0.1s] 12 tests run: 11 passed, 1 failed, 0 skipped";
        assert_eq!(nextest_count(line), count(11, 1));
        assert_eq!(tap_count("# tests 5\n# pass 4\n# fail 1\n"), count(4, 1));
        let report =
            r#"{"errors":[{}],"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":0}}"#;
        assert_eq!(playwright_count(report), count(7, 3));
    }
}
