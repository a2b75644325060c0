//! What only Linux does its own way: the window's memory goes back to the system as soon as it is free.

/// The C library's own setting: blocks from this size on, bytes, are given back when they are freed.
///
/// Left alone, glibc raises it to the largest block that was freed, and from then on every thread keeps up to twice as
/// much for itself (`mallopt(3)`, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD): tens of megabytes after the first pictures of a sheet.
const LIMIT: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "262144");

/// Starts this program anew with that setting, as the C library takes it from the environment and at its start alone.
/// It stays the same process. Where that can't be done the window only takes more memory.
pub(super) fn give_memory_back() {
    use std::os::unix::process::CommandExt;
    let (name, bytes) = LIMIT;
    if std::env::var_os(name).is_some() {
        return;
    }
    let mut args = std::env::args_os();
    if let (Ok(program), Some(called)) = (std::env::current_exe(), args.next()) {
        let mut again = std::process::Command::new(program);
        // It comes back only if it failed.
        let _failed = again.arg0(called).args(args).env(name, bytes).exec();
    }
}
