//! Check digit schemes (検査数字), from `JIS X 0501` neighbours and the trade's own.

/// A way to compute one check character over the covered characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckScheme {
    /// モジュラス10 ウェイト3 (JAN, ITF)
    Modulus10Weight3,
}
