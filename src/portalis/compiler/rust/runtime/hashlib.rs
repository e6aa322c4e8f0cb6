//! Python's `hashlib` digests, through the RustCrypto crates.
// crates: md-5 = "0.11", sha1 = "0.11", sha2 = "0.11"

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

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
    Md5::digest(data).to_vec()
}

/// `hashlib.md5(data).hexdigest()`.
pub fn md5_hex(data: &[u8]) -> String {
    hex(&Md5::digest(data))
}

/// `hashlib.sha1(data).digest()`.
pub fn sha1(data: &[u8]) -> Vec<u8> {
    Sha1::digest(data).to_vec()
}

/// `hashlib.sha1(data).hexdigest()`.
pub fn sha1_hex(data: &[u8]) -> String {
    hex(&Sha1::digest(data))
}

/// `hashlib.sha224(data).digest()`.
pub fn sha224(data: &[u8]) -> Vec<u8> {
    Sha224::digest(data).to_vec()
}

/// `hashlib.sha224(data).hexdigest()`.
pub fn sha224_hex(data: &[u8]) -> String {
    hex(&Sha224::digest(data))
}

/// `hashlib.sha256(data).digest()`.
pub fn sha256(data: &[u8]) -> Vec<u8> {
    Sha256::digest(data).to_vec()
}

/// `hashlib.sha256(data).hexdigest()`.
pub fn sha256_hex(data: &[u8]) -> String {
    hex(&Sha256::digest(data))
}

/// `hashlib.sha384(data).digest()`.
pub fn sha384(data: &[u8]) -> Vec<u8> {
    Sha384::digest(data).to_vec()
}

/// `hashlib.sha384(data).hexdigest()`.
pub fn sha384_hex(data: &[u8]) -> String {
    hex(&Sha384::digest(data))
}

/// `hashlib.sha512(data).digest()`.
pub fn sha512(data: &[u8]) -> Vec<u8> {
    Sha512::digest(data).to_vec()
}

/// `hashlib.sha512(data).hexdigest()`.
pub fn sha512_hex(data: &[u8]) -> String {
    hex(&Sha512::digest(data))
}
