//! Python's `base64`, `binascii`, `zlib` checksums and the single-value formats of `struct`.

use crate::error::Error;
use crate::runtime::decline::decline;

/// A `binascii.Error`.
fn binascii_error(message: &str) -> Error {
    Error::BinasciiError(message.to_owned())
}

/// `base64.b64encode(data)`.
pub fn b64_encode(data: &[u8]) -> Vec<u8> {
    data_encoding::BASE64.encode(data).into_bytes()
}

/// `base64.urlsafe_b64encode(data)`.
pub fn url_b64_encode(data: &[u8]) -> Vec<u8> {
    data_encoding::BASE64URL.encode(data).into_bytes()
}

/// `base64.b64decode(data)`: characters outside the alphabet are skipped; raises `binascii.Error`.
pub fn b64_decode(data: &[u8]) -> Result<Vec<u8>, Error> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut decoded = Vec::with_capacity(data.len() / 4 * 3);
    let (mut place, mut pads, mut left) = (0, 0, 0);
    for &byte in data {
        if byte == b'=' {
            pads += 1;
            if place >= 2 && place + pads >= 4 {
                return Ok(decoded);
            }
            continue;
        }
        let Some(value) = digit(byte) else { continue };
        pads = 0;
        match place {
            0 => {}
            1 => decoded.push(left << 2 | value >> 4),
            2 => decoded.push(left << 4 | value >> 2),
            _ => decoded.push(left << 6 | value),
        }
        left = value;
        place = (place + 1) % 4;
    }
    match place {
        0 => Ok(decoded),
        1 => {
            let digits = decoded.len() / 3 * 4 + 1;
            let count = format!("number of data characters ({digits})");
            Err(binascii_error(&format!(
                "Invalid base64-encoded string: {count} cannot be 1 more than a multiple of 4"
            )))
        }
        _ => Err(binascii_error("Incorrect padding")),
    }
}

/// `base64.urlsafe_b64decode(data)`; raises `binascii.Error`.
pub fn url_b64_decode(data: &[u8]) -> Result<Vec<u8>, Error> {
    let standard: Vec<u8> = data
        .iter()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    b64_decode(&standard)
}

/// `base64.b32encode(data)`.
pub fn b32_encode(data: &[u8]) -> Vec<u8> {
    data_encoding::BASE32.encode(data).into_bytes()
}

/// `base64.b32decode(data)`; raises `binascii.Error`.
pub fn b32_decode(data: &[u8]) -> Result<Vec<u8>, Error> {
    if !data.len().is_multiple_of(8) {
        return Err(binascii_error("Incorrect padding"));
    }
    let digits = data.len() - data.iter().rev().take_while(|byte| **byte == b'=').count();
    let mut decoded = Vec::with_capacity(data.len() / 8 * 5);
    for group in data[..digits].chunks(8) {
        let mut bits: u64 = 0;
        for byte in group {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'2'..=b'7' => byte - b'2' + 26,
                _ => return Err(binascii_error("Non-base32 digit found")),
            };
            bits = bits << 5 | u64::from(value);
        }
        let kept = group.len() * 5 / 8;
        bits <<= 40 - group.len() * 5;
        decoded.extend(&bits.to_be_bytes()[3..3 + kept]);
    }
    match data.len() - digits {
        0 | 1 | 3 | 4 | 6 => Ok(decoded),
        _ => Err(binascii_error("Incorrect padding")),
    }
}

/// `base64.b16encode(data)`.
pub fn b16_encode(data: &[u8]) -> Vec<u8> {
    data_encoding::HEXUPPER.encode(data).into_bytes()
}

/// `base64.b16decode(data)`; raises `binascii.Error`.
pub fn b16_decode(data: &[u8]) -> Result<Vec<u8>, Error> {
    if data.iter().any(|byte| !matches!(byte, b'0'..=b'9' | b'A'..=b'F')) {
        return Err(binascii_error("Non-base16 digit found"));
    }
    unhexlify(data)
}

/// `binascii.hexlify(data)`.
pub fn hexlify(data: &[u8]) -> Vec<u8> {
    data_encoding::HEXLOWER.encode(data).into_bytes()
}

/// `binascii.unhexlify(data)`; raises `binascii.Error`.
pub fn unhexlify(data: &[u8]) -> Result<Vec<u8>, Error> {
    if !data.len().is_multiple_of(2) {
        return Err(binascii_error("Odd-length string"));
    }
    data_encoding::HEXLOWER_PERMISSIVE
        .decode(data)
        .map_err(|_| binascii_error("Non-hexadecimal digit found"))
}

/// The low 32 bits of a checksum to start from.
fn low_bits(value: i64) -> u32 {
    (value & 0xffff_ffff) as u32
}

/// `zlib.crc32(data, value)`, `binascii.crc32(data, value)`.
pub fn crc32(data: &[u8], value: i64) -> i64 {
    let mut hasher = crc32fast::Hasher::new_with_initial(low_bits(value));
    hasher.update(data);
    i64::from(hasher.finalize())
}

/// `zlib.adler32(data, value)`.
pub fn adler32(data: &[u8], value: i64) -> i64 {
    let start = low_bits(value);
    let (low, high) = data
        .iter()
        .fold((start & 0xffff, start >> 16), |(low, high), byte| {
            let low = (low + u32::from(*byte)) % 65_521;
            (low, (high + low) % 65_521)
        });
    i64::from(high << 16 | low)
}

/// A text as the bytes that decoders take; raises `ValueError`.
pub fn ascii(text: &str) -> Result<&[u8], Error> {
    if !text.is_ascii() {
        let told = "string argument should contain only ASCII characters";
        return Err(Error::ValueError(told.to_owned()));
    }
    Ok(text.as_bytes())
}

/// The bytes that a `struct` format takes; another length declines.
pub fn exactly(data: &[u8], size: usize) -> &[u8] {
    if data.len() != size {
        decline("struct.error");
    }
    data
}

/// `struct.pack("B", value)`; a value that does not fit declines.
pub fn pack_u8(value: i64) -> Vec<u8> {
    u8::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_be_bytes()
        .to_vec()
}

/// `struct.unpack("B", data)[0]`; data of another length declines.
pub fn unpack_u8(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(u8::from_be_bytes(bytes))
}

/// `struct.pack("b", value)`; a value that does not fit declines.
pub fn pack_i8(value: i64) -> Vec<u8> {
    i8::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_be_bytes()
        .to_vec()
}

/// `struct.unpack("b", data)[0]`; data of another length declines.
pub fn unpack_i8(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(i8::from_be_bytes(bytes))
}

/// `struct.pack(">H", value)`; a value that does not fit declines.
pub fn pack_u16_be(value: i64) -> Vec<u8> {
    u16::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_be_bytes()
        .to_vec()
}

/// `struct.unpack(">H", data)[0]`; data of another length declines.
pub fn unpack_u16_be(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(u16::from_be_bytes(bytes))
}

/// `struct.pack("<H", value)`; a value that does not fit declines.
pub fn pack_u16_le(value: i64) -> Vec<u8> {
    u16::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_le_bytes()
        .to_vec()
}

/// `struct.unpack("<H", data)[0]`; data of another length declines.
pub fn unpack_u16_le(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(u16::from_le_bytes(bytes))
}

/// `struct.pack(">h", value)`; a value that does not fit declines.
pub fn pack_i16_be(value: i64) -> Vec<u8> {
    i16::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_be_bytes()
        .to_vec()
}

/// `struct.unpack(">h", data)[0]`; data of another length declines.
pub fn unpack_i16_be(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(i16::from_be_bytes(bytes))
}

/// `struct.pack("<h", value)`; a value that does not fit declines.
pub fn pack_i16_le(value: i64) -> Vec<u8> {
    i16::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_le_bytes()
        .to_vec()
}

/// `struct.unpack("<h", data)[0]`; data of another length declines.
pub fn unpack_i16_le(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(i16::from_le_bytes(bytes))
}

/// `struct.pack(">I", value)`; a value that does not fit declines.
pub fn pack_u32_be(value: i64) -> Vec<u8> {
    u32::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_be_bytes()
        .to_vec()
}

/// `struct.unpack(">I", data)[0]`; data of another length declines.
pub fn unpack_u32_be(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(u32::from_be_bytes(bytes))
}

/// `struct.pack("<I", value)`; a value that does not fit declines.
pub fn pack_u32_le(value: i64) -> Vec<u8> {
    u32::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_le_bytes()
        .to_vec()
}

/// `struct.unpack("<I", data)[0]`; data of another length declines.
pub fn unpack_u32_le(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(u32::from_le_bytes(bytes))
}

/// `struct.pack(">i", value)`; a value that does not fit declines.
pub fn pack_i32_be(value: i64) -> Vec<u8> {
    i32::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_be_bytes()
        .to_vec()
}

/// `struct.unpack(">i", data)[0]`; data of another length declines.
pub fn unpack_i32_be(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(i32::from_be_bytes(bytes))
}

/// `struct.pack("<i", value)`; a value that does not fit declines.
pub fn pack_i32_le(value: i64) -> Vec<u8> {
    i32::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_le_bytes()
        .to_vec()
}

/// `struct.unpack("<i", data)[0]`; data of another length declines.
pub fn unpack_i32_le(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from(i32::from_le_bytes(bytes))
}

/// `struct.pack(">Q", value)`; a value that does not fit declines.
pub fn pack_u64_be(value: i64) -> Vec<u8> {
    u64::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_be_bytes()
        .to_vec()
}

/// `struct.unpack(">Q", data)[0]`; data of another length declines.
pub fn unpack_u64_be(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::try_from(u64::from_be_bytes(bytes)).unwrap_or_else(|_| decline("an integer beyond i64"))
}

/// `struct.pack("<Q", value)`; a value that does not fit declines.
pub fn pack_u64_le(value: i64) -> Vec<u8> {
    u64::try_from(value)
        .unwrap_or_else(|_| decline("struct.error"))
        .to_le_bytes()
        .to_vec()
}

/// `struct.unpack("<Q", data)[0]`; data of another length declines.
pub fn unpack_u64_le(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::try_from(u64::from_le_bytes(bytes)).unwrap_or_else(|_| decline("an integer beyond i64"))
}

/// `struct.pack(">q", value)`.
pub fn pack_i64_be(value: i64) -> Vec<u8> {
    value.to_be_bytes().to_vec()
}

/// `struct.unpack(">q", data)[0]`; data of another length declines.
pub fn unpack_i64_be(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from_be_bytes(bytes)
}

/// `struct.pack("<q", value)`.
pub fn pack_i64_le(value: i64) -> Vec<u8> {
    value.to_le_bytes().to_vec()
}

/// `struct.unpack("<q", data)[0]`; data of another length declines.
pub fn unpack_i64_le(data: &[u8]) -> i64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    i64::from_le_bytes(bytes)
}

/// `struct.pack(">f", value)`; what a single does not hold declines.
pub fn pack_f32_be(value: f64) -> Vec<u8> {
    let single = value as f32;
    if value.is_nan() || single.is_infinite() && value.is_finite() {
        decline("a float that a single does not hold");
    }
    single.to_be_bytes().to_vec()
}

/// `struct.unpack(">f", data)[0]`; data of another length, and nan, decline.
pub fn unpack_f32_be(data: &[u8]) -> f64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    let single = f32::from_be_bytes(bytes);
    if single.is_nan() {
        decline("the bits of a nan");
    }
    f64::from(single)
}

/// `struct.pack("<f", value)`; what a single does not hold declines.
pub fn pack_f32_le(value: f64) -> Vec<u8> {
    let single = value as f32;
    if value.is_nan() || single.is_infinite() && value.is_finite() {
        decline("a float that a single does not hold");
    }
    single.to_le_bytes().to_vec()
}

/// `struct.unpack("<f", data)[0]`; data of another length, and nan, decline.
pub fn unpack_f32_le(data: &[u8]) -> f64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    let single = f32::from_le_bytes(bytes);
    if single.is_nan() {
        decline("the bits of a nan");
    }
    f64::from(single)
}

/// `struct.pack(">d", value)`.
pub fn pack_f64_be(value: f64) -> Vec<u8> {
    value.to_be_bytes().to_vec()
}

/// `struct.unpack(">d", data)[0]`; data of another length declines.
pub fn unpack_f64_be(data: &[u8]) -> f64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    f64::from_be_bytes(bytes)
}

/// `struct.pack("<d", value)`.
pub fn pack_f64_le(value: f64) -> Vec<u8> {
    value.to_le_bytes().to_vec()
}

/// `struct.unpack("<d", data)[0]`; data of another length declines.
pub fn unpack_f64_le(data: &[u8]) -> f64 {
    let bytes = data.try_into().unwrap_or_else(|_| decline("struct.error"));
    f64::from_le_bytes(bytes)
}
