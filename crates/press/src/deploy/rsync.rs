//! A server reached with rsync, over ssh or its own protocol.
//!
//! rsync is run once for each step, with the names of its files: it compares them,
//! sends what is different, and gives a file its name when it is whole. `--delete`
//! of rsync itself knows no order, so files are removed by their names too.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::site::File;
use super::target::{Done, RECORD, Seen, Target};
use crate::finding::Failure;

/// Seconds without a byte after which a connection is given up.
const PATIENCE: &str = "--timeout=60";
/// What rsync says when the line broke: errors in socket I/O and in its protocol's
/// stream, and time-outs. All it had sent stays, so it is worth another try.
const BROKEN_LINE: [i32; 4] = [10, 12, 30, 35];
const TRIES: u32 = 4;
/// Removes what is named and not in the site.
const REMOVE: &str = "--delete-missing-args";
/// Something that was named is not there.
const VANISHED: i32 = 24;

pub struct Rsync {
    /// Ends in a slash.
    place: String,
    site: PathBuf,
    dry_run: bool,
}

/// How a run of rsync ended.
struct Ended {
    code: Option<i32>,
    said: String,
}

impl Rsync {
    /// # Errors
    /// When rsync is not installed.
    pub fn open(place: String, site: &Path, dry_run: bool) -> Result<Self, Failure> {
        let rsync = Self {
            place,
            site: site.to_owned(),
            dry_run,
        };
        rsync.run(&["--version".into()], None, &mut |_| {})?;
        Ok(rsync)
    }

    /// Runs rsync with names on its standard input, and tells of each line it prints.
    fn run(
        &self,
        arguments: &[OsString],
        names: Option<&[u8]>,
        each_line: &mut dyn FnMut(&str),
    ) -> Result<Ended, Failure> {
        let failed = |e: io::Error| Failure(format!("rsync could not be run: {e}"));
        let mut process = Command::new("rsync")
            .args(arguments)
            // Its sentences are read here.
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => Failure(
                    "rsync is not installed: install it here and at the target (apt install rsync, brew install rsync), or upload in another way".into(),
                ),
                _ => failed(error),
            })?;
        let (stdin, stdout, stderr) = (
            process.stdin.take(),
            process.stdout.take(),
            process.stderr.take(),
        );
        let said = thread::scope(|scope| {
            // All three at once, or a full pipe would stop one of them for ever.
            scope.spawn(move || {
                if let (Some(mut stdin), Some(names)) = (stdin, names) {
                    // One that ended early says why.
                    let _ = stdin.write_all(names);
                }
            });
            let said = scope.spawn(move || {
                let mut said = Vec::new();
                if let Some(mut stderr) = stderr {
                    let _ = stderr.read_to_end(&mut said);
                }
                String::from_utf8_lossy(&said).into_owned()
            });
            for line in stdout
                .into_iter()
                .flat_map(|out| BufReader::new(out).split(b'\n'))
            {
                each_line(&String::from_utf8_lossy(&line?));
            }
            Ok(said.join().unwrap_or_default())
        })
        .map_err(failed)?;
        let status = process.wait().map_err(failed)?;
        Ok(Ended {
            code: status.code(),
            said,
        })
    }

    /// Runs rsync over the names, again where the line broke.
    fn over(
        &self,
        options: &[&str],
        names: &[u8],
        each_line: &mut dyn FnMut(&str),
    ) -> Result<(), Failure> {
        let mut arguments: Vec<OsString> = options.iter().map(Into::into).collect();
        if self.dry_run {
            arguments.push("--dry-run".into());
        }
        let common = [
            PATIENCE,
            "--from0",
            "--files-from=-",
            "--out-format=%i %n",
            "--8-bit-output",
            "--",
        ];
        arguments.extend(common.map(Into::into));
        arguments.push(self.site.join("").into());
        arguments.push(self.place.clone().into());
        let mut tries = 0;
        loop {
            let ended = self.run(&arguments, Some(names), each_line)?;
            tries += 1;
            match ended.code {
                Some(0) => return Ok(()),
                // A folder that is named and not in the site, which is what was meant.
                Some(VANISHED) if options.contains(&REMOVE) => return Ok(()),
                Some(code) if BROKEN_LINE.contains(&code) && tries < TRIES => {
                    thread::sleep(Duration::from_secs(1 << tries));
                }
                _ => return Err(self.failure(&ended)),
            }
        }
    }

    fn failure(&self, ended: &Ended) -> Failure {
        let said: Vec<&str> = ended.said.lines().filter(|line| !line.is_empty()).collect();
        let mend = match ended.code {
            Some(5) => "the server asks for another user or password (RSYNC_PASSWORD)",
            Some(255) => "ssh could not connect: try ssh with the same user and host",
            Some(10) => "nobody answers there: look at the host's name and its port",
            Some(11 | 23) => "look at the path, its rights and the free space there",
            Some(12 | 30 | 35) => "the line broke: run press deploy again, it goes on where it was",
            _ => "run press deploy again, it goes on where it was",
        };
        Failure(format!(
            "rsync could not upload to {}: {} ({mend})",
            self.place,
            if said.is_empty() {
                "it was ended".to_owned()
            } else {
                said.join("; ")
            }
        ))
    }
}

impl Target for Rsync {
    fn record(&self) -> Result<Option<Vec<u8>>, Failure> {
        let desk = Desk::make()?;
        let from = format!("{}{RECORD}", self.place);
        let arguments: [OsString; 4] = [
            PATIENCE.into(),
            "--".into(),
            from.into(),
            desk.0.clone().into(),
        ];
        let ended = self.run(&arguments, None, &mut |_| {})?;
        match ended.code {
            Some(0) => {
                let file = desk.0.join(RECORD);
                let record = fs::read(&file).map_err(|e| Failure::io("read", &file, &e))?;
                Ok(Some(record))
            }
            Some(23) if ended.said.contains("No such file or directory") => Ok(None),
            _ => Err(self.failure(&ended)),
        }
    }

    fn write_record(&self, record: &[u8]) -> Result<(), Failure> {
        let desk = Desk::make()?;
        let file = desk.0.join(RECORD);
        fs::write(&file, record).map_err(|e| Failure::io("write", &file, &e))?;
        let arguments: [OsString; 5] = [
            PATIENCE.into(),
            "--chmod=F644".into(),
            "--".into(),
            file.into(),
            self.place.clone().into(),
        ];
        let ended = self.run(&arguments, None, &mut |_| {})?;
        if ended.code == Some(0) {
            Ok(())
        } else {
            Err(self.failure(&ended))
        }
    }

    fn seen(&self) -> Result<Option<BTreeMap<String, Seen>>, Failure> {
        Ok(None)
    }

    fn holds(&self, _: &File, _: &Seen) -> Result<bool, Failure> {
        Ok(false)
    }

    fn decides_itself(&self) -> bool {
        true
    }

    fn put(&self, files: &[&File], done: &Done<'_>) -> Result<(), Failure> {
        let mut names = Vec::new();
        for file in files {
            names.extend_from_slice(file.path.as_bytes());
            names.push(0);
        }
        let by_name: BTreeMap<&str, &File> = files
            .iter()
            .map(|file| (file.path.as_str(), *file))
            .collect();
        let options = [
            "--times",
            "--omit-dir-times",
            "--copy-links",
            "--perms",
            "--chmod=D755,F644",
            "--compress",
            // A site is built anew on another machine with other times, and a builder
            // that sets the same time everywhere hides changes.
            "--checksum",
            // A film that was cut goes on where it was.
            "--partial-dir=.press-part",
        ];
        let mut sent = BTreeSet::new();
        self.over(&options, &names, &mut |line| {
            // `<f+++++++++ name`: sent (`<`, or `>` on one machine), not only its time set.
            if line.starts_with(['<', '>'])
                && let Some((_, name)) = line.split_once(' ')
                && let Some(file) = by_name.get(name)
                && sent.insert(name.to_owned())
            {
                done(file, String::new());
            }
        })
    }

    fn remove(&self, paths: &[String]) -> Result<(), Failure> {
        // rsync removes what is named and is not in the site, and folders if they are
        // empty then. An empty folder would be listed where 404 is right.
        let mut folders = BTreeSet::new();
        for path in paths {
            let mut above = path.as_str();
            while let Some((folder, _)) = above.rsplit_once('/') {
                if self.site.join(folder).exists() {
                    break;
                }
                folders.insert(folder);
                above = folder;
            }
        }
        let files: Vec<&str> = paths.iter().map(String::as_str).collect();
        let missing = ["--dirs", REMOVE];
        self.over(&missing, files.join("\0").as_bytes(), &mut |_| {})?;
        // One run for each depth: rsync does not promise an order.
        let depth = |folder: &&str| folder.matches('/').count();
        let mut folders: Vec<&str> = folders.into_iter().collect();
        folders.sort_by_key(|folder| std::cmp::Reverse(depth(folder)));
        for level in folders.chunk_by(|a, b| depth(a) == depth(b)) {
            // A folder that holds somebody else's file stays, with a word that is no fault.
            self.over(&missing, level.join("\0").as_bytes(), &mut |_| {})?;
        }
        Ok(())
    }
}

/// A folder for one file that rsync reads or writes.
struct Desk(PathBuf);

impl Desk {
    fn make() -> Result<Self, Failure> {
        let name = format!("press-{}", uuid::Uuid::new_v4());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).map_err(|e| Failure::io("make", &folder, &e))?;
        Ok(Self(folder))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
