//! A TIFF's directories (TIFF 6.0 section 2, and BigTIFF): tags and their values, and which directory is the page.
//! Values are read where they stand, so no claim of a file takes memory.

/// Tags by their numbers.
pub(super) mod tag {
    pub const NEW_SUBFILE_TYPE: u16 = 254;
    pub const SUBFILE_TYPE: u16 = 255;
    pub const WIDTH: u16 = 256;
    pub const HEIGHT: u16 = 257;
    pub const BITS: u16 = 258;
    pub const COMPRESSION: u16 = 259;
    pub const PHOTOMETRIC: u16 = 262;
    pub const FILL_ORDER: u16 = 266;
    pub const STRIP_OFFSETS: u16 = 273;
    pub const ORIENTATION: u16 = 274;
    pub const SAMPLES: u16 = 277;
    pub const ROWS_PER_STRIP: u16 = 278;
    pub const STRIP_BYTES: u16 = 279;
    pub const X_RESOLUTION: u16 = 282;
    pub const Y_RESOLUTION: u16 = 283;
    pub const PLANAR: u16 = 284;
    pub const T4_OPTIONS: u16 = 292;
    pub const PREDICTOR: u16 = 317;
    pub const COLOUR_MAP: u16 = 320;
    pub const TILE_WIDTH: u16 = 322;
    pub const TILE_HEIGHT: u16 = 323;
    pub const TILE_OFFSETS: u16 = 324;
    pub const TILE_BYTES: u16 = 325;
    pub const EXTRA_SAMPLES: u16 = 338;
    pub const SAMPLE_FORMAT: u16 = 339;
    pub const JPEG_TABLES: u16 = 347;
    pub const SUBSAMPLING: u16 = 530;
}

/// No file of a scanner has more; a ring of directories ends here too.
const MOST_DIRECTORIES: usize = 64;

/// How numbers stand in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'a> {
    pub bytes: &'a [u8],
    pub little: bool,
    big: bool,
}

/// One directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Directory<'a> {
    pub file: File<'a>,
    /// Where its first entry stands, and how many there are.
    entries: (usize, usize),
    next: usize,
}

/// The bytes of one tag's values.
#[derive(Clone, Copy, Debug)]
struct Values<'a> {
    kind: u16,
    bytes: &'a [u8],
}

/// Whether the first bytes are those of a TIFF or BigTIFF.
pub(in super::super) fn looks_like_tiff(bytes: &[u8]) -> bool {
    File::open(bytes).is_some()
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Option<File<'a>> {
        let little = match bytes.get(..2)? {
            b"II" => true,
            b"MM" => false,
            _ => return None,
        };
        let file = File { bytes, little, big: false };
        match file.number(2, 2)? {
            42 => Some(file),
            // Offsets of 8 bytes, and two that are always zero.
            43 if file.number(4, 2)? == 8 && file.number(6, 2)? == 0 => {
                Some(File { big: true, ..file })
            }
            _ => None,
        }
    }

    /// The directories that the file's chain names. `None` if there is none.
    pub fn directories(bytes: &'a [u8]) -> Option<Vec<Directory<'a>>> {
        let file = File::open(bytes)?;
        let (head, size) = if file.big { (8, 8) } else { (4, 4) };
        let mut next = file.place(head, size)?;
        let mut all = Vec::new();
        while next != 0 && all.len() < MOST_DIRECTORIES {
            // A chain that is cut off behind the first still has the first.
            let Some(directory) = file.directory(next) else { break };
            next = directory.next;
            all.push(directory);
        }
        (!all.is_empty()).then_some(all)
    }

    fn directory(self, at: usize) -> Option<Directory<'a>> {
        let (count, offset) = if self.big { (8, 8) } else { (2, 4) };
        let first = at.checked_add(count)?;
        let many = self.place(at, count)?;
        let end = first.checked_add(many.checked_mul(self.entry_size())?)?;
        self.bytes.get(first..end)?;
        // Some writers leave out the end mark.
        let next = self.place(end, offset).unwrap_or(0);
        Some(Directory { file: self, entries: (first, many), next })
    }

    fn entry_size(self) -> usize {
        if self.big { 20 } else { 12 }
    }

    /// A number of `size` bytes.
    pub fn number(self, at: usize, size: usize) -> Option<u64> {
        let field = self.bytes.get(at..at.checked_add(size)?)?;
        Some(join(field, self.little))
    }

    fn place(self, at: usize, size: usize) -> Option<usize> {
        usize::try_from(self.number(at, size)?).ok()
    }
}

fn join(field: &[u8], little: bool) -> u64 {
    let join = |value: u64, byte: &u8| (value << 8) | u64::from(*byte);
    if little { field.iter().rev().fold(0, join) } else { field.iter().fold(0, join) }
}

impl<'a> Directory<'a> {
    /// Whether it is a page of its own, not a thumbnail or a mask of one.
    pub fn is_page(&self) -> bool {
        const REDUCED_OR_MASK: u64 = 0b101;
        self.number(tag::NEW_SUBFILE_TYPE).unwrap_or(0) & REDUCED_OR_MASK == 0
            && self.number(tag::SUBFILE_TYPE) != Some(2)
    }

    fn values(&self, tag: u16) -> Option<Values<'a>> {
        let (first, many) = self.entries;
        let step = self.file.entry_size();
        let is_it = |at: &usize| self.file.number(*at, 2) == Some(u64::from(tag));
        let at = (0..many).map(|no| first + no * step).find(is_it)?;
        let kind = u16::try_from(self.file.number(at + 2, 2)?).ok()?;
        let inline = if self.file.big { 8 } else { 4 };
        let length = self.file.place(at + 4, inline)?.checked_mul(size_of(kind)?)?;
        let value = at + 4 + inline;
        let start = if length <= inline { value } else { self.file.place(value, inline)? };
        let bytes = self.file.bytes.get(start..start.checked_add(length)?)?;
        Some(Values { kind, bytes })
    }

    pub fn has(&self, tag: u16) -> bool {
        self.values(tag).is_some()
    }

    /// All values of a tag of whole numbers; empty if there is none.
    pub fn numbers(&self, tag: u16) -> impl Iterator<Item = u64> + use<'a> {
        let little = self.file.little;
        let whole = self.values(tag).filter(|it| [1, 3, 4, 13, 16, 18].contains(&it.kind));
        let (bytes, size) =
            whole.map_or((&[][..], 1), |it| (it.bytes, size_of(it.kind).unwrap_or(1)));
        bytes.chunks_exact(size).map(move |field| join(field, little))
    }

    pub fn number(&self, tag: u16) -> Option<u64> {
        self.numbers(tag).next()
    }

    /// The bytes of a tag as they stand.
    pub fn bytes(&self, tag: u16) -> Option<&'a [u8]> {
        Some(self.values(tag)?.bytes)
    }

    /// A fraction (type RATIONAL).
    pub fn fraction(&self, tag: u16) -> Option<f32> {
        let values = self.values(tag).filter(|it| it.kind == 5)?;
        let above = join(values.bytes.get(..4)?, self.file.little) as f32;
        let below = join(values.bytes.get(4..8)?, self.file.little) as f32;
        (above > 0.0 && below > 0.0).then(|| above / below)
    }
}

/// Bytes of one value of a type.
fn size_of(kind: u16) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16..=18 => Some(8),
        _ => None,
    }
}
