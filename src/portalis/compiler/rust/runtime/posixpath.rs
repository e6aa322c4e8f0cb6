//! Python's `os.path` as it is on POSIX, as far as it only looks at the text of a path.

/// `os.path.join(path, part)`.
pub fn join(path: &str, part: &str) -> String {
    if part.starts_with('/') {
        part.to_owned()
    } else if path.is_empty() || path.ends_with('/') {
        format!("{path}{part}")
    } else {
        format!("{path}/{part}")
    }
}

/// `os.path.split(path)`: all before the last part, and that part.
pub fn split(path: &str) -> (String, String) {
    (dirname(path), basename(path).to_owned())
}

/// `os.path.basename(path)`.
pub fn basename(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, tail)| tail)
}

/// `os.path.dirname(path)`.
pub fn dirname(path: &str) -> String {
    let head = &path[..path.len() - basename(path).len()];
    match head.trim_end_matches('/') {
        "" => head.to_owned(),
        shorter => shorter.to_owned(),
    }
}

/// `os.path.splitext(path)`: the path without its extension, and that with its dot.
pub fn splitext(path: &str) -> (String, String) {
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let name = &path[start..];
    let dot = name.rfind('.').filter(|&at| name[..at].bytes().any(|byte| byte != b'.'));
    let (root, extension) = path.split_at(dot.map_or(path.len(), |at| start + at));
    (root.to_owned(), extension.to_owned())
}

/// `os.path.isabs(path)`.
pub fn isabs(path: &str) -> bool {
    path.starts_with('/')
}

/// `os.path.normpath(path)`.
pub fn normpath(path: &str) -> String {
    let slashes = match path.len() - path.trim_start_matches('/').len() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        let climbs = part == "..";
        if !climbs || slashes.is_empty() && parts.last().is_none_or(|last| *last == "..") {
            parts.push(part);
        } else {
            parts.pop();
        }
    }
    match format!("{slashes}{}", parts.join("/")) {
        empty if empty.is_empty() => ".".to_owned(),
        path => path,
    }
}
