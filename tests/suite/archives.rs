//! Packages as the files of `tests/packages` describe them, as files in memory and as archives.
//!
//! Archives are written by hand here, byte by byte: no library writes the faults that are needed.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use cartable::referee::{Entry, Package, Unread};
use flate2::{Compression, Crc, write::DeflateEncoder};
use serde_json::Value;

/// The files of `tests/packages` with this ending, by name.
pub(crate) fn cases(ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(tests().join("packages")).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = files.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    cases.sort();
    cases
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The files of a folder, by the path in it.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries =
        walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    entries.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// Files in memory as a package.
pub(crate) struct InMemory {
    entries: Vec<Entry>,
    contents: Vec<Vec<u8>>,
}

impl InMemory {
    pub(crate) fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let entry = |(name, bytes): (&String, &Vec<u8>)| {
            let size = bytes.len() as u64;
            Entry { name: name.clone(), size, packed: size }
        };
        Self { entries: files.iter().map(entry).collect(), contents: files.into_values().collect() }
    }
}

impl Package for InMemory {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        let bytes = &self.contents[entry];
        Ok(bytes[..bytes.len().min(limit)].to_vec())
    }
}

/// The archive that a description makes.
pub(crate) fn described(case: &Value) -> Vec<u8> {
    archive(&members(case, &files(case)), &case["archive"])
}

/// The files that a description makes.
pub(crate) fn files(case: &Value) -> BTreeMap<String, Vec<u8>> {
    let mut files = match case["manifest"].as_str() {
        Some(manifest) => whole(manifest),
        None => base(case["base"].as_str().unwrap_or("scorm12")),
    };
    apply(case, &mut files);
    files
}

/// A package around a manifest of `tests/referee/good`, with every file that its comment names: pages load the scripts
/// and styles among them, and speak to the LMS themselves where there is no script.
fn whole(manifest: &str) -> BTreeMap<String, Vec<u8>> {
    let text = fs::read_to_string(tests().join("referee/good").join(manifest)).unwrap();
    let standard = ["scorm12", "scorm2004", "cmi5"].into_iter().find(|start| manifest.starts_with(start));
    let standard = standard.unwrap_or("tincan");
    let script = String::from_utf8(base(standard).remove("course.js").unwrap()).unwrap();
    let names = files_of(&text);
    let entry = match standard {
        "cmi5" => "cmi5.xml",
        "tincan" => "tincan.xml",
        _ => "imsmanifest.xml",
    };
    let mut files = BTreeMap::from([(entry.to_owned(), text.into_bytes())]);
    for name in &names {
        let made = match name.rsplit_once('.').unwrap().1 {
            "html" => page(name, &names, &script),
            "js" => script.clone(),
            "css" => "h1 { color: #036; }\n".to_owned(),
            "svg" => "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n".to_owned(),
            _ => "Some text.\n".to_owned(),
        };
        files.insert(name.clone(), made.into_bytes());
    }
    files
}

fn page(name: &str, names: &[String], script: &str) -> String {
    let up = "../".repeat(name.matches('/').count());
    let of = |ending: &'static str| names.iter().filter(move |name| name.ends_with(ending));
    let mut page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n".to_owned();
    page += "<title>Page</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    for style in of(".css") {
        page += &format!("<link rel=\"stylesheet\" href=\"{up}{style}\">\n");
    }
    for source in of(".js") {
        page += &format!("<script src=\"{up}{source}\"></script>\n");
    }
    if of(".js").next().is_none() {
        page += &format!("<script>\n{script}</script>\n");
    }
    page += "</head>\n<body>\n<h1>Page</h1>\n";
    for image in of(".svg") {
        page += &format!("<p><img src=\"{up}{image}\" alt=\"A picture\"></p>\n");
    }
    page + "</body>\n</html>\n"
}

/// The files that the comment of a manifest of ours says are in its package; blanks in names are none of the list's.
pub(crate) fn files_of(text: &str) -> Vec<String> {
    let list = text.split_once("<!-- files: ").unwrap().1.split_once(" -->").unwrap().0;
    list.replace("launch page", "launch\u{a0}page").split(' ').map(|name| name.replace('\u{a0}', " ")).collect()
}

/// A good package of a standard: `scorm12`, `scorm2004`, `cmi5` or `tincan`.
pub(crate) fn base(name: &str) -> BTreeMap<String, Vec<u8>> {
    tree(&tests().join("packages/bases").join(name))
}

/// Changes the files of a package as a case says.
pub(crate) fn apply(case: &Value, files: &mut BTreeMap<String, Vec<u8>>) {
    let pairs = |key: &str| case[key].as_object().cloned().unwrap_or_default();
    for (name, change) in pairs("change") {
        let text = String::from_utf8(files[&name].clone()).unwrap();
        let (old, new) = (change[0].as_str().unwrap(), change[1].as_str().unwrap());
        assert!(text.contains(old), "{name} has no {old}");
        files.insert(name, text.replacen(old, new, 1).into_bytes());
    }
    for (name, mark) in pairs("cut_line") {
        let text = String::from_utf8(files[&name].clone()).unwrap();
        let kept = text.lines().filter(|line| !line.contains(mark.as_str().unwrap()));
        let kept: String = kept.map(|line| format!("{line}\n")).collect();
        files.insert(name, kept.into_bytes());
    }
    for name in case["delete"].as_array().into_iter().flatten() {
        files.remove(name.as_str().unwrap()).unwrap();
    }
    for (old, new) in pairs("rename") {
        let bytes = files.remove(&old).unwrap();
        files.insert(new.as_str().unwrap().to_owned(), bytes);
    }
    for (name, text) in pairs("write") {
        let bytes = match text.as_str() {
            Some(text) => text.to_owned(),
            None => text[0].as_str().unwrap().repeat(usize::try_from(text[1].as_u64().unwrap()).unwrap()),
        };
        files.insert(name, bytes.into_bytes());
    }
    if let Some(folder) = case["under"].as_str() {
        *files = std::mem::take(files).into_iter().map(|(name, bytes)| (format!("{folder}{name}"), bytes)).collect();
    }
}

/// An entry as it is written.
#[derive(Clone)]
pub(crate) struct Member {
    name: String,
    written: Vec<u8>,
    local_name: Vec<u8>,
    extra: Vec<u8>,
    flags: u16,
    method: u16,
    crc: u32,
    packed: Vec<u8>,
    size: u32,
    local_size: u32,
    mode: u32,
}

pub(crate) fn members(case: &Value, files: &BTreeMap<String, Vec<u8>>) -> Vec<Member> {
    let mut members: Vec<Member> =
        files.iter().map(|(name, bytes)| member(name, bytes, &case["entries"][name])).collect();
    for (name, count) in case["repeat"].as_object().into_iter().flatten() {
        let count = count.as_u64().unwrap();
        match members.iter().find(|member| member.name == *name).cloned() {
            Some(known) => members.extend((1..count).map(|_| known.clone())),
            None => {
                members.extend((0..count).map(|n| member(&name.replace('%', &n.to_string()), b"", &Value::Null)));
            }
        }
    }
    members
}

pub(crate) fn member(name: &str, bytes: &[u8], fault: &Value) -> Member {
    let number = |key: &str| fault[key].as_u64();
    let small = |number: u64| u32::try_from(number).unwrap();
    let stored = fault["stored"] == true || bytes.is_empty();
    let mut packed = bytes.to_vec();
    if !stored {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        packed = encoder.finish().unwrap();
    }
    if fault["garbage"] == true {
        packed.fill(0xFF);
    }
    let mut crc = Crc::new();
    crc.update(bytes);
    let marked = if name.is_ascii() || fault["unmarked"] == true { 0 } else { 0x800 };
    let size = number("size").map_or(u32::try_from(bytes.len()).unwrap(), small);
    let listed = fault["bytes"].as_array().into_iter().flatten();
    let listed: Vec<u8> = listed.map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect();
    let written = if listed.is_empty() { name.as_bytes().to_vec() } else { listed };
    let mut extra = Bytes::default();
    if fault["unicode_path"] == true {
        let mut crc = Crc::new();
        crc.update(&written);
        extra.u16s(&[0x7075, u16::try_from(5 + name.len()).unwrap()]).0.push(1);
        extra.u32s(&[crc.sum()]).0.extend(name.as_bytes());
    }
    Member {
        name: name.to_owned(),
        local_name: fault["local_name"].as_str().map_or_else(|| written.clone(), |name| name.as_bytes().to_vec()),
        written,
        extra: extra.0,
        flags: marked | u16::try_from(number("flags").unwrap_or_default()).unwrap(),
        method: number("method").map_or(if stored { 0 } else { 8 }, |method| u16::try_from(method).unwrap()),
        crc: number("crc").map_or(crc.sum(), small),
        local_size: number("local_size").map_or(size, small),
        packed,
        size,
        mode: number("mode").map_or(0o100_644, small),
    }
}

/// Numbers as an archive has them.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn u16s(&mut self, numbers: &[u16]) -> &mut Self {
        self.0.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        self
    }

    fn u32s(&mut self, numbers: &[u32]) -> &mut Self {
        self.0.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        self
    }

    fn u64s(&mut self, numbers: &[u64]) -> &mut Self {
        self.0.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        self
    }

    fn here(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap()
    }
}

pub(crate) fn archive(members: &[Member], options: &Value) -> Vec<u8> {
    if let Some(instead) = options["instead"].as_str() {
        return instead.as_bytes().to_vec();
    }
    let members = if options["form"] == "empty" { &[] } else { members };
    let mut bytes = Bytes::default();
    let mut offsets = Vec::new();
    for member in members {
        offsets.push(bytes.here());
        local(member, &mut bytes);
    }
    let mut described = members.to_vec();
    if let Some([second, first]) = options["share"].as_array().map(Vec::as_slice) {
        let index = |name: &Value| members.iter().position(|member| member.name == name.as_str().unwrap()).unwrap();
        let (second, first) = (index(second), index(first));
        offsets[second] = offsets[first];
        let Member { name, written, .. } = members[second].clone();
        described[second] = Member { name, written, ..members[first].clone() };
    }
    let start = bytes.here();
    for (member, offset) in described.iter().zip(offsets) {
        central(member, offset, &mut bytes);
    }
    end(members.len() as u64, start, options, &mut bytes);
    let mut bytes = bytes.0;
    if let Some(cut) = options["cut"].as_u64() {
        bytes.truncate(bytes.len() - usize::try_from(cut).unwrap());
    }
    [options["before"].as_str().unwrap_or_default().as_bytes(), &bytes].concat()
}

fn packed_size(member: &Member) -> u32 {
    u32::try_from(member.packed.len()).unwrap()
}

fn local(member: &Member, bytes: &mut Bytes) {
    let unsized_yet = member.flags & 8 != 0;
    let told = |number: u32| if unsized_yet { 0 } else { number };
    bytes.u32s(&[0x0403_4b50]).u16s(&[20, member.flags, member.method, 0, 0x21]);
    bytes.u32s(&[told(member.crc), told(packed_size(member)), told(member.local_size)]);
    bytes.u16s(&[u16::try_from(member.local_name.len()).unwrap(), u16::try_from(member.extra.len()).unwrap()]);
    bytes.0.extend(&member.local_name);
    bytes.0.extend(&member.extra);
    bytes.0.extend(&member.packed);
    if unsized_yet {
        bytes.u32s(&[0x0807_4b50, member.crc, packed_size(member), member.size]);
    }
}

fn central(member: &Member, offset: u32, bytes: &mut Bytes) {
    bytes.u32s(&[0x0201_4b50]).u16s(&[0x0314, 20, member.flags, member.method, 0, 0x21]);
    bytes.u32s(&[member.crc, packed_size(member), member.size]);
    bytes.u16s(&[u16::try_from(member.written.len()).unwrap(), u16::try_from(member.extra.len()).unwrap(), 0, 0, 0]);
    bytes.u32s(&[member.mode << 16, offset]);
    bytes.0.extend(&member.written);
    bytes.0.extend(&member.extra);
}

fn end(members: u64, start: u32, options: &Value, bytes: &mut Bytes) {
    let count = options["count"].as_u64().unwrap_or(members);
    let after = bytes.here();
    let size = options["directory_size"].as_u64().map_or(after - start, |size| u32::try_from(size).unwrap());
    let is_wide = options["zip64"] == true || count > 65_534;
    if is_wide {
        bytes.u32s(&[0x0606_4b50]).u64s(&[44]).u16s(&[45, 45]).u32s(&[0, 0]);
        bytes.u64s(&[count, count, size.into(), start.into()]);
        bytes.u32s(&[0x0706_4b50, 0]).u64s(&[after.into()]).u32s(&[1]);
    }
    let short = if is_wide { 0xFFFF } else { u16::try_from(count).unwrap() };
    let disk = u16::try_from(options["disk"].as_u64().unwrap_or_default()).unwrap();
    bytes.u32s(&[0x0605_4b50]).u16s(&[disk, 0, short, short]);
    let place = if is_wide { [u32::MAX, u32::MAX] } else { [size, start] };
    bytes.u32s(&place).u16s(&[0]);
}
