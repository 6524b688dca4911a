//! Nothing is made twice, and nothing that is damaged is given out.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use image::ImageFormat;
use media::picture::{Cache, Recipe, render, render_all};
use tempfile::tempdir;

use crate::originals::{file, put, quarters, quick};

fn original(side: u32) -> Vec<u8> {
    file(quarters(side, side), ImageFormat::Png)
}

fn age(path: &Path, by: Duration) {
    File::options()
        .append(true)
        .open(path)
        .unwrap()
        .set_modified(SystemTime::now() - by)
        .unwrap();
}

const HOURS: Duration = Duration::from_hours(5);

#[test]
fn what_was_made_is_found_again_and_a_settled_original_is_not_even_read() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let path = put(folder.path(), "a.png", &original(40));
    let first = render(&path, &cache, &quick()).unwrap();
    let second = render(&path, &cache, &quick()).unwrap();
    assert_eq!(first.renditions, second.renditions);
    assert_eq!(first.placeholder, second.placeholder);
    assert_eq!(first.key, second.key);
    let statistics = cache.statistics();
    // Just written, it might change again within the same tick of the clock.
    assert_eq!(
        (statistics.misses, statistics.hits, statistics.unread),
        (1, 1, 0)
    );

    age(&path, HOURS);
    render(&path, &cache, &quick()).unwrap();
    render(&path, &cache, &quick()).unwrap();
    assert_eq!(cache.statistics().unread, 1);
    assert_eq!(cache.statistics().misses, 1);
}

#[test]
fn another_recipe_or_other_bytes_are_made_anew() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let path = put(folder.path(), "a.png", &original(40));
    age(&path, HOURS);
    let first = render(&path, &cache, &quick()).unwrap();
    let other = render(
        &path,
        &cache,
        &Recipe {
            jpeg_quality: 20,
            ..quick()
        },
    )
    .unwrap();
    assert_ne!(first.key, other.key);
    put(folder.path(), "a.png", &original(41));
    age(&path, HOURS);
    assert_eq!(render(&path, &cache, &quick()).unwrap().width, 41);
    assert_eq!(cache.statistics().misses, 3);
}

#[cfg(unix)]
#[test]
fn a_change_that_keeps_size_and_time_is_noticed() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let path = put(folder.path(), "a.png", &original(40));
    let time = SystemTime::now() - HOURS;
    let set = || {
        File::options()
            .append(true)
            .open(&path)
            .unwrap()
            .set_modified(time)
            .unwrap()
    };
    set();
    render(&path, &cache, &quick()).unwrap();
    // A comment of the same length would do; a damaged byte does as well.
    let mut bytes = original(40);
    let length = bytes.len();
    bytes[length - 1] ^= 1;
    fs::write(&path, &bytes).unwrap();
    set();
    let _ = render(&path, &cache, &quick());
    assert_eq!(cache.statistics().unread, 0);
}

#[test]
fn a_damaged_entry_is_noticed_and_made_again() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let path = put(folder.path(), "a.png", &original(40));
    let first = render(&path, &cache, &quick()).unwrap();
    let shelf = folder.path().join("cache/records").join(&first.key[..2]);
    let record = shelf.join(&first.key);
    let rendition = first.renditions[0].path.clone();
    let damages: [(&str, &dyn Fn()); 5] = [
        ("a rendition is gone", &|| {
            fs::remove_file(&rendition).unwrap()
        }),
        ("a rendition is cut", &|| {
            let bytes = fs::read(&rendition).unwrap();
            fs::write(&rendition, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("a byte of it is another", &|| {
            let mut bytes = fs::read(&rendition).unwrap();
            bytes[20] ^= 1;
            fs::write(&rendition, bytes).unwrap();
        }),
        ("the record is cut", &|| {
            let bytes = fs::read(&record).unwrap();
            fs::write(&record, &bytes[..bytes.len() - 3]).unwrap();
        }),
        ("the record is empty", &|| fs::write(&record, b"").unwrap()),
    ];
    for (what, damage) in damages {
        damage();
        let before = cache.statistics();
        let again = render(&path, &cache, &quick()).unwrap();
        assert_eq!(again.renditions, first.renditions, "{what}");
        assert_eq!(cache.statistics().damaged, before.damaged + 1, "{what}");
        assert_eq!(cache.statistics().misses, before.misses + 1, "{what}");
        render(&path, &cache, &quick()).unwrap();
        assert_eq!(cache.statistics().misses, before.misses + 1, "{what}");
    }
}

#[test]
fn one_picture_under_two_names_and_in_two_processes_is_made_once() {
    let folder = tempdir().unwrap();
    // Two handles that know nothing of each other, as two processes have.
    let caches = [(); 2].map(|()| Cache::open(&folder.path().join("cache")).unwrap());
    let paths = ["a.png", "b.png"].map(|name| put(folder.path(), name, &original(64)));
    std::thread::scope(|scope| {
        for cache in &caches {
            scope.spawn(|| {
                for rendered in render_all(&paths, cache, &quick(), |_, _| {}) {
                    rendered.unwrap();
                }
            });
        }
    });
    let misses: u64 = caches.iter().map(|cache| cache.statistics().misses).sum();
    assert_eq!(misses, 1);
}

#[test]
fn pruning_keeps_what_is_named_and_what_is_young() {
    let folder = tempdir().unwrap();
    let cache_folder = folder.path().join("cache");
    let cache = Cache::open(&cache_folder).unwrap();
    let kept = put(folder.path(), "kept.png", &original(40));
    let gone = put(folder.path(), "gone.png", &original(50));
    for path in [&kept, &gone] {
        age(path, HOURS);
    }
    let key = render(&kept, &cache, &quick()).unwrap().key;
    let old = render(&gone, &cache, &quick()).unwrap();
    let part = old.renditions[0].path.with_file_name(".1-1.part");
    fs::write(&part, b"half a ren").unwrap();

    let keep = BTreeSet::from([key]);
    let hour = Duration::from_hours(1);
    assert_eq!(cache.prune(&keep, hour).unwrap().files, 0);
    let pruned = cache.prune(&keep, Duration::ZERO).unwrap();
    // Six renditions, the record, what was remembered of the original, the half one.
    assert_eq!(pruned.files, 9);
    assert!(pruned.bytes > 0 && !part.exists());
    let before = cache.statistics();
    render(&kept, &cache, &quick()).unwrap();
    assert_eq!(cache.statistics().unread, before.unread + 1);
    render(&gone, &cache, &quick()).unwrap();
    assert_eq!(cache.statistics().misses, before.misses + 1);
    assert!(cache_folder.join("CACHEDIR.TAG").exists());
}

#[test]
fn a_cache_that_cannot_be_made_says_where() {
    let folder = tempdir().unwrap();
    let file = put(folder.path(), "file", b"");
    let problem = Cache::open(&file.join("cache")).unwrap_err();
    assert_eq!(problem.kind, "picture-cache");
    assert!(problem.to_string().contains("file"), "{problem}");
}
