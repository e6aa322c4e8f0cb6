//! Python's `hashlib` digests, through the RustCrypto crates.

/// Lower-case hexadecimal digits of the bytes.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// `hashlib.md5(data).digest()`.
pub fn md5(data: &[u8]) -> Vec<u8> {
    <md5::Md5 as md5::Digest>::digest(data).to_vec()
}

/// `hashlib.md5(data).hexdigest()`.
pub fn md5_hex(data: &[u8]) -> String {
    hex(&<md5::Md5 as md5::Digest>::digest(data))
}

/// `hashlib.sha1(data).digest()`.
pub fn sha1(data: &[u8]) -> Vec<u8> {
    <sha1::Sha1 as sha1::Digest>::digest(data).to_vec()
}

/// `hashlib.sha1(data).hexdigest()`.
pub fn sha1_hex(data: &[u8]) -> String {
    hex(&<sha1::Sha1 as sha1::Digest>::digest(data))
}

/// `hashlib.sha224(data).digest()`.
pub fn sha224(data: &[u8]) -> Vec<u8> {
    <sha2::Sha224 as sha2::Digest>::digest(data).to_vec()
}

/// `hashlib.sha224(data).hexdigest()`.
pub fn sha224_hex(data: &[u8]) -> String {
    hex(&<sha2::Sha224 as sha2::Digest>::digest(data))
}

/// `hashlib.sha256(data).digest()`.
pub fn sha256(data: &[u8]) -> Vec<u8> {
    <sha2::Sha256 as sha2::Digest>::digest(data).to_vec()
}

/// `hashlib.sha256(data).hexdigest()`.
pub fn sha256_hex(data: &[u8]) -> String {
    hex(&<sha2::Sha256 as sha2::Digest>::digest(data))
}

/// `hashlib.sha384(data).digest()`.
pub fn sha384(data: &[u8]) -> Vec<u8> {
    <sha2::Sha384 as sha2::Digest>::digest(data).to_vec()
}

/// `hashlib.sha384(data).hexdigest()`.
pub fn sha384_hex(data: &[u8]) -> String {
    hex(&<sha2::Sha384 as sha2::Digest>::digest(data))
}

/// `hashlib.sha512(data).digest()`.
pub fn sha512(data: &[u8]) -> Vec<u8> {
    <sha2::Sha512 as sha2::Digest>::digest(data).to_vec()
}

/// `hashlib.sha512(data).hexdigest()`.
pub fn sha512_hex(data: &[u8]) -> String {
    hex(&<sha2::Sha512 as sha2::Digest>::digest(data))
}

/// A function that gives the digest of bytes.
type Digest = fn(&[u8]) -> Vec<u8>;

/// `hmac.digest(key, message, name)` of a hash whose blocks have this size.
pub fn hmac(key: &[u8], message: &[u8], digest: Digest, block: usize) -> Vec<u8> {
    let mut padded = if key.len() > block {
        digest(key)
    } else {
        key.to_vec()
    };
    padded.resize(block, 0);
    let masked = |mask: u8| padded.iter().map(move |byte| byte ^ mask);
    let inner: Vec<u8> = masked(0x36).chain(message.iter().copied()).collect();
    let outer: Vec<u8> = masked(0x5c).chain(digest(&inner)).collect();
    digest(&outer)
}

/// `hmac.new(key, message, name).hexdigest()`.
pub fn hmac_hex(key: &[u8], message: &[u8], digest: Digest, block: usize) -> String {
    hex(&hmac(key, message, digest, block))
}
