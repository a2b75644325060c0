//! Are all pixels of a JPEG in its file? Decoders fill up what is missing with grey, so the coded data is walked to
//! its last block (ITU-T T.81, annexes F and G). No pixel is made of it.

use super::jpeg::{Segment, segments};

/// Whether every scan goes to its last block. Kinds that aren't walked here count as whole.
pub(super) fn complete(bytes: &[u8]) -> bool {
    Walk::default().whole(bytes).unwrap_or(false)
}

/// A component of the frame.
#[derive(Default)]
struct Component {
    id: u8,
    h: usize,
    v: usize,
    /// Blocks of its own, across and down.
    own: (usize, usize),
    /// Blocks with those that only fill up the last units.
    across: usize,
    /// Which coefficients of each block are not zero so far; of progressive pictures only.
    known: Vec<u64>,
    /// For each coefficient the lowest bit that was coded, 255 for none.
    lowest: Vec<u8>,
}

/// What the segments have said so far.
#[derive(Default)]
struct Walk {
    dc: [Option<Codes>; 4],
    ac: [Option<Codes>; 4],
    components: Vec<Component>,
    progressive: bool,
    /// Units across and down, where all components stand together.
    units: (usize, usize),
    /// Units between two restart marks; zero for none.
    interval: usize,
}

/// No picture has more; without a bound a file could take time without end.
const MOST_SCANS: usize = 200;

/// What stands next in a file.
enum Next {
    /// A scan, and where its data begins.
    Scan(Scan, usize),
    /// A kind of frame that is not walked here.
    Other,
    End,
}

/// One scan's header.
struct Scan {
    /// Component, DC table, AC table.
    parts: Vec<(usize, usize, usize)>,
    from: usize,
    until: usize,
    high: u8,
    low: u8,
}

impl Walk {
    /// `None` where something does not hold.
    fn whole(mut self, bytes: &[u8]) -> Option<bool> {
        let mut from = 0;
        for _scan in 0..MOST_SCANS {
            match self.next_scan(bytes, from)? {
                Next::Scan(scan, data) => from = data + self.walk(&scan, bytes.get(data..)?)?,
                Next::Other => return Some(true),
                Next::End => return Some(self.all_coded()),
            }
        }
        None
    }

    /// Takes what stands before the next scan.
    fn next_scan(&mut self, bytes: &[u8], from: usize) -> Option<Next> {
        for Segment { mark, content, end } in segments(bytes, from) {
            match mark {
                0xC4 => self.tables(content)?,
                0xC0..=0xC2 => self.frame(mark, content)?,
                0xC8 | 0xCC => {}
                0xC3..=0xCF => return Some(Next::Other),
                0xDD => self.interval = usize::from(u16::from_be_bytes(*content.first_chunk()?)),
                0xDA => return Some(Next::Scan(self.scan_header(content)?, end)),
                _ => {}
            }
        }
        Some(Next::End)
    }

    fn all_coded(&self) -> bool {
        // The colours' finest parts may be left out, the picture itself not.
        !self.components.is_empty()
            && self.components.iter().enumerate().all(|(no, component)| {
                let last = if no == 0 && self.progressive { 64 } else { 1 };
                component.lowest[..last].iter().all(|low| *low == 0)
            })
    }

    fn tables(&mut self, mut segment: &[u8]) -> Option<()> {
        while let [kind, rest @ ..] = segment {
            let counts: &[u8; 16] = rest.first_chunk()?;
            let many = counts.iter().map(|count| usize::from(*count)).sum::<usize>();
            let values = rest.get(16..16 + many)?;
            let into = if kind >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *into.get_mut(usize::from(kind & 15))? = Some(Codes::new(counts, values)?);
            segment = &rest[16 + many..];
        }
        Some(())
    }

    fn frame(&mut self, mark: u8, segment: &[u8]) -> Option<()> {
        let side = |at: usize| {
            Some(usize::from(u16::from_be_bytes([*segment.get(at)?, *segment.get(at + 1)?])))
        };
        let (height, width) = (side(1)?, side(3)?);
        self.progressive = mark == 0xC2;
        let factors: Vec<(u8, usize, usize)> = segment
            .get(6..)?
            .chunks_exact(3)
            .map(|it| (it[0], usize::from(it[1] >> 4), usize::from(it[1] & 15)))
            .collect();
        let most = |pick: fn(&(u8, usize, usize)) -> usize| factors.iter().map(pick).max();
        let (h_most, v_most) = (most(|it| it.1)?, most(|it| it.2)?);
        if factors.iter().any(|it| !(1..=4).contains(&it.1) || !(1..=4).contains(&it.2)) {
            return None;
        }
        self.units = (width.div_ceil(8 * h_most), height.div_ceil(8 * v_most));
        let units = self.units;
        let progressive = self.progressive;
        self.components = factors
            .into_iter()
            .map(|(id, h, v)| Component {
                id,
                h,
                v,
                own: (
                    (width * h).div_ceil(h_most).div_ceil(8),
                    (height * v).div_ceil(v_most).div_ceil(8),
                ),
                across: units.0 * h,
                known: if progressive { vec![0; units.0 * h * units.1 * v] } else { Vec::new() },
                lowest: vec![255; 64],
            })
            .collect();
        Some(())
    }

    fn scan_header(&self, segment: &[u8]) -> Option<Scan> {
        let many = usize::from(*segment.first()?);
        let parts = segment
            .get(1..1 + 2 * many)?
            .chunks_exact(2)
            .map(|it| {
                let no = self.components.iter().position(|component| component.id == it[0])?;
                Some((no, usize::from(it[1] >> 4), usize::from(it[1] & 15)))
            })
            .collect::<Option<Vec<_>>>()?;
        let [from, until, bits] = *segment.get(1 + 2 * many..)?.first_chunk()?;
        let (from, until) =
            if self.progressive { (usize::from(from), usize::from(until)) } else { (0, 63) };
        let right = !parts.is_empty() && from <= until && until < 64;
        let (high, low) = if self.progressive { (bits >> 4, bits & 15) } else { (0, 0) };
        right.then_some(Scan { parts, from, until, high, low })
    }

    /// Walks one scan; how many bytes it took.
    fn walk(&mut self, scan: &Scan, data: &[u8]) -> Option<usize> {
        let mut bits = Bits::new(data);
        // A component alone has only its own blocks.
        let alone = scan.parts.len() == 1;
        let (across, down) = match scan.parts.first() {
            Some((no, ..)) if alone => self.components.get(*no)?.own,
            _ => self.units,
        };
        let (mut left, mut run) = (self.interval, 0);
        for unit in 0..across * down {
            if self.interval > 0 && left == 0 {
                bits.restart()?;
                (left, run) = (self.interval, 0);
            }
            left = left.wrapping_sub(1);
            let (x, y) = (unit % across, unit / across);
            for part in &scan.parts {
                let (h, v) = match self.components.get(part.0) {
                    Some(component) if !alone => (component.h, component.v),
                    _ => (1, 1),
                };
                for block in 0..h * v {
                    let place = (x * h + block % h, y * v + block / h);
                    self.block(scan, *part, place, &mut bits, &mut run)?;
                }
            }
        }
        for (no, ..) in &scan.parts {
            self.components.get_mut(*no)?.lowest[scan.from..=scan.until].fill(scan.low);
        }
        Some(bits.used())
    }

    fn block(
        &mut self,
        scan: &Scan,
        (no, dc, ac): (usize, usize, usize),
        (x, y): (usize, usize),
        bits: &mut Bits<'_>,
        run: &mut u32,
    ) -> Option<()> {
        if scan.from == 0 {
            if scan.high > 0 {
                bits.take(1)?;
            } else {
                let size = bits.code(self.dc.get(dc)?.as_ref()?)?;
                bits.take(u32::from(size).min(16))?;
            }
            if self.progressive {
                return Some(());
            }
        }
        let codes = self.ac.get(ac)?.as_ref()?;
        if !self.progressive {
            let mut at = 1;
            while at < 64 {
                let code = bits.code(codes)?;
                match (code >> 4, code & 15) {
                    (15, 0) => at += 16,
                    (_, 0) => break,
                    (zeros, size) => {
                        bits.take(u32::from(size))?;
                        at += usize::from(zeros) + 1;
                    }
                }
            }
            return Some(());
        }
        let component = self.components.get_mut(no)?;
        let known = component.known.get_mut(y * component.across + x)?;
        let coefficients = scan.from..=scan.until;
        if scan.high > 0 {
            refine(coefficients, codes, known, bits, run)
        } else {
            first(coefficients, codes, known, bits, run)
        }
    }
}

/// The length of a run of blocks without further coefficients, this one among them.
fn blocks(size: u8, bits: &mut Bits<'_>) -> Option<u32> {
    Some((1 << size) + bits.take(u32::from(size))?)
}

/// A block of a progressive picture's first scan over some coefficients (T.81 G.1.2.2).
fn first(
    coefficients: std::ops::RangeInclusive<usize>,
    codes: &Codes,
    known: &mut u64,
    bits: &mut Bits<'_>,
    run: &mut u32,
) -> Option<()> {
    if *run > 0 {
        *run -= 1;
        return Some(());
    }
    let (mut at, last) = (*coefficients.start(), *coefficients.end());
    while at <= last {
        let code = bits.code(codes)?;
        match (code >> 4, code & 15) {
            (15, 0) => at += 16,
            (size, 0) => {
                *run = blocks(size, bits)? - 1;
                break;
            }
            (zeros, size) => {
                bits.take(u32::from(size))?;
                at += usize::from(zeros);
                if at > last {
                    return None;
                }
                *known |= 1 << at;
                at += 1;
            }
        }
    }
    Some(())
}

/// A block of a scan that gives coefficients their next bit (T.81 G.1.2.3): each one known takes a bit.
fn refine(
    coefficients: std::ops::RangeInclusive<usize>,
    codes: &Codes,
    known: &mut u64,
    bits: &mut Bits<'_>,
    run: &mut u32,
) -> Option<()> {
    let (mut at, last) = (*coefficients.start(), *coefficients.end());
    if *run == 0 {
        while at <= last {
            let code = bits.code(codes)?;
            let (mut zeros, new) = match (code >> 4, code & 15) {
                (15, 0) => (15, false),
                (size, 0) => {
                    *run = blocks(size, bits)?;
                    break;
                }
                (zeros, _) => {
                    bits.take(1)?;
                    (zeros, true)
                }
            };
            // So many that are zero so far are passed; those that aren't take their bit on the way.
            while at <= last {
                if *known & 1 << at != 0 {
                    bits.take(1)?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if new && at <= last {
                *known |= 1 << at;
            }
            at += 1;
        }
    }
    if *run > 0 {
        if at <= last {
            let rest = (u64::MAX >> (63 - last)) & (u64::MAX << at);
            for _ in 0..(*known & rest).count_ones() {
                bits.take(1)?;
            }
        }
        *run -= 1;
    }
    Some(())
}

/// Huffman codes (T.81 C.2): for short ones a table of the next bits, for long ones their greatest by length.
struct Codes {
    /// Value and length for each 9 bits; length 0 where the code is longer.
    short: Vec<(u8, u8)>,
    /// For each length: the first code behind those of this length, and what leads from a code to its value.
    long: [(u32, i32); 17],
    values: Vec<u8>,
}

const SHORT: u32 = 9;

impl Codes {
    fn new(counts: &[u8; 16], values: &[u8]) -> Option<Codes> {
        let mut codes =
            Codes { short: vec![(0, 0); 1 << SHORT], long: [(0, 0); 17], values: values.to_vec() };
        let (mut code, mut at) = (0u32, 0usize);
        for length in 1..=16u32 {
            let count = u32::from(counts[length as usize - 1]);
            if code + count > 1 << length {
                return None;
            }
            codes.long[length as usize] = (code + count, at as i32 - code as i32);
            for _ in 0..count {
                if length <= SHORT {
                    let from = (code << (SHORT - length)) as usize;
                    codes.short[from..from + (1 << (SHORT - length))]
                        .fill((values[at], length as u8));
                }
                (code, at) = (code + 1, at + 1);
            }
            code <<= 1;
        }
        Some(codes)
    }
}

/// Coded bits up to the next mark.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    fn new(data: &'a [u8]) -> Bits<'a> {
        Bits { data, at: 0, held: 0, count: 0 }
    }

    /// Takes bytes in until 32 bits are there, or a mark stands next.
    fn fill(&mut self) {
        while self.count <= 32 {
            let Some(byte) = self.data.get(self.at) else { return };
            if *byte == 0xFF {
                if self.data.get(self.at + 1) != Some(&0) {
                    return;
                }
                self.at += 1;
            }
            self.at += 1;
            self.held = self.held << 8 | u64::from(*byte);
            self.count += 8;
        }
    }

    /// The next bits, at most 16; `None` where the data has ended.
    fn take(&mut self, bits: u32) -> Option<u32> {
        if self.count < bits {
            self.fill();
        }
        self.count = self.count.checked_sub(bits)?;
        Some((self.held >> self.count & ((1 << bits) - 1)) as u32)
    }

    /// The next code's value.
    fn code(&mut self, codes: &Codes) -> Option<u8> {
        if self.count < 16 {
            self.fill();
        }
        // Behind the data's end stand zeros that can't be taken.
        let next = if self.count >= 16 {
            (self.held >> (self.count - 16)) as u32 & 0xFFFF
        } else {
            ((self.held << (16 - self.count)) & 0xFFFF) as u32
        };
        let (value, length) = codes.short[(next >> (16 - SHORT)) as usize];
        if length > 0 {
            self.count = self.count.checked_sub(u32::from(length))?;
            return Some(value);
        }
        for length in SHORT + 1..=16 {
            let code = next >> (16 - length);
            let (behind, lead) = codes.long[length as usize];
            if code < behind {
                self.count = self.count.checked_sub(length)?;
                return codes.values.get(usize::try_from(code as i32 + lead).ok()?).copied();
            }
        }
        None
    }

    /// To behind the restart mark that must stand next.
    fn restart(&mut self) -> Option<()> {
        self.fill();
        // What is left of the last byte is filling.
        if self.count >= 8 {
            return None;
        }
        (self.held, self.count) = (0, 0);
        while self.data.get(self.at + 1) == Some(&0xFF) {
            self.at += 1;
        }
        let [0xFF, 0xD0..=0xD7] = *self.data.get(self.at..)?.first_chunk()? else { return None };
        self.at += 2;
        Some(())
    }

    /// Where the data read so far ends. Behind it only filling may stand before the next mark.
    fn used(&self) -> usize {
        self.at
    }
}
