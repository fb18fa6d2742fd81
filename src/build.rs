//! Rebuilds the crate when a migration is added: the embedding macro sees only the ones it knows. And links the program to a fixed
//! place, where a linker of GNU can: a run of a few milliseconds otherwise spends some of them on moving itself.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
