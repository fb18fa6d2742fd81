//! Rebuilds the crate when a migration is added: the embedding macro sees only the ones it knows. Links releases so that they start
//! fast.

use std::env;
use std::path::PathBuf;
use std::process::Command;

const PLATFORM: &str = "x86_64-unknown-linux-gnu";

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") && is_plain_linux() {
        link_in_one_piece();
        link_the_unwinder();
    }
}

/// Whether this is the platform where rustc brings its own LLD, and nobody chose another linker.
fn is_plain_linux() -> bool {
    let is_here = |name| env::var(name).is_ok_and(|platform| platform == PLATFORM);
    let chosen = env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"));
    is_here("HOST") && is_here("TARGET") && env::var_os("RUSTC_LINKER").is_none() && !chosen
}

/// The first line that a program prints.
fn answer(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Option<PathBuf> {
    let said = Command::new(program).args(arguments).output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    Some(PathBuf::from(said.lines().next()?))
}

/// Has LLD write the program at once. Otherwise it writes here and there into a file that is mapped into memory; the kernel then keeps
/// the program in single pages, and maps them one by one whenever it starts, which takes a good part of the time of a short command.
fn link_in_one_piece() {
    let Some(sysroot) = answer(
        env::var_os("RUSTC").unwrap_or_default(),
        &["--print", "sysroot"],
    ) else {
        return;
    };
    let folder = sysroot
        .join("lib/rustlib")
        .join(PLATFORM)
        .join("bin/gcc-ld");
    if folder.join("ld.lld").is_file() {
        println!("cargo:rustc-link-arg-bins=-B{}", folder.display());
        println!("cargo:rustc-link-arg-bins=-fuse-ld=lld");
        // From LLD 21 on, the flag does the contrary of what it says (<https://github.com/llvm/llvm-project/issues/207459>); before,
        // it is the default.
        println!("cargo:rustc-link-arg-bins=-Wl,--mmap-output-file");
    }
}

/// Takes the unwinder into the program: one library less to look for and to relocate.
fn link_the_unwinder() {
    let library = answer("cc", &["-print-file-name=libgcc_eh.a"]).unwrap_or_default();
    if let Some(folder) = library.parent().filter(|_| library.is_absolute()) {
        println!("cargo:rustc-link-search=native={}", folder.display());
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
    }
}
