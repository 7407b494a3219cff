//! What a file is made of.

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it begins with.
    Text(String),
    /// A number, in digits.
    Number(String),
}

impl Cell {
    /// Fen as yuan.
    #[must_use]
    pub fn yuan(fen: i64) -> Self {
        Self::places(fen, 2)
    }

    /// So many of the smallest part, with a point before the last places.
    #[must_use]
    pub fn places(amount: i64, places: usize) -> Self {
        let sign = if amount < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", amount.unsigned_abs(), width = places + 1);
        let (whole, rest) = digits.split_at(digits.len() - places);
        Self::Number(format!("{sign}{whole}.{rest}"))
    }

    /// A count.
    #[must_use]
    pub fn count(of: i64) -> Self {
        Self::Number(of.to_string())
    }

    /// Text, or nothing.
    #[must_use]
    pub fn text(of: Option<impl ToString>) -> Self {
        Self::Text(of.map(|of| of.to_string()).unwrap_or_default())
    }
}
