//! What names of files can be.

use crate::diagnostic::Severity;
use crate::referee::rule::{Family, Rule};

rules! {
    ABSOLUTE = "name-absolute", Error, [], "A name begins at the root of a disk.",
        source: "PKWARE APPNOTE 6.3, 4.4.17.1: no drive, device or leading slash.",
        mend: "Pack from inside the course's folder, so that names are relative.",
        bad: "/course/index.html, C:/course/index.html",
        good: "index.html";
    PARENT = "name-leaves-package", Error, [], "A name leaves the package by `..`.",
        source: "CWE-22. Moodle 4.2 puts such a file into the root; others refuse the package.",
        mend: "Pack from inside the course's folder.",
        bad: "../shared/style.css",
        good: "shared/style.css";
    BACKSLASH = "name-backslash", Error, [], "A name has backslashes.",
        source: "PKWARE APPNOTE 6.3, 4.4.17.1: all slashes are forward slashes.",
        mend: "Pack with another tool: this one wrote Windows paths, which other systems take for names of files.",
        bad: "media\\intro.mp4",
        good: "media/intro.mp4";
    CONTROL = "name-control-character", Error, [], "A name has control characters.",
        source: "Moodle 4.2 removes them (seen): links to the file break. Windows allows none of them.",
        mend: "Rename the file.",
        bad: "intro<line break>.html",
        good: "intro.html";
    EMPTY = "name-empty", Error, [], "A file has no name.",
        source: "PKWARE APPNOTE 6.3, 4.4.17: the name of an entry.",
        mend: "Make the archive again with an ordinary tool.",
        bad: "media//intro.mp4",
        good: "media/intro.mp4";
    CASE = "name-case-clash", Warning, [], "Two names differ in case only.",
        source: "On servers with Windows the one file replaces the other.",
        mend: "Rename one of them, and what refers to it.",
        bad: "Intro.html, intro.html",
        good: "intro.html, intro-2.html";
    BASE = "name-not-unique", Warning, [OpenEdx], "Files in two folders have the same name.",
        source: "Open edX SCORM XBlock (August 2025): its asset proxy takes the last part of a path and serves the first file of that name.",
        mend: "Rename the files so that no two have the same name, whatever their folder. Only Open edX asks for it.",
        bad: "unit-1/index.html, unit-2/index.html",
        good: "unit-1/unit-1.html, unit-2/unit-2.html";
    SERVER = "name-server-side", Warning, [Docebo], "A file has an ending of programs that run on servers.",
        source: "Docebo help 360020128479: refused; Chamilo 1.11 flags php and phtml.",
        mend: "A package is not the place for it: delete it, or give a text that learners download another ending.",
        bad: "player/upload.php",
        good: "player/player.js";
    NOT_ASCII = "name-not-ascii", Warning, [], "A name has letters beyond a to z.",
        source: "Chamilo 1.11 renames on unpacking; openEQUELLA issue 1868. Moodle 4.2 takes them where they are marked as UTF-8 (seen).",
        mend: "Rename the file with plain letters, digits, `-`, `_` and `.`, and what refers to it. Titles keep their accents.",
        bad: "leçon/été.html",
        good: "lecon/ete.html";
    NOT_MARKED = "name-not-marked", Error, [], "A name has letters beyond a to z and does not say that it is UTF-8.",
        source: "PKWARE APPNOTE 6.3, 4.4.4 bit 11 and appendix D. Moodle 4.2 (seen) reads such a name as code page 437, so the file is missing.",
        mend: "Rename the file with plain letters, or pack with a tool that marks names as UTF-8.",
        bad: "été.html, bit 11 not set",
        good: "ete.html, or été.html with bit 11 set";
    CODE_PAGE = "name-in-code-page", Warning, [], "A name has letters beyond a to z and is no UTF-8.",
        source: "PKWARE APPNOTE 6.3, appendix D: code page 437, that of the first PCs. Tools for Windows write that of their own country.",
        mend: "Rename the file with plain letters, or pack with a tool that writes names as UTF-8: elsewhere the letters become others, and links to the file break.",
        bad: "été.html, written as 82 74 82",
        good: "ete.html, or été.html as C3 A9 74 C3 A9 with bit 11 set";
    CLEANED = "name-cleaned", Warning, [Moodle], "A name has a character that Moodle removes.",
        source: "Moodle 4.2 (seen for & ' :, read for \" < > | `): the file gets another name, and links to it break.",
        mend: "Rename the file without these characters, and what refers to it.",
        bad: "what's new.html",
        good: "whats-new.html";
    TOO_LONG = "name-too-long", Warning, [], "A name has more than 255 bytes.",
        source: "ext4, NTFS and APFS keep no more of one name; unzip and Python's zipfile, with which LMSs unpack, stop there.",
        mend: "Shorten the name of the file or folder, and mend what refers to it. Letters beyond a to z take two bytes or more.",
        bad: "a file's name of 300 letters",
        good: "a file's name of 30 letters";
    LONG = "name-long", Note, [], "A path has more than 200 characters.",
        source: "Windows allows 260 for a whole path, of which the LMS's own folders take a part.",
        mend: "Shorten the names of folders.",
        bad: "a path of 230 characters",
        good: "a path of 60 characters";
    RUBBISH = "name-rubbish", Note, [], "The package holds files of a computer's desktop.",
        source: "macOS and Windows write them into folders: __MACOSX, .DS_Store, Thumbs.db, desktop.ini.",
        mend: "Leave them out. On macOS: zip -r course.zip . -x '*.DS_Store' '__MACOSX/*'.",
        bad: "__MACOSX/._index.html",
        good: "index.html";
}
