//! What an archive can be as such.

use crate::diagnostic::Severity;
use crate::referee::rule::{Family, Rule};

rules! {
    NOT_A_ZIP = "zip-not-a-zip", Error, [], "The file is no zip archive.",
        source: "SCORM 1.2 and 2004 Content Aggregation Model, Package Interchange File: the PKZip format. Moodle 4.2: \"You must provide a valid zip file\".",
        mend: "LMSs take zip archives only. Pack the files again as .zip: to give another archive the ending .zip does not change what it is.",
        bad: "course.zip, made by renaming course.rar",
        good: "course.zip, packed as a zip archive";
    EMPTY = "zip-empty", Error, [], "The archive holds nothing.",
        source: "SCORM Content Aggregation Model, Package Interchange File: a manifest at the root.",
        mend: "Pack the package again: something went wrong before.",
        bad: "an archive without entries",
        good: "imsmanifest.xml and the files of the course";
    TRUNCATED = "zip-truncated", Error, [], "A part of the archive is missing.",
        source: "PKWARE APPNOTE 6.3, 4.3.6, 4.3.12 and 4.3.16.",
        mend: "The file was probably not copied or downloaded to its end. Fetch it again, and compare its size with the original.",
        bad: "the first half of course.zip",
        good: "course.zip as it was made";
    DAMAGED = "zip-entry-damaged", Error, [], "A file cannot be unpacked, or is not what was packed.",
        source: "PKWARE APPNOTE 6.3, 4.4.7 (the checksum).",
        mend: "Make the archive again, or fetch it again: a byte of it has changed.",
        bad: "media/intro.mp4: stored checksum 1C291CA3, found 9A71BB4C",
        good: "media/intro.mp4: both checksums 1C291CA3";
    SIZES = "zip-sizes-lie", Error, [], "A file has another size, name or form than the archive says in one of its two places.",
        source: "PKWARE APPNOTE 6.3, 4.4.8, 4.4.9 and 4.4.17.",
        mend: "Make the archive again with an ordinary tool. Readers that trust the one place see another package than those that trust the other; this is also how archives are made that fill a disk.",
        bad: "directory: 10 bytes; the entry unpacks to 4,000,000",
        good: "directory: 4,000,000 bytes; the entry unpacks to as many";
    OVERLAP = "zip-entries-overlap", Error, [], "Two entries share bytes of the archive.",
        source: "PKWARE APPNOTE 6.3, 4.3.6: entries follow each other.",
        mend: "Make the archive again with an ordinary tool. Archives that unpack to a thousand times their size are built like this, and scanners refuse them.",
        bad: "two entries whose data begin at byte 45",
        good: "each entry has its own data";
    TWICE = "zip-entry-twice", Error, [], "Two entries have the same name.",
        source: "PKWARE APPNOTE 6.3 says nothing of it: some readers take the first, others the last.",
        mend: "Delete one of them. It often comes from adding to an archive instead of making a new one.",
        bad: "index.html, index.html",
        good: "index.html";
    ENCRYPTED = "zip-encrypted", Error, [], "A file is encrypted.",
        source: "SCORM 1.2 and 2004 Content Aggregation Model, Package Interchange File; no LMS asks for a password.",
        mend: "Pack without a password.",
        bad: "zip --encrypt course.zip …",
        good: "zip course.zip …";
    METHOD = "zip-method", Error, [], "A file is compressed by a method other than stored or deflate.",
        source: "360Learning help 115001426606: methods 0 and 8. PHP, Java and Python, in which most LMSs are written, read no others by themselves.",
        mend: "Pack again with the ordinary method (\"Deflate\"). In 7-Zip: archive format zip, compression method Deflate, not Deflate64, LZMA or BZip2.",
        bad: "7z a -tzip -mm=LZMA course.zip",
        good: "7z a -tzip -mm=Deflate course.zip";
    PARTS = "zip-in-parts", Error, [], "The archive is one of several parts.",
        source: "PKWARE APPNOTE 6.3, 4.4.19 (number of this disk); LMSs take one file.",
        mend: "Pack into one archive.",
        bad: "course.z01, course.zip",
        good: "course.zip";
    TOO_MANY = "zip-too-many-entries", Error, [], "There are more entries than anybody takes.",
        source: "our limit: cartable looks at 200,000 entries. 360Learning help 115001426606: 50,000 files.",
        mend: "Leave out what learners do not need, or make several packages.",
        bad: "a million entries",
        good: "a few hundred";
    MANY = "package-many-files", Warning, [ThreeSixtyLearning], "There are more than 50,000 files.",
        source: "360Learning help 115001426606.",
        mend: "Leave out what learners do not need (often whole node_modules or source folders), or make several packages.",
        bad: "60,000 files",
        good: "600 files";
    BOMB = "zip-bomb", Error, [], "A small archive unpacks to gigabytes: whoever unpacks it runs out of disk or time.",
        source: "CWE-409. Scanners and LMSs that look at sizes refuse it; our measure: more than 4 GB, 200 times what is packed.",
        mend: "Find the entry that holds nothing but blanks or zeros and leave it out; if you did not make the archive, do not unpack it.",
        bad: "an archive of 1 MB that unpacks to 5 GB",
        good: "an archive of 150 MB that unpacks to 200 MB";
    UNPACKS_LARGE = "package-unpacks-too-large", Warning, [ThreeSixtyLearning], "Unpacked, the package has more than 4 GB.",
        source: "360Learning help 115001426606: 4 GB unpacked; an older page: 1.5 GB.",
        mend: "Compress videos, or host them elsewhere.",
        bad: "6 GB of video",
        good: "150 MB of video";
    NOT_READ = "package-not-read", Warning, [], "The files of the package were not looked into.",
        source: "our limit: cartable unpacks 4 GB, so that no archive made for it can fill a computer's time",
        mend: "What is said is true, and more may be wrong: whether files are whole, what pages load, what scripts do. Make the package smaller to have it judged.",
        bad: "a package that unpacks to 6 GB",
        good: "a package that unpacks to 150 MB";
    LARGE = "package-large", Note, [Cornerstone], "The package is larger than some LMSs take.",
        source: "Cornerstone help: 250 MB in the legacy publisher; OneTrust: 300 MB. Elsewhere the limit is the site's.",
        mend: "Ask the administrator how large an upload may be. Videos are usually what weighs.",
        bad: "300 MB",
        good: "80 MB";
    RATIO = "zip-ratio", Warning, [ThreeSixtyLearning], "A file shrinks to less than a 200th: scanners take that for an attack.",
        source: "360Learning help 115001426606: a ratio of at most 200.",
        mend: "Look at the file: it holds long runs of blanks or zeros. Write it without them, or store it without compression.",
        bad: "data.json: 40 MB of spaces, 40 kB packed",
        good: "data.json without the spaces";
    ZIP64 = "zip-64-bit", Note, [], "The archive is in the 64-bit form, which few packages need.",
        source: "PKWARE APPNOTE 6.3, 4.3.14. Needed above 4 GB or 65,535 entries; old readers do not know it.",
        mend: "Nothing, unless an LMS refuses the file: then pack it with another tool.",
        bad: "an archive written by a stream, always in 64 bits",
        good: "an archive in the ordinary form";
    STORED_WITH_DESCRIPTOR = "zip-stored-unsized", Warning, [], "A file is stored without its size in front: readers that take the archive as a stream fail.",
        source: "PKWARE APPNOTE 6.3, 4.4.4 bit 3. java.util.zip.ZipInputStream: \"only DEFLATED entries can have EXT descriptor\".",
        mend: "Write the archive to a file rather than into a pipe, or compress the entry.",
        bad: "method 0 with bit 3 set",
        good: "method 8 with bit 3 set, or method 0 with its size in the header";
    BYTES_BEFORE = "zip-bytes-before", Warning, [], "Something stands before the archive in its file, or is missing there.",
        source: "PKWARE APPNOTE 6.3, 4.3.6; readers that look at the first bytes do not see a zip.",
        mend: "Make a plain archive, not one that unpacks itself.",
        bad: "course.exe renamed to course.zip",
        good: "a file that begins with PK";
    SYMLINK = "zip-link", Error, [], "An entry is a link to another place.",
        source: "Unpacking it is a hole in safety (CWE-61); LMSs skip or refuse it.",
        mend: "Put the file itself into the package.",
        bad: "media -> ../../shared/media",
        good: "media/intro.mp4";
}
