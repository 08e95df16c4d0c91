//! The bytes of texts; see the [format](super#texts).

use encoding_rs::WINDOWS_1252;

use super::bytes::Reader;

/// Changes the window.
const SWITCH: u8 = 1;
/// Characters in a window, and the first byte that stands for one.
const WINDOW: u32 = 128;

/// How many bytes a text takes.
pub(crate) fn cost(text: &str) -> usize {
    pack(text).len()
}

fn pack(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut window = 0;
    for c in text.chars().map(plain) {
        if let Ok(ascii) = u8::try_from(c)
            && ascii.is_ascii()
        {
            bytes.push(ascii);
            continue;
        }
        let latin = (WINDOW..2 * WINDOW).find(|byte| in_window(0, byte - WINDOW) == Some(c));
        let (own, place) = (u32::from(c) / WINDOW, u32::from(c) % WINDOW);
        let stays = if window == 0 { latin.is_some() } else { window == own };
        if !stays {
            window = if latin.is_some() { 0 } else { own };
            bytes.push(SWITCH);
            put_number(&mut bytes, window + 1);
        }
        let place = if window == 0 { latin.unwrap_or_default() - WINDOW } else { place };
        bytes.push(u8::try_from(WINDOW + place).unwrap_or(u8::MAX));
    }
    bytes
}

/// What may stand in a text: no control character but the line feed.
fn plain(c: char) -> char {
    if c.is_control() && c != '\n' { ' ' } else { c }
}

fn put_number(bytes: &mut Vec<u8>, mut n: u32) {
    while n > 127 {
        bytes.push(128 | (n & 127) as u8);
        n >>= 7;
    }
    bytes.push(n as u8);
}

/// Reads a text; `None` if it is none.
pub(super) fn unpack(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader::new(bytes);
    let mut text = String::new();
    let mut window = 0;
    while let Some(byte) = reader.byte() {
        if byte == SWITCH {
            window = u32::try_from(reader.number()?.checked_sub(1)?).ok()?;
        } else if byte.is_ascii() {
            text.push(plain(char::from(byte)));
        } else {
            text.push(plain(in_window(window, u32::from(byte) - WINDOW)?));
        }
    }
    Some(text)
}

/// The character at a place of a window, if it may be there.
fn in_window(window: u32, place: u32) -> Option<char> {
    if window == 0 {
        let byte = [u8::try_from(WINDOW + place).ok()?];
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
        return text.chars().next();
    }
    let code_point = window.checked_mul(WINDOW)?.checked_add(place)?;
    // No character is half a surrogate pair, but a page's script may have put one into a field.
    let is_half = (0xd800..0xe000).contains(&code_point);
    if is_half { Some(char::REPLACEMENT_CHARACTER) } else { char::from_u32(code_point) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_script_costs_a_byte_for_each_character_once_it_has_begun() {
        for (text, bytes) in [
            ("", vec![]),
            ("Oui\n", b"Oui\n".to_vec()),
            ("été", vec![0xe9, b't', 0xe9]),
            ("œuf à 3 €", vec![0x9c, b'u', b'f', b' ', 0xe0, b' ', b'3', b' ', 0x80]),
            // U+0391 is 7 × 128 + 17, U+03A9 is 7 × 128 + 41.
            ("Α Ω", vec![1, 8, 128 + 17, b' ', 128 + 41]),
            ("Αé", vec![1, 8, 128 + 17, 1, 1, 0xe9]),
            ("Ωé=é", vec![1, 8, 128 + 41, 1, 1, 0xe9, b'=', 0xe9]),
            // U+1F600 is 1004 × 128; 1005 takes two groups of seven bits.
            ("😀😀", vec![1, 0x80 | 109, 7, 128, 128]),
            ("a\tb\u{1}c\u{85}", b"a b c ".to_vec()),
        ] {
            assert_eq!(pack(text), bytes, "{text}");
            assert_eq!(unpack(&bytes), Some(text.chars().map(plain).collect()), "{text}");
        }
    }

    #[test]
    fn what_nobody_writes_is_no_text_or_has_gaps() {
        assert_eq!(unpack(&[b'a', 1]), None);
        assert_eq!(unpack(&[1, 0x80]), None);
        assert_eq!(unpack(&[1, 0, 0x80]), None);
        assert_eq!(unpack(&[1, 0xff, 0xff, 0xff, 0x7f, 0x80]), None);
        // Half a surrogate pair, and what is a control character in windows-1252.
        assert_eq!(unpack(&[1, 0xb1, 3, 0x80]), Some("\u{fffd}".to_owned()));
        assert_eq!(unpack(&[0x81, 27]), Some("  ".to_owned()));
    }

    proptest! {
        #[test]
        fn texts_come_back(text in "[ -~\n¡-ÿ€Œ–\u{370}-\u{4ff}😀-😏\u{e000}]{0,60}|\\PC{0,40}") {
            let bytes = pack(&text);
            prop_assert!(!bytes.contains(&0));
            prop_assert_eq!(unpack(&bytes), Some(text));
        }

        #[test]
        fn no_text_costs_less_than_its_characters(text in "\\PC{0,40}") {
            prop_assert!(cost(&text) >= text.chars().count());
        }
    }
}
