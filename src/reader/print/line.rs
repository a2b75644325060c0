//! What the line recogniser takes and gives: shared with the package that trains it, so that both see
//! the very same line.

/// Rows of a line.
pub const HEIGHT: usize = 32;

/// How high a capital or a digit should stand in a line, in rows.
pub const CAPITAL: f32 = 20.0;

/// Columns of a line for one column of the answer.
pub const COLUMN: usize = 4;

/// The classes after the blank, which is class 0. A letter O counts as 0 and an I as 1: in most fonts
/// nobody can tell them apart, and the number's grammar says what stands where.
pub const ALPHABET: [char; 35] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '-',
];

/// The blank and the alphabet.
pub const CLASSES: usize = ALPHABET.len() + 1;

/// The class of a character; `None` for what the recogniser doesn't know.
pub fn class_of(character: char) -> Option<usize> {
    let character = match character {
        'O' => '0',
        'I' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| *known == character).map(|at| at + 1)
}

/// Greys to what the net takes: ink positive, mean 0, deviation 1; a plain line stays near 0, so
/// that its noise doesn't become print.
pub fn normalised(greys: &[u8]) -> Vec<f32> {
    let count = greys.len().max(1) as f32;
    let mean = greys.iter().map(|v| f32::from(*v)).sum::<f32>() / count;
    let square = greys.iter().map(|v| (f32::from(*v) - mean).powi(2)).sum::<f32>() / count;
    let scale = 1.0 / square.sqrt().max(8.0);
    greys.iter().map(|v| (mean - f32::from(*v)) * scale).collect()
}
