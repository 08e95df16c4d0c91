//! A course in a folder of its own, and the binary run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) use crate::archives::tree;

/// The repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A scratch folder with a course in `src`, removed at the end.
pub(crate) struct CourseTest {
    folder: PathBuf,
    variables: BTreeMap<String, String>,
}

/// How a run of the binary ended, with the scratch folder's path taken out of what it printed.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl CourseTest {
    /// An empty scratch folder.
    pub(crate) fn empty(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, variables: BTreeMap::new() }
    }

    /// A copy of `tests/courses/<course>`.
    pub(crate) fn of(course: &str, name: &str) -> Self {
        Self::copy(&repository().join("tests/courses").join(course), name)
    }

    /// A copy of a course's folder.
    pub(crate) fn copy(course: &Path, name: &str) -> Self {
        let test = Self::empty(name);
        copy_tree(course, &test.source());
        test
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn source(&self) -> PathBuf {
        self.folder.join("src")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Writes a file of the course.
    pub(crate) fn file(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.source().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Replaces a text in a file of the course.
    pub(crate) fn change(&self, path: &str, old: &str, new: &str) -> &Self {
        let text = self.read(&format!("src/{path}"));
        assert!(text.contains(old), "{path} has no {old:?}");
        self.file(path, text.replacen(old, new, 1))
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the binary in the scratch folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in(".", arguments)
    }

    /// Runs the binary in a folder of the scratch folder.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_cartable"))
            .args(arguments)
            .current_dir(self.folder.join(folder))
            .env_remove("SOURCE_DATE_EPOCH")
            .envs(&self.variables)
            .output()
            .unwrap();
        let text =
            |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&*self.folder.to_string_lossy(), "[SCRATCH]");
        Run { status: status.code().unwrap(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// Builds `src` into `dist` and expects it to work.
    pub(crate) fn build(&self, more: &[&str]) -> Run {
        let run = self.run(&[&["build", "src"], more].concat());
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
        run
    }

    /// The files under `path`: relative path and content.
    pub(crate) fn tree(&self, path: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(path))
    }
}

impl Drop for CourseTest {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

pub(crate) fn copy_tree(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Whether expected files are to be written anew.
pub(crate) fn blessing() -> bool {
    std::env::var_os("CARTABLE_BLESS").is_some()
}

/// Compares with an expected file, or writes it.
pub(crate) fn expect_file(path: &Path, actual: &str) {
    if blessing() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} is not as expected (CARTABLE_BLESS=1 writes it anew)\n--- expected\n{expected}\n--- actual\n{actual}",
        path.display()
    );
}
