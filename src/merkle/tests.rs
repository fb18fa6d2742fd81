//! What the tests of this folder share: tiles in memory and RFC 6962 as its definitions read; then trees of many sizes.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::append::{Appender, TileStore};
use super::checkpoint::{Checkpoint, SignedCheckpoint};
use super::consistency::ConsistencyProof;
use super::hash::{Hash, empty_root, leaf_hash, node_hash};
use super::key::SigningKey;
use super::note::Note;
use super::proof::InclusionProof;
use super::tree::{Tiles, consistency_proof, inclusion_proof, root, split};
use super::verify::{VerifyError, verify_consistency, verify_inclusion};

/// A store of tiles in memory that counts what it is asked.
#[derive(Debug, Clone, Default)]
pub(super) struct MemoryTiles {
    pub(super) tiles: BTreeMap<(u8, u64), Vec<u8>>,
    pub(super) reads: usize,
    pub(super) writes: Vec<(u8, u64, usize)>,
}

impl Tiles for MemoryTiles {
    type Error = Infallible;

    fn tile(&mut self, level: u8, number: u64) -> Result<Option<Vec<u8>>, Infallible> {
        self.reads += 1;
        Ok(self.tiles.get(&(level, number)).cloned())
    }
}

impl TileStore for MemoryTiles {
    fn put_tile(&mut self, level: u8, number: u64, hashes: &[u8]) -> Result<(), Infallible> {
        self.writes.push((level, number, hashes.len() / 32));
        let before = self.tiles.insert((level, number), hashes.to_vec());
        assert!(
            before.is_none_or(|before| hashes.starts_with(&before)),
            "tiles only grow"
        );
        Ok(())
    }
}

/// The hash of a leaf that differs from all others.
pub(super) fn leaf(index: u64) -> Hash {
    leaf_hash(&index.to_be_bytes())
}

/// The tiles of a tree that grew in one batch.
pub(super) fn grow(size: u64) -> MemoryTiles {
    let mut tiles = MemoryTiles::default();
    append(0, size, &mut tiles);
    tiles
}

/// Appends leaves `from..to` as one batch.
pub(super) fn append(from: u64, to: u64, tiles: &mut MemoryTiles) -> Appender {
    let mut appender = Appender::open(from, tiles).expect("whole tiles");
    for index in from..to {
        appender.push(leaf(index), tiles).expect("memory");
    }
    appender.finish(tiles).expect("memory");
    appender
}

/// The checkpoint of `size` leaves, signed by `log` under its own name.
pub(super) fn signed_checkpoint(
    size: u64,
    tiles: &mut MemoryTiles,
    log: &SigningKey,
) -> SignedCheckpoint {
    let root = root(size, tiles).expect("whole tiles");
    let checkpoint = Checkpoint::new(log.name(), size, root).expect("a good origin");
    SignedCheckpoint::sign(checkpoint, log).expect("its log")
}

/// MTH(D\[n\]) of RFC 6962 section 2.1, as defined there.
pub(super) fn reference_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
            node_hash(&reference_root(left), &reference_root(right))
        }
    }
}

/// PATH(m, D\[n\]) of RFC 6962 section 2.1.1, as defined there.
fn reference_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let middle = split(leaves.len() as u64) as usize;
    let (left, right) = leaves.split_at(middle);
    let (mut path, sibling) = if index < middle {
        (reference_path(index, left), right)
    } else {
        (reference_path(index - middle, right), left)
    };
    path.push(reference_root(sibling));
    path
}

/// SUBPROOF(m, D\[n\], b) of RFC 6962 section 2.1.2, as defined there.
fn reference_subproof(old: usize, leaves: &[Hash], known: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if known {
            Vec::new()
        } else {
            vec![reference_root(leaves)]
        };
    }
    let middle = split(leaves.len() as u64) as usize;
    let (left, right) = leaves.split_at(middle);
    let (mut proof, sibling) = if old <= middle {
        (reference_subproof(old, left, known), right)
    } else {
        (reference_subproof(old - middle, right, false), left)
    };
    proof.push(reference_root(sibling));
    proof
}

/// A tree with two levels of full tiles and a start on the third, made once for all tests.
const LARGE: u64 = 65_540;
static LARGE_TREE: LazyLock<(MemoryTiles, Vec<Hash>)> =
    LazyLock::new(|| (grow(LARGE), (0..LARGE).map(leaf).collect()));

fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8 % 32] ^= 1 << (bit % 8);
    Hash::new(bytes)
}

/// Checks an inclusion proof, and that no neighbouring claim passes with it.
fn check_inclusion(
    index: u64,
    size: u64,
    tiles: &mut MemoryTiles,
    leaves: &[Hash],
    expected_root: &Hash,
) {
    let proof = inclusion_proof(index, size, tiles).expect("whole tiles");
    let leaf = &leaves[index as usize];
    let verify =
        |index, size, proof: &[Hash]| verify_inclusion(leaf, index, size, proof, expected_root);
    assert_eq!(
        verify(index, size, &proof),
        Ok(()),
        "entry {index} of {size}"
    );
    assert!(verify(index ^ 1, size, &proof).is_err() || size == 1);
    let longer = [&proof[..], &[*leaf]].concat();
    assert_eq!(verify(index, size, &longer), Err(VerifyError::Length));
    if let Some((_, shorter)) = proof.split_last() {
        assert_eq!(verify(index, size, shorter), Err(VerifyError::Length));
    }
    for place in 0..proof.len() {
        let mut altered = proof.clone();
        altered[place] = flipped(&altered[place], index as usize + 37 * place);
        assert_eq!(verify(index, size, &altered), Err(VerifyError::Entry));
    }
    let other = flipped(leaf, size as usize);
    assert_eq!(
        verify_inclusion(&other, index, size, &proof, expected_root),
        Err(VerifyError::Entry)
    );
}

/// Checks a consistency proof, and that no altered one passes.
fn check_consistency(old: u64, new: u64, tiles: &mut MemoryTiles, roots: (&Hash, &Hash)) {
    let proof = consistency_proof(old, new, tiles).expect("whole tiles");
    let verify = |proof: &[Hash]| verify_consistency(old, roots.0, new, roots.1, proof);
    assert_eq!(verify(&proof), Ok(()), "{old} to {new}");
    let longer = [&proof[..], &[*roots.0]].concat();
    assert_eq!(verify(&longer), Err(VerifyError::Length));
    if let Some((_, shorter)) = proof.split_last() {
        assert_eq!(verify(shorter), Err(VerifyError::Length));
    }
    for place in 0..proof.len() {
        let mut altered = proof.clone();
        altered[place] = flipped(&altered[place], old as usize + 37 * place);
        assert_eq!(verify(&altered), Err(VerifyError::Prefix));
    }
    let (old_root, new_root) = (
        flipped(roots.0, new as usize),
        flipped(roots.1, old as usize),
    );
    assert!(verify_consistency(old, &old_root, new, roots.1, &proof).is_err());
    assert!(old == 0 || verify_consistency(old, roots.0, new, &new_root, &proof).is_err());
}

#[test]
fn small_trees_match_the_definitions() {
    let leaves: Vec<Hash> = (0..70).map(leaf).collect();
    let roots: Vec<Hash> = (0..=70)
        .map(|size| reference_root(&leaves[..size]))
        .collect();
    let mut tiles = grow(70);
    for size in 0..=70 {
        assert_eq!(root(size as u64, &mut tiles), Ok(roots[size]));
        for index in 0..size {
            let expected = reference_path(index, &leaves[..size]);
            assert_eq!(
                inclusion_proof(index as u64, size as u64, &mut tiles),
                Ok(expected)
            );
            check_inclusion(index as u64, size as u64, &mut tiles, &leaves, &roots[size]);
        }
        for old in 0..=size {
            let expected = if old == 0 {
                Vec::new()
            } else {
                reference_subproof(old, &leaves[..size], true)
            };
            assert_eq!(
                consistency_proof(old as u64, size as u64, &mut tiles),
                Ok(expected)
            );
            check_consistency(
                old as u64,
                size as u64,
                &mut tiles,
                (&roots[old], &roots[size]),
            );
        }
    }
}

/// Sizes around the ends of tiles of level 0 and 1.
const BORDERS: [u64; 19] = [
    1, 2, 128, 129, 255, 256, 257, 258, 259, 260, 511, 512, 513, 514, 65_280, 65_535, 65_536,
    65_537, 65_540,
];

#[test]
fn trees_around_tile_borders_match_the_definitions() {
    let (mut tiles, leaves) = LARGE_TREE.clone();
    let roots = BORDERS.map(|size| reference_root(&leaves[..size as usize]));
    for (size, size_root) in BORDERS.iter().zip(&roots) {
        assert_eq!(root(*size, &mut tiles).as_ref(), Ok(size_root));
        for index in BORDERS
            .iter()
            .flat_map(|border| [border - 1, *border])
            .filter(|index| index < size)
        {
            check_inclusion(index, *size, &mut tiles, &leaves, size_root);
        }
        for (old, old_root) in BORDERS.iter().zip(&roots).filter(|(old, _)| *old <= size) {
            check_consistency(*old, *size, &mut tiles, (old_root, size_root));
        }
    }
}

#[test]
fn partial_tiles_of_the_time_answer_like_full_ones() {
    let (mut large, _) = LARGE_TREE.clone();
    for size in [1, 70, 255, 256, 257, 513] {
        let mut then = grow(size);
        assert_eq!(root(size, &mut then), root(size, &mut large));
        assert_eq!(
            inclusion_proof(size / 2, size, &mut then),
            inclusion_proof(size / 2, size, &mut large)
        );
        assert_eq!(
            consistency_proof(size / 3, size, &mut then),
            consistency_proof(size / 3, size, &mut large)
        );
    }
}

#[test]
fn a_forged_prefix_is_refused() {
    let (mut tiles, mut leaves) = (grow(300), (0..300).map(leaf).collect::<Vec<_>>());
    let proof = consistency_proof(200, 300, &mut tiles).expect("whole tiles");
    let new_root = reference_root(&leaves);
    leaves[13] = leaf(1_000);
    let forged = reference_root(&leaves[..200]);
    assert_eq!(
        verify_consistency(200, &forged, 300, &new_root, &proof),
        Err(VerifyError::Prefix)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_sizes((new, old, index) in (1..=LARGE).prop_flat_map(|new| (Just(new), 0..=new, 0..new))) {
        let mut tiles = LARGE_TREE.0.clone();
        let new_root = root(new, &mut tiles).expect("whole tiles");
        let old_root = root(old, &mut tiles).expect("whole tiles");
        check_inclusion(index, new, &mut tiles, &LARGE_TREE.1, &new_root);
        check_consistency(old, new, &mut tiles, (&old_root, &new_root));
    }

    #[test]
    fn any_batches_make_the_same_tiles(batches in prop::collection::vec(0_u64..400, 0..8)) {
        let mut tiles = MemoryTiles::default();
        let mut size = 0;
        for batch in batches {
            let appender = append(size, size + batch, &mut tiles);
            size += batch;
            prop_assert_eq!(appender.size(), size);
            prop_assert_eq!(appender.root(), root(size, &mut tiles).expect("whole tiles"));
        }
        prop_assert_eq!(&tiles.tiles, &grow(size).tiles);
        prop_assert_eq!(Appender::open(size, &mut tiles).expect("whole tiles").root(), root(size, &mut tiles).expect("whole tiles"));
    }

    #[test]
    fn whatever_is_read_is_written_back(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..16)) {
        let text = pieces.concat();
        let mut written = Vec::new();
        written.extend(Note::parse(text.as_bytes()).map(|note| note.to_string()));
        written.extend(InclusionProof::parse(text.as_bytes()).map(|proof| proof.to_string()));
        written.extend(ConsistencyProof::parse(text.as_bytes()).map(|proof| proof.to_string()));
        written.extend(text.parse::<Checkpoint>().map(|checkpoint| checkpoint.to_string()));
        prop_assert!(written.iter().all(|written| *written == text));
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Note::parse(&bytes).is_err());
        prop_assert!(InclusionProof::parse(&bytes).is_err());
        prop_assert!(String::from_utf8_lossy(&bytes).parse::<SigningKey>().is_err());
    }
}

/// What notes and proofs are made of, so that random sequences are often nearly right.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "log\n1\n",
    "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n",
    "\n— log AAAAAAAA\n",
    "— a AAAAAAA=\n",
    "c2sp.org/tlog-proof@v1\n",
    "index 0\n",
    "extra AA==\n",
    "tpmc-consistency@v1\nfrom 0\nto 1\n",
    "log\n1\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n\n— log AAAAAAAA\n",
    "é ",
];
