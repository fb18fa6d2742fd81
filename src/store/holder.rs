//! Who holds a lock on the registry, as far as the system tells: on Linux, which process, with which command and since when.

use std::fs;
use std::path::Path;

use super::draft::with_suffix;
use crate::message::Message;

/// Locks of the machine, one a line.
const LOCKS: &str = "/proc/locks";
/// Bytes of a command line that are told.
const SHOWN: usize = 80;

/// The process that has locked the registry at `path` for writing, else one that reads it; none when the system does not say.
#[cfg(target_os = "linux")]
pub(crate) fn holder(path: &Path) -> Option<Message> {
    use std::os::unix::fs::MetadataExt as _;

    let names = [path.to_owned(), with_suffix(path, "-shm")];
    let inode = |name: &std::path::PathBuf| fs::metadata(name).ok().map(|file| file.ino());
    let inodes: Vec<u64> = names.iter().filter_map(inode).collect();
    let locks = fs::read_to_string(LOCKS).ok()?;
    let own = std::process::id();
    let mut held: Vec<(bool, u32)> = locks
        .lines()
        .filter_map(|line| read_lock(line, &inodes))
        .filter(|(_, process)| *process != own)
        .collect();
    held.sort_by_key(|(is_write, _)| !is_write);
    held.first().map(|(_, process)| describe(*process))
}

/// The process that has locked the registry: this system does not say.
#[cfg(not(target_os = "linux"))]
pub(crate) fn holder(_: &Path) -> Option<Message> {
    None
}

/// Whether a line of /proc/locks is about one of the files: whether it locks for writing, and the process.
/// `1: POSIX ADVISORY WRITE 4711 fe:00:10010626 1073741825 1073741825`
fn read_lock(line: &str, inodes: &[u64]) -> Option<(bool, u32)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [_, "POSIX", _, kind, process, file, ..] = words[..] else {
        return None; // also `->`, which waits
    };
    let inode: u64 = file.rsplit(':').next()?.parse().ok()?;
    let process = process.parse().ok().filter(|process| *process > 0)?;
    inodes
        .contains(&inode)
        .then_some((kind == "WRITE", process))
}

/// A process in words: its command, its number, when it was started.
fn describe(process: u32) -> Message {
    let folder = Path::new("/proc").join(process.to_string());
    let command = fs::read(folder.join("cmdline")).unwrap_or_default();
    let words = command
        .split(|byte| *byte == 0)
        .filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(String::from_utf8_lossy).collect();
    let mut command: String = words.join(" ").chars().take(SHOWN).collect();
    if let Some((program, rest)) = command.split_once(' ') {
        let name = program.rsplit('/').next().unwrap_or(program);
        command = format!("{name} {rest}");
    }
    match age(&folder) {
        Some(age) => message!(
            "error-holder-since",
            command,
            process,
            age = format!("{age:.0}")
        ),
        None => message!("error-holder", command, process),
    }
}

/// Seconds since a process was started (proc(5): the 22nd field of `stat`, in hundredths of a second since the machine was).
fn age(process: &Path) -> Option<f64> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let started: f64 = fields.split_whitespace().nth(19)?.parse().ok()?;
    let uptime = fs::read_to_string("/proc/uptime").ok()?;
    let uptime: f64 = uptime.split_whitespace().next()?.parse().ok()?;
    Some((uptime - started / 100.0).max(0.0))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_system_tells_the_process() {
        let line = "1: POSIX  ADVISORY  WRITE 4711 fe:00:42 1073741825 1073741825";
        assert_eq!(read_lock(line, &[7, 42]), Some((true, 4711)));
        assert_eq!(read_lock(line, &[7]), None);
        let line = "2: POSIX  ADVISORY  READ 12 fe:00:42 1073741826 1073742335";
        assert_eq!(read_lock(line, &[42]), Some((false, 12)));
        for other in [
            "2: -> POSIX  ADVISORY  WRITE 12 fe:00:42 1 1",
            "3: FLOCK  ADVISORY  WRITE 12 fe:00:42 0 EOF",
            "",
            "x",
        ] {
            assert_eq!(read_lock(other, &[42]), None, "{other}");
        }
    }
}
