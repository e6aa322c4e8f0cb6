//! Python's `urllib.parse`: URLs taken apart, and queries. What versions of Python take apart in their own ways declines.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::dict::Dict;
use crate::runtime::repr;
use crate::runtime::url;

/// Schemes whose last part may have parameters.
const WITH_PARAMS: [&str; 14] = [
    "", "ftp", "hdl", "prospero", "http", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel",
];

/// A URL taken apart; of one that `urlsplit` gave, `params` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Url {
    scheme: String,
    netloc: String,
    path: String,
    params: String,
    query: String,
    fragment: String,
}

/// `urlsplit(text)`.
pub fn split(text: &str) -> Url {
    if text.starts_with(|c| c <= ' ') || text.contains(['\t', '\r', '\n']) {
        decline("a URL with white space that versions of Python handle in their own ways");
    }
    let is_scheme = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => (String::new(), text),
    };
    let (netloc, rest) = match rest.strip_prefix("//") {
        Some(after) => after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len())),
        None => ("", rest),
    };
    if !netloc.is_ascii() || netloc.contains(['[', ']']) {
        decline("a host that versions of Python check in their own ways");
    }
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    Url {
        scheme,
        netloc: netloc.to_owned(),
        path: path.to_owned(),
        params: String::new(),
        query: query.to_owned(),
        fragment: fragment.to_owned(),
    }
}

/// `urlparse(text)`.
pub fn parse(text: &str) -> Url {
    let mut found = split(text);
    if !WITH_PARAMS.contains(&found.scheme.as_str()) {
        return found;
    }
    let last = found.path.rfind('/').unwrap_or(0);
    if let Some(place) = found.path[last..].find(';') {
        found.params = found.path[last + place + 1..].to_owned();
        found.path.truncate(last + place);
    }
    found
}

/// `url.scheme`.
pub fn scheme(url: &Url) -> &str {
    &url.scheme
}

/// `url.netloc`.
pub fn netloc(url: &Url) -> &str {
    &url.netloc
}

/// `url.path`.
pub fn path(url: &Url) -> &str {
    &url.path
}

/// `url.params`.
pub fn params(url: &Url) -> &str {
    &url.params
}

/// `url.query`.
pub fn query(url: &Url) -> &str {
    &url.query
}

/// `url.fragment`.
pub fn fragment(url: &Url) -> &str {
    &url.fragment
}

/// What stands behind the last `@`: the host and, after a colon, the port.
fn host_and_port(url: &Url) -> (&str, Option<&str>) {
    let place = url.netloc.rsplit_once('@').map_or(url.netloc.as_str(), |(_, host)| host);
    match place.split_once(':') {
        Some((host, port)) => (host, Some(port).filter(|port| !port.is_empty())),
        None => (place, None),
    }
}

/// `url.hostname`.
pub fn hostname(url: &Url) -> Option<String> {
    let (host, _) = host_and_port(url);
    if host.is_empty() {
        return None;
    }
    let end = host.find('%').unwrap_or(host.len());
    Some(host[..end].to_ascii_lowercase() + &host[end..])
}

/// `url.port`; raises `ValueError`.
pub fn port(url: &Url) -> Result<Option<i64>, Error> {
    let Some(text) = host_and_port(url).1 else {
        return Ok(None);
    };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let shown = repr::repr(text);
        return Err(Error::ValueError(format!(
            "Port could not be cast to integer value as {shown}"
        )));
    }
    match text.parse() {
        Ok(port @ 0..=65535) => Ok(Some(port)),
        _ => Err(Error::ValueError("Port out of range 0-65535".to_string())),
    }
}

/// `url.username`.
pub fn username(url: &Url) -> Option<String> {
    let (user, _) = url.netloc.rsplit_once('@')?;
    Some(user.split_once(':').map_or(user, |(name, _)| name).to_owned())
}

/// `url.password`.
pub fn password(url: &Url) -> Option<String> {
    let (user, _) = url.netloc.rsplit_once('@')?;
    user.split_once(':').map(|(_, password)| password.to_owned())
}

/// `parse_qs(text)`.
pub fn parse_qs(text: &str) -> Dict<String, Vec<String>> {
    let mut found: Dict<String, Vec<String>> = Dict::default();
    for (name, value) in url::parse_qsl(text) {
        found.entry(name).or_default().push(value);
    }
    found
}

/// `urlencode(pairs)`.
pub fn encode<'a>(pairs: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    let shown = |(name, value): (&String, &String)| {
        format!("{}={}", url::quote_plus(name, ""), url::quote_plus(value, ""))
    };
    let parts: Vec<String> = pairs.into_iter().map(shown).collect();
    parts.join("&")
}
