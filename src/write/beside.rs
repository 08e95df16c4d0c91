//! What stands beside packages and may have been left there: import sheets that somebody wrote into, and single files
//! that are not asked for any more.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::load;

use super::packing::hex;
use super::{Package, is_as_listed};

const SEAL: &str = "\n<!-- Written by cartable: ";
const SEAL_END: &str = " -->\n";

/// A text with a last line that tells whether somebody has changed it since.
pub(super) fn sealed(sheet: &str) -> String {
    format!("{sheet}{SEAL}{}{SEAL_END}", sum(sheet))
}

fn sum(sheet: &str) -> String {
    hex(&Sha256::digest(sheet.replace("\r\n", "\n")))[..16].to_owned()
}

/// Whether a sheet is as cartable wrote it.
fn is_sealed(text: &str) -> bool {
    let text = text.replace("\r\n", "\n");
    let parts = text.rsplit_once(SEAL).and_then(|(sheet, seal)| Some((sheet, seal.strip_suffix(SEAL_END)?)));
    parts.is_some_and(|(sheet, seal)| sum(sheet) == seal)
}

/// Whether what stands at `path` is a text of ours that nobody has changed.
pub(super) fn is_as_written(path: &Path) -> bool {
    let mut text = String::new();
    // What is no file, such as a pipe, may have no end.
    path.is_file() && load::open(path).is_ok_and(|mut file| file.read_to_string(&mut text).is_ok()) && is_sealed(&text)
}

/// Where the sheet at `path` is kept before another one takes its place; `None` if nobody has written into it.
pub(super) fn place_for_changed(path: &Path, text: &str) -> Option<PathBuf> {
    let mut former = Vec::new();
    load::open(path).ok()?.read_to_end(&mut former).ok()?;
    if String::from_utf8(former).is_ok_and(|former| former == text || is_sealed(&former)) {
        return None;
    }
    let named = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let mut names = std::iter::once(named(".bak")).chain((2_u32..).map(|n| named(&format!(".bak-{n}"))));
    names.find(|name| fs::symlink_metadata(name).is_err())
}

/// The single files of `package` that an earlier build wrote in `folder`, and this one does not, each before its sums.
pub(super) fn former_singles(folder: &Path, package: &Package) -> Vec<PathBuf> {
    let is_one = |name: &str| {
        let rest = name.strip_prefix(&package.stem).and_then(|rest| rest.strip_suffix(".html"));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            && !package.singles.iter().any(|single| single.name == name)
    };
    if !package.target.takes_folders() {
        return Vec::new();
    }
    let files = walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name();
    let names = files.into_iter().flatten().filter(|file| file.file_type().is_file());
    let names = names.map(|file| file.file_name().to_string_lossy().into_owned()).filter(|name| is_one(name));
    let pairs = names.map(|name| (folder.join(&name), folder.join(format!("{name}.sha256"))));
    pairs.filter(|(file, list)| is_as_listed(file, list)).flat_map(|(file, list)| [file, list]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_ours_until_somebody_writes_into_it() {
        let sheet = sealed("# A\n\nText.\n");
        assert!(is_sealed(&sheet), "{sheet}");
        assert!(is_sealed(&sheet.replace('\n', "\r\n")), "a checkout may have other line ends");
        for changed in [sheet.replace("Text", "Our text"), format!("{sheet}A note.\n"), "# A\n".to_owned()] {
            assert!(!is_sealed(&changed), "{changed}");
        }
    }
}
