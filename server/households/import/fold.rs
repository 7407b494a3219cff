//! Text as it is compared: full-width folded, spaces, brackets and marks gone.

use unicode_normalization::UnicodeNormalization;

fn is_noise(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// As written, without its noise: `姓 名` is `姓名`, `（元）` is `(元)`.
#[must_use]
pub fn written(text: &str) -> String {
    text.nfkc().filter(|c| !is_noise(*c)).collect()
}

/// As looked up in the lists of words: without brackets and what stands in them, without marks, in lower case.
#[must_use]
pub fn key(text: &str) -> String {
    let mut depth = 0_u32;
    let mut key = String::new();
    for c in written(text).chars() {
        match c {
            '(' | '[' | '【' | '{' | '〔' => depth += 1,
            ')' | ']' | '】' | '}' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// Prose for the file: trimmed, each run of spaces and breaks one space, nothing invisible.
#[must_use]
pub fn prose(text: &str) -> String {
    let visible: String = text.chars().filter(|c| c.is_whitespace() || !is_noise(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A person's name: prose; the space that only lines names up (`李　明`) goes, one between Latin words stays; one kind of middle dot.
#[must_use]
pub fn name(text: &str) -> String {
    let prose: String = prose(text).chars().map(|c| if matches!(c, '•' | '・' | '‧' | '․' | '⋅') { '·' } else { c }).collect();
    if prose.chars().any(|c| c.is_ascii_alphabetic()) { prose } else { prose.replace(' ', "") }
}

/// Digits only where the text is made of digits and the marks people group them with; nothing for other text.
#[must_use]
pub fn digits(text: &str) -> Option<String> {
    let plain: String = written(text).chars().filter(|c| !matches!(c, '-' | '‐' | '‑' | '–' | '—' | '.' | '(' | ')' | '\'' | '`' | '’' | '‘')).collect();
    (!plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit())).then_some(plain)
}
