//! Rebuilds the crate when a migration is added: the embedding macro sees only the ones it knows. Links releases so that they start
//! fast.

use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") && is_plain_linux() {
        link_in_order();
        link_the_unwinder();
    }
}

/// Whether this is Linux with GNU tools, and nobody chose another linker.
fn is_plain_linux() -> bool {
    let is = |name, value: &str| env::var(name).is_ok_and(|found| found == value);
    let chosen = env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"));
    is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && env::var("HOST") == env::var("TARGET")
        && env::var_os("RUSTC_LINKER").is_none()
        && !chosen
}

/// Takes GNU ld, which writes a file from its beginning to its end. LLD, the default, writes here and there into a file that is mapped
/// into memory; the kernel then keeps the program in single pages and maps them one by one whenever it starts, which takes a good
/// part of the time of a short command.
fn link_in_order() {
    let path = env::var_os("PATH").unwrap_or_default();
    if env::split_paths(&path).any(|folder| folder.join("ld.bfd").is_file()) {
        println!("cargo:rustc-link-arg-bins=-fuse-ld=bfd");
    }
}

/// Takes the unwinder into the program: one library less to look for and to relocate.
fn link_the_unwinder() {
    let asked = Command::new("cc")
        .arg("-print-file-name=libgcc_eh.a")
        .output();
    let answer = asked
        .ok()
        .and_then(|said| String::from_utf8(said.stdout).ok());
    let library = PathBuf::from(answer.unwrap_or_default().trim());
    if let Some(folder) = library.parent().filter(|_| library.is_absolute()) {
        println!("cargo:rustc-link-search=native={}", folder.display());
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
    }
}
