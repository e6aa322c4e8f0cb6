//! Python's `keyword`.

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// `keyword.iskeyword(text)`.
pub fn is_keyword(text: &str) -> bool {
    KEYWORDS.contains(&text)
}
