//! Python's `io.StringIO` without translation of newlines, and `io.BytesIO`: a text or bytes, and a place in them.

use crate::error::Error;
use crate::runtime::decline::decline;

/// A text that is written and read at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringIo {
    text: String,
    /// In bytes.
    place: usize,
}

impl StringIo {
    /// `StringIO(text)`: the place is the beginning.
    pub fn new(text: &str) -> StringIo {
        StringIo {
            text: text.to_owned(),
            place: 0,
        }
    }

    /// `buffer.write(text)`.
    pub fn write(&mut self, text: &str) -> i64 {
        let count = text.chars().count();
        if self.place == self.text.len() {
            self.text.push_str(text);
        } else {
            let end = self.after(count);
            self.text.replace_range(self.place..end, text);
        }
        self.place += text.len();
        count as i64
    }

    /// `buffer.getvalue()`.
    pub fn value(&self) -> &str {
        &self.text
    }

    /// `buffer.read()`.
    pub fn read(&mut self) -> &str {
        let start = std::mem::replace(&mut self.place, self.text.len());
        &self.text[start..]
    }

    /// `buffer.read(count)`.
    pub fn read_some(&mut self, count: i64) -> &str {
        let end = usize::try_from(count).map_or(self.text.len(), |count| self.after(count));
        let start = std::mem::replace(&mut self.place, end);
        &self.text[start..end]
    }

    /// `buffer.readline()`.
    pub fn read_line(&mut self) -> &str {
        let rest = &self.text[self.place..];
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let start = self.place;
        self.place += length;
        &self.text[start..self.place]
    }

    /// `buffer.readlines()`, and what a loop goes over.
    pub fn read_lines(&mut self) -> Vec<String> {
        lines(self.read())
    }

    /// `buffer.tell()`.
    pub fn tell(&self) -> i64 {
        self.text[..self.place].chars().count() as i64
    }

    /// `buffer.seek(place)`; one beyond the end declines; raises `ValueError`.
    pub fn seek(&mut self, place: i64) -> Result<i64, Error> {
        let Ok(count) = usize::try_from(place) else {
            return Err(Error::ValueError(format!("Negative seek position {place}")));
        };
        self.place = 0;
        let end = self.after(count);
        if self.text[..end].chars().count() < count {
            decline("a place beyond the end of a text");
        }
        self.place = end;
        Ok(place)
    }

    /// `buffer.seek(0, 2)`.
    pub fn seek_end(&mut self) -> i64 {
        self.place = self.text.len();
        self.tell()
    }

    /// The place, in bytes, so many characters further on, or the end.
    fn after(&self, count: usize) -> usize {
        let rest = &self.text[self.place..];
        let length = rest.char_indices().nth(count).map_or(rest.len(), |(at, _)| at);
        self.place + length
    }
}

/// The lines of a text, each with its newline.
pub fn lines(text: &str) -> Vec<String> {
    text.split_inclusive('\n').map(str::to_owned).collect()
}

/// Bytes that are written and read at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BytesIo {
    data: Vec<u8>,
    place: usize,
}

impl BytesIo {
    /// `BytesIO(data)`: the place is the beginning.
    pub fn new(data: &[u8]) -> BytesIo {
        BytesIo {
            data: data.to_owned(),
            place: 0,
        }
    }

    /// `buffer.write(data)`.
    pub fn write(&mut self, data: &[u8]) -> i64 {
        let end = (self.place + data.len()).min(self.data.len());
        self.data.splice(self.place..end, data.iter().copied());
        self.place += data.len();
        data.len() as i64
    }

    /// `buffer.getvalue()`.
    pub fn value(&self) -> &[u8] {
        &self.data
    }

    /// `buffer.read()`.
    pub fn read(&mut self) -> &[u8] {
        let start = std::mem::replace(&mut self.place, self.data.len());
        &self.data[start..]
    }

    /// `buffer.read(count)`.
    pub fn read_some(&mut self, count: i64) -> &[u8] {
        let rest = self.data.len() - self.place;
        let count = usize::try_from(count).map_or(rest, |count| count.min(rest));
        let start = self.place;
        self.place += count;
        &self.data[start..self.place]
    }

    /// `buffer.tell()`.
    pub fn tell(&self) -> i64 {
        self.place as i64
    }

    /// `buffer.seek(place)`; one beyond the end declines; raises `ValueError`.
    pub fn seek(&mut self, place: i64) -> Result<i64, Error> {
        match usize::try_from(place) {
            Ok(found) if found <= self.data.len() => self.place = found,
            Ok(_) => decline("a place beyond the end of bytes"),
            Err(_) => return Err(Error::ValueError(format!("negative seek value {place}"))),
        }
        Ok(place)
    }

    /// `buffer.seek(0, 2)`.
    pub fn seek_end(&mut self) -> i64 {
        self.place = self.data.len();
        self.tell()
    }
}
