//! `tpmc key new`

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use clap::Args;

use crate::commands::memory::MemoryPlace;
use crate::commands::trust::TrustError;
use crate::context::Context;
use crate::error::Error;
use crate::merkle::key::{Kind, SigningKey};
use crate::output::Output;
use crate::store::Access;

/// Make a pair of keys: the signing key into a file, the verifier key on standard output
///
/// The signing key goes into the file named with -o, which only its owner may read and which is never overwritten. The
/// verifier key is for everybody who checks signatures. The machine notes that the key has signed nothing yet, so that its first
/// signature here needs no --first.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc key new -o registry.key\n         tpmc key new -o witness.key --name example.go.jp/witness --witness"
)]
pub(crate) struct New {
    /// Name of the key; the default is the origin of the registry, which the key of its log must have
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Print the verifier key of a witness (cosignatures), not that of a log
    #[arg(long, requires = "name")]
    witness: bool,
    #[command(flatten)]
    memory: MemoryPlace,
}

impl New {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let path = context.output().ok_or(TrustError::NoPlace)?;
        let name = match self.name {
            Some(name) => name,
            None => context
                .store(Access::Read)?
                .read(|reader| Ok::<_, Error>(reader.origin()?))?,
        };
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(TrustError::Random)?;
        let key = SigningKey::generate(&name, &random).map_err(TrustError::Name)?;
        write(path, &format!("{}\n", key.private_text())).map_err(|cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => TrustError::KeyExists(path.to_owned()),
            _ => TrustError::Write {
                path: path.to_owned(),
                cause,
            },
        })?;
        if self.memory.begin(&key).is_err() {
            context.out.say(&message!("receipt-key-not-noted"));
        }
        context.out.say(&message!("receipt-key", path, name));
        let kind = if self.witness {
            Kind::Witness
        } else {
            Kind::Log
        };
        Output::print(format!("{}\n", key.verifier_key(kind)).as_bytes())
    }
}

/// Writes a file that only its owner may read, and that was not there before.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
