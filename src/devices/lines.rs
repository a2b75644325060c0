//! Bytes of a scanner in, codes out. Pure: however the bytes are split, the codes are the same.

use super::serial::Terminator;

/// A line without end for longer than this is no code.
const LONGEST: usize = 256;

/// What a finished line came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Printable ASCII, without spaces at its ends, never empty.
    Code(String),
    /// So many bytes that are no code. Nothing is picked out of them: half a number may look like
    /// another number.
    Garbage(usize),
}

/// The line that is not finished yet.
#[derive(Debug)]
pub(super) struct Lines {
    ends: &'static [u8],
    line: Vec<u8>,
    /// The line was too long and is reported; what follows belongs to it until the next end, and
    /// isn't kept.
    overlong: bool,
}

impl Lines {
    pub(super) fn new(terminator: Terminator) -> Lines {
        let ends: &[u8] = match terminator {
            Terminator::Cr | Terminator::Lf | Terminator::CrLf => b"\r\n",
            Terminator::Tab => b"\t",
        };
        Lines { ends, line: Vec::new(), overlong: false }
    }

    /// What these bytes finish, in order. Empty lines are nothing, so both halves of CR LF may end one.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Line> {
        let mut finished = Vec::new();
        for &byte in bytes {
            if self.ends.contains(&byte) {
                let line = std::mem::take(&mut self.line);
                finished.extend(read(&line));
                self.overlong = false;
            } else if !self.overlong {
                self.line.push(byte);
                if self.line.len() > LONGEST {
                    // Said now, not at its end: where the wrong end is set there may never be one.
                    finished.push(Line::Garbage(self.line.len()));
                    self.line.clear();
                    self.overlong = true;
                }
            }
        }
        finished
    }

    /// The line breaks off, as when the cable is pulled: half a code is no code.
    pub(super) fn cut(&mut self) -> Option<Line> {
        self.overlong = false;
        let line = std::mem::take(&mut self.line);
        read(&line).map(|_half| Line::Garbage(line.len()))
    }
}

/// `None` if the line is empty.
fn read(line: &[u8]) -> Option<Line> {
    if !line.iter().all(|byte| (0x20..=0x7e).contains(byte)) {
        return Some(Line::Garbage(line.len()));
    }
    let text: String = line.iter().copied().map(char::from).collect();
    let code = without_symbology(text.trim_matches(' ')).trim_matches(' ');
    (!code.is_empty()).then(|| Line::Code(code.to_owned()))
}

/// Scanners may be set to say the kind of barcode first: `]`, a letter, a letter or digit
/// (ISO/IEC 15424).
fn without_symbology(text: &str) -> &str {
    match text.as_bytes() {
        [b']', kind, modifier, ..]
            if kind.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() =>
        {
            &text[3..]
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> Line {
        Line::Code(text.to_owned())
    }

    #[track_caller]
    fn check(terminator: Terminator, bytes: &[u8], expected: &[Line]) {
        assert_eq!(Lines::new(terminator).feed(bytes), expected, "{}", bytes.escape_ascii());
    }

    #[test]
    fn each_terminator_ends_a_line() {
        for terminator in [Terminator::Cr, Terminator::Lf, Terminator::CrLf] {
            let all = [code("A1"), code("B2"), code("C3")];
            check(terminator, b"A1\rB2\nC3\r\n\r\n", &all);
            check(terminator, b"A\tB\r", &[Line::Garbage(3)]);
        }
        check(Terminator::Tab, b"A1\tB2\t\t", &[code("A1"), code("B2")]);
        check(Terminator::Tab, b"A1\r\t", &[Line::Garbage(3)]);
    }

    #[test]
    fn nothing_before_the_end() {
        let mut lines = Lines::new(Terminator::Cr);
        assert_eq!(lines.feed(b"A6900"), []);
        assert_eq!(lines.feed(b""), []);
        assert_eq!(lines.feed(b"602672"), []);
        assert_eq!(lines.feed(b"\r"), [code("A6900602672")]);
    }

    #[test]
    fn spaces_at_the_ends_are_no_code() {
        check(Terminator::Cr, b"  007 08 \r   \r\r", &[code("007 08")]);
    }

    #[test]
    fn symbology_is_taken_off_once() {
        check(Terminator::Cr, b"]C0A690\r ]d2 7\r]C1\r", &[code("A690"), code("7")]);
        check(
            Terminator::Cr,
            b"]C0]C0A\r]C\r]10A\r]C-A\r",
            &[code("]C0A"), code("]C"), code("]10A"), code("]C-A")],
        );
    }

    #[test]
    fn one_bad_byte_spoils_the_line() {
        for bad in [0x00, 0x02, 0x1f, 0x7f, 0x80, 0xff] {
            check(
                Terminator::Cr,
                &[b'1', b'2', bad, b'3', b'\r', b'4', b'\r'],
                &[Line::Garbage(4), code("4")],
            );
        }
        check(Terminator::Cr, "12３\r".as_bytes(), &[Line::Garbage(5)]);
    }

    #[test]
    fn overlong_is_reported_once_and_ends_at_the_next_end() {
        let longest = "7".repeat(LONGEST);
        check(Terminator::Cr, format!("{longest}\r").as_bytes(), &[code(&longest)]);
        let mut lines = Lines::new(Terminator::Cr);
        assert_eq!(lines.feed(longest.as_bytes()), []);
        assert_eq!(lines.feed(b"7"), [Line::Garbage(LONGEST + 1)]);
        assert_eq!(lines.feed(longest.repeat(3).as_bytes()), []);
        assert_eq!(lines.feed(b"8\r9\r"), [code("9")]);
    }

    #[test]
    fn cut_line_is_garbage_and_forgotten() {
        let mut lines = Lines::new(Terminator::Cr);
        assert_eq!(lines.feed(b"A690"), []);
        assert_eq!(lines.cut(), Some(Line::Garbage(4)));
        assert_eq!(lines.cut(), None);
        assert_eq!(lines.feed(b"1\r"), [code("1")]);
        assert_eq!(lines.feed(&[b'7'; LONGEST + 9]).len(), 1);
        assert_eq!(lines.cut(), None);
        assert_eq!(lines.feed(b"2\r"), [code("2")]);
    }

    /// The same law, said over the whole stream at once.
    fn expected(terminator: Terminator, bytes: &[u8]) -> Vec<Line> {
        let ends: &[u8] = if terminator == Terminator::Tab { b"\t" } else { b"\r\n" };
        let pieces: Vec<&[u8]> = bytes.split(|byte| ends.contains(byte)).collect();
        let mut all = Vec::new();
        for (no, piece) in pieces.iter().enumerate() {
            if piece.len() > LONGEST {
                all.push(Line::Garbage(LONGEST + 1));
            } else if no + 1 < pieces.len() {
                all.extend(read(piece));
            }
        }
        all
    }

    fn terminators() -> impl Strategy<Value = Terminator> {
        prop_oneof![
            Just(Terminator::Cr),
            Just(Terminator::Lf),
            Just(Terminator::CrLf),
            Just(Terminator::Tab)
        ]
    }

    /// Streams of codes, of anything, and of long runs.
    fn streams() -> impl Strategy<Value = Vec<u8>> {
        let near = prop::sample::select(b"A1 ]C0\r\n\t\x00\xff".to_vec());
        let run = (any::<u8>(), 200..400_usize).prop_map(|(byte, len)| vec![byte; len]);
        let piece = prop_oneof![
            4 => prop::collection::vec(near, 0..20),
            2 => prop::collection::vec(any::<u8>(), 0..40),
            1 => run,
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces(
            terminator in terminators(),
            bytes in streams(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            at.extend([0, bytes.len()]);
            at.sort_unstable();
            let mut lines = Lines::new(terminator);
            let split: Vec<Line> =
                at.windows(2).flat_map(|it| lines.feed(&bytes[it[0]..it[1]])).collect();
            prop_assert_eq!(&split, &expected(terminator, &bytes));
            for line in split {
                if let Line::Code(text) = line {
                    prop_assert!(!text.is_empty() && text.len() <= LONGEST);
                    prop_assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
                    prop_assert_eq!(text.trim(), &text);
                }
            }
        }
    }
}
