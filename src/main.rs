//! The `tpmc` program: everything but the process boundary is in the library.

fn main() -> std::process::ExitCode {
    tpmc::run(std::env::args_os())
}
