//! The bytes of a state: from its text, and one after the other; see the [format](super).

use super::NoState;

/// The bytes of a text, and whether it ends where a byte ends.
pub(super) fn bytes(text: &str) -> Result<(Vec<u8>, bool), NoState> {
    let around = |c: char| c.is_whitespace() || is_quotation_mark(c) || matches!(c, '=' | '\u{feff}');
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for c in text.trim_matches(around).chars().filter(|c| !c.is_whitespace()) {
        held = (held << 6 | sextet(c).ok_or(NoState::Character(c))?) & 0xfff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    // One character alone holds no byte.
    Ok((bytes, bits != 6))
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»')
}

/// The six bits of a character, in the alphabet of base64 too.
fn sextet(c: char) -> Option<u32> {
    let place = match c {
        'A'..='Z' => u32::from(c) - u32::from('A'),
        'a'..='z' => u32::from(c) - u32::from('a') + 26,
        '0'..='9' => u32::from(c) - u32::from('0') + 52,
        '-' | '+' => 62,
        '_' | '/' => 63,
        _ => return None,
    };
    Some(place)
}

/// Takes bytes from the front.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut n = 0;
        for group in 0..6 {
            let byte = self.byte()?;
            n |= u64::from(byte & 127) << (7 * group);
            if byte < 128 {
                return Some(n);
            }
        }
        None
    }

    pub(super) fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (first, rest) = self.bytes.split_at_checked(usize::try_from(length).ok()?)?;
        self.bytes = rest;
        Some(first)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N as u64)?.try_into().ok()
    }

    pub(super) fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.bytes)
    }

    /// What stands before the next byte 0, which is taken too, or before the end.
    pub(super) fn until_zero(&mut self) -> &'a [u8] {
        let (first, rest) = match self.bytes.iter().position(|byte| *byte == 0) {
            Some(at) => (&self.bytes[..at], &self.bytes[at + 1..]),
            None => (self.bytes, &[][..]),
        };
        self.bytes = rest;
        first
    }

    pub(super) fn more(&self) -> bool {
        self.left() > 0
    }

    /// How many bytes there are still.
    pub(super) fn left(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn until_end<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = Vec::new();
        while self.more() {
            all.push(one(self)?);
        }
        Some(all)
    }
}
