//! WebVTT, the format of captions: whether browsers can read a file, and where they cannot.
//!
//! Covers what goes wrong in files that people and converters make (WebVTT, section 4.1): the header, the timings of
//! cues, their order. Styles and settings of cues are left to browsers, which ignore what they do not know.

use std::collections::BTreeSet;
use std::ops::Range;

/// A mistake, and the bytes of the line where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// What is wrong.
    pub(crate) fault: Fault,
    /// The line, without its end.
    pub(crate) line: Range<usize>,
}

/// What can be wrong with captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// The first line does not begin with `WEBVTT`.
    Header,
    /// An empty line is missing after the header.
    HeaderEnd,
    /// A line of timings that uses commas, as SRT does.
    Commas,
    /// A line of timings that is none.
    Timing,
    /// A cue that ends before it begins.
    Backwards,
    /// A cue that begins before the one above it.
    Order,
    /// Text without timings.
    NoTiming,
    /// A cue without text.
    NoText,
    /// Two cues without an empty line between them.
    NoGap,
    /// There is no cue at all.
    NoCue,
}

/// The mistakes in `text` (line ends are `\n`), in order, the first of each kind.
pub(crate) fn mistakes(text: &str) -> Vec<Mistake> {
    let mut reader = Reader { found: Vec::new(), kinds: BTreeSet::new(), last_start: 0 };
    let lines = lines(text);
    let mut blocks = lines.split(|(line, _)| line.trim().is_empty()).filter(|block| !block.is_empty());
    let first = lines.first().cloned().unwrap_or(("", 0..0));
    if first.0 != "WEBVTT" && !first.0.starts_with("WEBVTT ") && !first.0.starts_with("WEBVTT\t") {
        reader.say(Fault::Header, &first);
    } else if let Some(header) = blocks.next()
        && let Some(cue) = header.iter().find(|(line, _)| line.contains(ARROW))
    {
        reader.say(Fault::HeaderEnd, cue);
    }
    let mut cues = 0;
    for block in blocks {
        let word = block[0].0.split([' ', '\t']).next().unwrap_or_default();
        if !matches!(word, "NOTE" | "STYLE" | "REGION") || block[0].0.contains(ARROW) {
            cues += 1;
            reader.cue(block);
        }
    }
    if cues == 0 && reader.found.is_empty() {
        reader.say(Fault::NoCue, &first);
    }
    reader.found
}

const ARROW: &str = "-->";

type Line<'a> = (&'a str, Range<usize>);

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let line = |line| {
        let range = at..at + str::len(line);
        at = range.end + 1;
        (line, range)
    };
    text.split('\n').map(line).collect()
}

struct Reader {
    found: Vec<Mistake>,
    kinds: BTreeSet<Fault>,
    /// When the cue above begins, in milliseconds.
    last_start: u64,
}

impl Reader {
    fn say(&mut self, fault: Fault, line: &Line<'_>) {
        if self.kinds.insert(fault) {
            self.found.push(Mistake { fault, line: line.1.clone() });
        }
    }

    /// A cue: perhaps a name, the timings, the text.
    fn cue(&mut self, block: &[Line<'_>]) {
        let Some(at) = block.iter().take(2).position(|(line, _)| line.contains(ARROW)) else {
            return self.say(Fault::NoTiming, &block[0]);
        };
        self.timing(&block[at]);
        match block.get(at + 1) {
            None => self.say(Fault::NoText, &block[at]),
            Some(_) => {
                if let Some(line) = block[at + 1..].iter().find(|(line, _)| line.contains(ARROW)) {
                    self.say(Fault::NoGap, line);
                }
            }
        }
    }

    fn timing(&mut self, line: &Line<'_>) {
        match times(line.0) {
            None if times(&line.0.replace(',', ".")).is_some() => self.say(Fault::Commas, line),
            None => self.say(Fault::Timing, line),
            Some((start, end)) if end <= start => self.say(Fault::Backwards, line),
            Some((start, _)) if start < self.last_start => self.say(Fault::Order, line),
            Some((start, _)) => self.last_start = start,
        }
    }
}

/// The two times of a line of timings, in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once(ARROW)?;
    let rest = rest.trim_start();
    let end = rest.split([' ', '\t']).next()?;
    Some((time(start.trim())?, time(end)?))
}

/// A time, `mm:ss.ttt` or `hh:mm:ss.ttt`, in milliseconds.
fn time(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.split_once('.')?;
    let number = |text: &str, digits: Range<usize>| {
        let good = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        good.then(|| text.parse::<u64>().ok()).flatten()
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] => (0, *minutes, *seconds),
        [hours, minutes, seconds] => (number(hours, 2..7)?, *minutes, *seconds),
        _ => return None,
    };
    let sixtieth = |text| number(text, 2..3).filter(|n| *n < 60);
    let seconds = (hours * 60 + sixtieth(minutes)?) * 60 + sixtieth(seconds)?;
    Some(seconds * 1000 + number(thousandths, 3..4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(Fault, &str)> {
        mistakes(text).into_iter().map(|mistake| (mistake.fault, &text[mistake.line])).collect()
    }

    #[test]
    fn good_captions_have_no_mistakes() {
        let text = "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE a --\nremark\n\n\
            00:01.000 --> 00:02.500 align:start\nOne\n\nsecond\n00:02.000 --> 01:00:03.000\n- Two\n- lines\n\n\n";
        assert_eq!(faults(text), []);
    }

    #[test]
    fn each_mistake_is_found_on_its_line() {
        let cue = "00:01.000 --> 00:02.000\nOne\n";
        for (text, expected) in [
            (format!("1\n{cue}"), (Fault::Header, "1")),
            (String::new(), (Fault::Header, "")),
            (format!("WEBVTT\n{cue}"), (Fault::HeaderEnd, "00:01.000 --> 00:02.000")),
            (
                "WEBVTT\n\n1\n00:00:01,000 --> 00:00:02,000\nOne".into(),
                (Fault::Commas, "00:00:01,000 --> 00:00:02,000"),
            ),
            ("WEBVTT\n\n00:01 --> 00:02\nOne".into(), (Fault::Timing, "00:01 --> 00:02")),
            ("WEBVTT\n\n00:61.000 --> 01:62.000\nOne".into(), (Fault::Timing, "00:61.000 --> 01:62.000")),
            ("WEBVTT\n\n00:02.000 --> 00:01.000\nOne".into(), (Fault::Backwards, "00:02.000 --> 00:01.000")),
            (format!("WEBVTT\n\n00:05.000 --> 00:06.000\nTwo\n\n{cue}"), (Fault::Order, "00:01.000 --> 00:02.000")),
            (format!("WEBVTT\n\n{cue}\nlost text"), (Fault::NoTiming, "lost text")),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n".into(), (Fault::NoText, "00:01.000 --> 00:02.000")),
            (format!("WEBVTT\n\n{cue}00:02.000 --> 00:03.000\nTwo"), (Fault::NoGap, "00:02.000 --> 00:03.000")),
            ("WEBVTT\n\nNOTE nothing\n".into(), (Fault::NoCue, "WEBVTT")),
        ] {
            assert_eq!(faults(&text), [expected], "{text}");
        }
    }
}
