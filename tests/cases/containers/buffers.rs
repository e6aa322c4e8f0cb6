//! Bytes that change in place.

use crate::error::Error;
use crate::runtime::bytearray;
use crate::runtime::bytes;
use crate::runtime::int;
use crate::runtime::range;
use crate::runtime::seq;

pub fn masked(data: &[u8], key: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = data.to_vec();
    for i in 0..out.len() as i64 {
        let value =
            i64::from(out[i as usize]) ^ bytes::at(key, int::floor_mod(i, key.len() as i64)?)?;
        out[i as usize] = value as u8;
    }
    Ok(out)
}

pub fn framed(parts: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
    let mut out: Vec<u8> = Vec::new();
    for part in parts {
        bytearray::push(&mut out, part.len() as i64)?;
        out.extend_from_slice(part);
    }
    out.extend_from_slice(&bytearray::from_ints(&[0_i64, 255])?);
    Ok(out)
}

pub fn zeroed(buffer: &mut Vec<u8>, start: i64, stop: i64) -> Result<i64, Error> {
    for i in start..stop {
        bytearray::store(buffer, i, 0)?;
    }
    Ok(int::sum(buffer.iter().map(|&byte| i64::from(byte))))
}

pub fn primes(n: i64) -> Result<Vec<i64>, Error> {
    let mut flags = bytes::repeat(&bytearray::from_ints(&[1_i64])?, n.strict_add(1));
    let values = b"\x00\x00".to_vec();
    seq::set_slice(&mut flags, ..2, values);
    for i in 2..n.strict_add(1) {
        if bytearray::at(&flags, i)? != 0 {
            let values_2 =
                bytes::zeros(range::range(i.strict_mul(i), n.strict_add(1), i)?.len() as i64)?;
            bytearray::set_slice_step(&mut flags, Some(i.strict_mul(i)), None, i, values_2)?;
        }
    }
    Ok(flags
        .iter()
        .map(|&byte| i64::from(byte))
        .enumerate()
        .filter(|&(_, flag)| flag != 0)
        .map(|(i, _)| i as i64)
        .collect::<Vec<i64>>())
}

#[derive(Debug, Clone)]
pub struct Buffer {
    pub data: Vec<u8>,
}

impl Buffer {
    pub fn new() -> Buffer {
        Buffer { data: Vec::new() }
    }

    pub fn put(&mut self, more: &[u8]) {
        self.data.extend_from_slice(more);
    }

    pub fn take(&mut self, count: i64) -> Vec<u8> {
        let head = seq::slice(&self.data, ..count).to_vec();
        seq::delete_slice(&mut self.data, ..count);
        head
    }
}

impl Default for Buffer {
    fn default() -> Buffer {
        Buffer::new()
    }
}

pub fn taken(parts: &[Vec<u8>], count: i64) -> (Vec<u8>, Vec<u8>) {
    let mut buffer = Buffer::new();
    for part in parts {
        buffer.put(part);
    }
    (buffer.take(count), buffer.take(100))
}
