//! Rows to files: the two data sets, totals, manifest, signature, read-back. A delivery is absent
//! or whole.
