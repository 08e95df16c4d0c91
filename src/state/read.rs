//! Reading a state; see the [format](super). It knows no course: whatever can be read is kept, by its numbers.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::bytes::{Reader, bytes};
use super::{VERSION, text};

/// What a state holds, by the numbers of the lock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The first four bytes of the unit's identifier.
    pub unit: [u8; 4],
    /// Drawn once per attempt of the LMS.
    pub nonce: [u8; 6],
    /// How often the state has changed.
    pub revision: u64,
    /// The page where the learner was; 0 for none.
    pub place: u64,
    /// What was reached, as bits: 1 all required pages viewed, 2 passed, 4 failed.
    pub reached: u8,
    /// The pages viewed.
    pub viewed: Vec<u64>,
    /// What was done in quizzes.
    pub quizzes: Vec<Quizzed>,
    /// What was drawn from the banks of quizzes.
    pub drawn: Vec<Drawn>,
    /// The answers.
    pub answers: Vec<Answered>,
    /// The records that cannot be read.
    pub unknown: Vec<Unknown>,
    /// Whether the text ends where a state may end; else it was cut, and holds what stood before.
    pub whole: bool,
}

/// What was done in a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quizzed {
    /// Its page.
    pub page: u64,
    /// The current attempt, from 1.
    pub attempt: u64,
    /// 1 when the current attempt is finished, else 0.
    pub finished: u64,
    /// How many attempts are finished.
    pub count: u64,
    /// The score of the first finished attempt.
    pub first: Option<Points>,
    /// The best score.
    pub best: Option<Points>,
    /// The score of the last finished attempt.
    pub last: Option<Points>,
}

/// Points, and the most there were to get, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// What was earned.
    pub points: u64,
    /// What could be.
    pub max: u64,
}

/// What was drawn from the banks of a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The page of the quiz.
    pub page: u64,
    /// The questions that the current attempt asks.
    pub drawn: Vec<u64>,
    /// The questions that this attempt or an earlier one has asked.
    pub seen: Vec<u64>,
}

/// The answer to a question in the current attempt, and where the LMS has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub question: u64,
    /// 0 nothing, 1 draft, 2 sent and not fully right, 3 sent and fully right or recorded.
    pub status: u8,
    /// Tries in this attempt, counted up to 15.
    pub tries: u64,
    /// The index of the LMS's record.
    pub index: Option<u64>,
    /// The share of the points that was earned, in 120ths, of an answer that is not fully right.
    pub share: u8,
    /// What was answered.
    pub response: Response,
}

/// What was answered, in the numbers of the parts of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// One choice.
    One(Option<u64>),
    /// Some choices, by number.
    Several(Vec<u64>),
    /// Items in the learner's order.
    Order(Vec<u64>),
    /// Prompts and the answers given to them.
    Pairs(Vec<(u64, u64)>),
    /// Blanks and what was written there.
    Blanks(Vec<(u64, String)>),
    /// The learner's own words.
    Text(String),
}

/// A record that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown {
    /// Its number.
    pub number: u64,
    /// Its code.
    pub code: u64,
}

/// Why a text holds no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoState {
    /// Nothing is there.
    #[error("there is no state: the text is empty, as an LMS has it before the first visit")]
    Empty,
    /// A character that no state has.
    #[error("this is no state of cartable: it has the character {0:?}, and states are of A-Z, a-z, 0-9, - and _")]
    Character(char),
    /// A state of another format, or no state.
    #[error("{}", version(*.0))]
    Version(u8),
    /// Cut before anything tells whose state it is.
    #[error("this state was cut: its first characters alone say nothing of what the learner did")]
    Cut,
}

fn version(found: u8) -> String {
    match found {
        1 => "this state is of format 1, from before cartable was released: nothing reads it".to_owned(),
        3..=9 => {
            format!(
                "this state is of format {found}, and this cartable reads format {VERSION}: take the version of \
                     cartable that built the course, or a newer one"
            )
        }
        _ => "this is no state of cartable".to_owned(),
    }
}

impl State {
    /// Reads a state. Spaces anywhere and quotation marks around it, as they come with pasting, do not count.
    ///
    /// # Errors
    /// When the text holds no state of this format; of one that was cut, what stands before the cut is read.
    pub fn read(text: &str) -> Result<Self, NoState> {
        let (bytes, whole) = bytes(text)?;
        let mut reader = Reader::new(&bytes);
        match reader.byte() {
            None => return Err(NoState::Empty),
            Some(VERSION) => {}
            Some(other) => return Err(NoState::Version(other)),
        }
        let (Some(unit), Some(nonce)) = (reader.array(), reader.array()) else { return Err(NoState::Cut) };
        let mut state = Self { unit, nonce, ..Self::default() };
        state.whole = state.head(&mut reader).is_some() && state.records(&mut reader).is_some() && whole;
        Ok(state)
    }

    fn head(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        self.revision = reader.number()?;
        self.place = reader.number()?;
        self.reached = (reader.number()? % 8) as u8;
        let length = reader.number()?;
        self.viewed = set(reader.take(length)?, 0);
        Some(())
    }

    fn records(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        while reader.more() {
            let number = reader.number()?;
            let head = reader.number()?;
            let length = match head % 8 {
                7 => 7 + reader.number()?,
                short => short,
            };
            let mut payload = Reader::new(reader.take(length)?);
            self.record(number, head / 8, &mut payload);
        }
        Some(())
    }

    fn record(&mut self, number: u64, code: u64, payload: &mut Reader<'_>) {
        let read = match code {
            0 => quiz(number, payload).map(|quiz| put(&mut self.quizzes, quiz, |a, b| a.page == b.page)),
            7 => drawn(number, payload).map(|drawn| put(&mut self.drawn, drawn, |a, b| a.page == b.page)),
            _ => answer(number, code, payload).map(|answer| put(&mut self.answers, answer, same_question)),
        };
        if read.is_none() {
            self.unknown.push(Unknown { number, code });
        }
    }
}

/// The later of two records of one thing takes the place of the earlier.
fn put<T>(list: &mut Vec<T>, new: T, same: impl Fn(&T, &T) -> bool) {
    match list.iter_mut().find(|old| same(old, &new)) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}

fn same_question(a: &Answered, b: &Answered) -> bool {
    a.question == b.question && a.response.code() == b.response.code()
}

/// The numbers of a set, `base` added to each.
fn set(bytes: &[u8], base: u64) -> Vec<u64> {
    let bits = bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1));
    (base + 1..).zip(bits).filter_map(|(n, there)| there.then_some(n)).collect()
}

fn quiz(page: u64, payload: &mut Reader<'_>) -> Option<Quizzed> {
    let (attempt, finished, count) = (payload.number()?, payload.number()?, payload.number()?);
    let mut score = || {
        let points =
            if payload.more() { Some(Points { points: payload.number()?, max: payload.number()? }) } else { None };
        Some(points)
    };
    let (first, best, last) = (score()?, score()?, score()?);
    Some(Quizzed { page, attempt, finished, count, first, best, last })
}

fn drawn(page: u64, payload: &mut Reader<'_>) -> Option<Drawn> {
    let base = payload.number()?;
    let length = payload.number()?;
    let drawn = set(payload.take(length)?, base);
    Some(Drawn { page, drawn, seen: set(payload.rest(), base) })
}

fn answer(question: u64, code: u64, payload: &mut Reader<'_>) -> Option<Answered> {
    let head = payload.number()?;
    let index = if head & 4 == 0 { None } else { Some(payload.number()?) };
    let status = (head & 3) as u8;
    let shared = status == 2 && (code > 1 || head & 128 != 0);
    let share = if shared { payload.byte()? % 120 } else { 0 };
    let response = Response::read(code, payload)?;
    Some(Answered { question, status, tries: head / 8 % 16, index, share, response })
}

impl Response {
    fn read(code: u64, payload: &mut Reader<'_>) -> Option<Self> {
        Some(match code {
            1 => Self::One(if payload.more() { Some(payload.number()?) } else { None }),
            2 => Self::Several(set(payload.rest(), 0)),
            3 => Self::Order(payload.until_end(Reader::number)?),
            4 => Self::Pairs(payload.until_end(|payload| Some((payload.number()?, payload.number()?)))?),
            5 => Self::Blanks(
                payload.until_end(|payload| Some((payload.number()?, text::unpack(payload.until_zero())?)))?,
            ),
            6 => Self::Text(text::unpack(payload.rest())?),
            _ => return None,
        })
    }

    /// The code of its records.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::One(_) => 1,
            Self::Several(_) => 2,
            Self::Order(_) => 3,
            Self::Pairs(_) => 4,
            Self::Blanks(_) => 5,
            Self::Text(_) => 6,
        }
    }
}

/// As the runtime has it: the response of every kind is one flat list.
impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(choice) => serializer.collect_seq(choice),
            Self::Several(numbers) | Self::Order(numbers) => serializer.collect_seq(numbers),
            Self::Pairs(pairs) => serializer.collect_seq(pairs.iter().flat_map(|(prompt, answer)| [prompt, answer])),
            Self::Blanks(blanks) => serializer
                .collect_seq(blanks.iter().flat_map(|(n, text)| [Value::from(*n), Value::from(text.as_str())])),
            Self::Text(text) => serializer.collect_seq((!text.is_empty()).then_some(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: [u8; 18] = [2, 214, 145, 20, 169, 1, 2, 3, 253, 254, 255, 0xac, 2, 3, 5, 2, 0b1000_0001, 1];

    /// As RFC 4648 has it, by its table.
    fn text_of(bytes: &[u8]) -> String {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
        let sextet = |bits: &[u8]| (0..6).fold(0, |sextet, at| sextet << 1 | bits.get(at).copied().unwrap_or(0));
        bits.chunks(6).map(|bits| char::from(ALPHABET[usize::from(sextet(bits))])).collect()
    }

    fn record(number: u8, code: u8, payload: &[u8]) -> Vec<u8> {
        let length = u8::try_from(payload.len()).unwrap();
        let sizes = if length < 7 { vec![code * 8 + length] } else { vec![code * 8 + 7, length - 7] };
        [&[number], &sizes[..], payload].concat()
    }

    /// Records of every kind, by the format's page.
    fn records() -> Vec<Vec<u8>> {
        vec![
            // The second attempt, one finished: 2.5 points of 3.
            record(3, 0, &[2, 0, 1, 0xfa, 1, 0xac, 2, 0xfa, 1, 0xac, 2, 0xfa, 1, 0xac, 2]),
            record(3, 7, &[9, 1, 0b101, 0b111]),
            record(1, 1, &[128 | (2 + 4 + 8), 1, 130, 1, 60, 4]),
            record(2, 2, &[2 + 8, 40, 0b1, 0b1]),
            record(4, 3, &[1, 3, 1, 2]),
            record(5, 4, &[3 + 8, 1, 2, 3, 2]),
            record(6, 5, &[1, 1, b'o', b'k', 0, 2, 0xe9]),
            record(7, 6, &[3 + 8, b'a', 1, 8, 128 + 17, b'\n', 128, 1, 1, 128]),
            record(8, 2, &[2]),
            record(9, 9, &[0]),
        ]
    }

    fn state() -> State {
        let score = Some(Points { points: 250, max: 300 });
        let answered =
            |question, status, tries, response| Answered { question, status, tries, index: None, share: 0, response };
        State {
            unit: [214, 145, 20, 169],
            nonce: [1, 2, 3, 253, 254, 255],
            revision: 300,
            place: 3,
            reached: 5,
            viewed: vec![1, 8, 9],
            quizzes: vec![Quizzed {
                page: 3,
                attempt: 2,
                finished: 0,
                count: 1,
                first: score,
                best: score,
                last: score,
            }],
            drawn: vec![Drawn { page: 3, drawn: vec![10, 12], seen: vec![10, 11, 12] }],
            answers: vec![
                Answered { index: Some(130), share: 60, ..answered(1, 2, 1, Response::One(Some(4))) },
                Answered { share: 40, ..answered(2, 2, 1, Response::Several(vec![1, 9])) },
                answered(4, 1, 0, Response::Order(vec![3, 1, 2])),
                answered(5, 3, 1, Response::Pairs(vec![(1, 2), (3, 2)])),
                answered(6, 1, 0, Response::Blanks(vec![(1, "ok".to_owned()), (2, "é".to_owned())])),
                answered(7, 3, 1, Response::Text("aΑ\n\u{380}€".to_owned())),
            ],
            unknown: vec![Unknown { number: 8, code: 2 }, Unknown { number: 9, code: 9 }],
            whole: true,
        }
    }

    #[test]
    fn every_record_is_read_as_the_format_says() {
        let text = text_of(&[&HEAD[..], &records().concat()].concat());
        assert_eq!(State::read(&text), Ok(state()));
        for pasted in
            [format!("  \"{text}\"\n"), format!("« {text} »"), format!("'{}\n  {}'", &text[..30], &text[30..])]
        {
            assert_eq!(State::read(&pasted), Ok(state()), "{pasted}");
        }
    }

    #[test]
    fn of_two_records_of_one_thing_the_last_counts_in_the_place_of_the_first() {
        let twice = [record(4, 3, &[1, 3, 1, 2]), record(5, 1, &[1, 1]), record(4, 3, &[1, 1, 2, 3])].concat();
        let state = State::read(&text_of(&[&HEAD[..], &twice].concat())).unwrap();
        let read: Vec<_> = state.answers.into_iter().map(|answer| answer.response).collect();
        assert_eq!(read, [Response::Order(vec![1, 2, 3]), Response::One(Some(1))]);
    }

    #[test]
    fn what_is_no_state_is_said_so() {
        for (text, found) in [
            ("", NoState::Empty),
            (" \"\" ", NoState::Empty),
            ("A", NoState::Empty),
            ("AdaRFKkBAgP9_v8AAAAA", NoState::Version(1)),
            ("A9aRFKkBAgP9_v8AAAAA", NoState::Version(3)),
            ("null", NoState::Version(0x9e)),
            ("AtaRFKkBAgP9_v", NoState::Cut),
            ("location=3;", NoState::Character('=')),
        ] {
            assert_eq!(State::read(text), Err(found), "{text}");
        }
    }

    #[test]
    fn a_cut_keeps_whatever_comes_before_it() {
        let records = records();
        let bytes = [&HEAD[..], &records.concat()].concat();
        let text = text_of(&bytes);
        for length in 15..text.len() {
            let left = State::read(&text[..length]).unwrap();
            let mut end = HEAD.len();
            let ends = records.iter().map(|record| {
                end += record.len();
                end
            });
            let ends: Vec<usize> = std::iter::once(HEAD.len()).chain(ends).collect();
            let kept = ends.iter().filter(|end| **end <= length * 6 / 8).count().saturating_sub(1);
            let read = left.quizzes.len() + left.drawn.len() + left.answers.len() + left.unknown.len();
            assert_eq!(read, kept, "{length}");
            assert_eq!(left.whole, ends.contains(&(length * 6 / 8)) && length % 4 != 1, "{length}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_an_lms_may_return_stops_it(text in ".{0,300}") {
            let _ = State::read(&text);
        }

        #[test]
        fn no_bytes_behind_a_head_stop_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(State::read(&text_of(&[&HEAD[..11], &bytes].concat())).is_ok());
            prop_assert!(State::read(&text_of(&[&HEAD[..], &bytes].concat())).is_ok());
        }

        #[test]
        fn no_payload_costs_another_record(code in 0u8..10, payload in proptest::collection::vec(any::<u8>(), 0..130)) {
            let bytes = [&HEAD[..], &record(100, code, &payload), &records().concat()].concat();
            let read = State::read(&text_of(&bytes)).unwrap();
            prop_assert!(read.whole);
            prop_assert!(read.answers.ends_with(&state().answers) && read.quizzes.ends_with(&state().quizzes));
        }

        #[test]
        fn numbers_are_read_in_six_groups_at_most(n in 0u64..1 << 42, more in 0u8..128) {
            let groups: Vec<u8> = (0..6).map(|at| (n >> (7 * at) & 127) as u8).collect();
            let length = 6 - groups.iter().rev().take_while(|group| **group == 0).count().min(5);
            let mut bytes: Vec<u8> = groups[..length].iter().map(|group| group | 128).collect();
            bytes[length - 1] &= 127;
            prop_assert_eq!(Reader::new(&bytes).number(), Some(n));
            prop_assert_eq!(Reader::new(&[128, 128, 128, 128, 128, 128 | more, more]).number(), None);
        }
    }
}
