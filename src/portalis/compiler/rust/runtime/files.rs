//! Text files as `open` gives them, and the standard streams.

use crate::error::Error;
use crate::runtime::decoding::{self, Newlines};
use crate::runtime::{os_error, out};
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::rc::Rc;

/// How much a text file reads at once.
const PIECE: usize = 8192;

/// A text file; a clone is the same file.
#[derive(Debug, Clone)]
pub struct TextFile(Rc<RefCell<Text>>);

#[derive(Debug)]
struct Text {
    name: String,
    newlines: Newlines,
    way: Way,
    /// Bytes that were read and are no whole character yet.
    raw: Vec<u8>,
    /// Text that was read and not given yet, from `at` on.
    ahead: String,
    at: usize,
    held: bool,
    ended: bool,
}

/// Where the text comes from, or goes.
#[derive(Debug)]
enum Way {
    Read(File),
    Input,
    Write(BufWriter<File>),
    Output,
    Errors,
    Closed,
}

/// Reads from a file.
pub fn open_read(path: &str, newlines: Newlines) -> Result<TextFile, Error> {
    let file = File::open(path).map_err(|error| os_error::at(&error, path))?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(os_error::numbered(21, path));
    }
    Ok(TextFile::new(path, newlines, Way::Read(file)))
}

/// Writes to a file, which is made, or emptied.
pub fn open_write(path: &str) -> Result<TextFile, Error> {
    let file = File::create(path).map_err(|error| os_error::at(&error, path))?;
    Ok(TextFile::new(path, Newlines::Unix, Way::Write(BufWriter::new(file))))
}

/// Writes after what a file holds.
pub fn open_append(path: &str) -> Result<TextFile, Error> {
    let opened = File::options().append(true).create(true).open(path);
    let file = opened.map_err(|error| os_error::at(&error, path))?;
    Ok(TextFile::new(path, Newlines::Unix, Way::Write(BufWriter::new(file))))
}

/// Writes to a file that must not be there yet.
pub fn open_new(path: &str) -> Result<TextFile, Error> {
    let file = File::create_new(path).map_err(|error| os_error::at(&error, path))?;
    Ok(TextFile::new(path, Newlines::Unix, Way::Write(BufWriter::new(file))))
}

thread_local! {
    static STDIN: TextFile = TextFile::new("<stdin>", Newlines::Unix, Way::Input);
}

/// `sys.stdin`.
pub fn stdin() -> TextFile {
    STDIN.with(TextFile::clone)
}

/// `sys.stdout`.
pub fn stdout() -> TextFile {
    TextFile::new("<stdout>", Newlines::Unix, Way::Output)
}

/// `sys.stderr`.
pub fn stderr() -> TextFile {
    TextFile::new("<stderr>", Newlines::Unix, Way::Errors)
}

/// `input()`.
pub fn input() -> Result<String, Error> {
    out::flush();
    let mut line = stdin().readline()?;
    if line.is_empty() {
        return Err(Error::EOFError("EOF when reading a line".to_string()));
    }
    if line.ends_with('\n') {
        line.pop();
    }
    Ok(line)
}

/// `input(prompt)`.
pub fn input_after(prompt: &str) -> Result<String, Error> {
    out::write(prompt);
    input()
}

impl TextFile {
    fn new(name: &str, newlines: Newlines, way: Way) -> TextFile {
        TextFile(Rc::new(RefCell::new(Text {
            name: name.to_string(),
            newlines,
            way,
            raw: Vec::new(),
            ahead: String::new(),
            at: 0,
            held: false,
            ended: false,
        })))
    }

    /// `file.name`.
    pub fn name(&self) -> String {
        self.0.borrow().name.clone()
    }

    /// `file.closed`.
    pub fn closed(&self) -> bool {
        matches!(self.0.borrow().way, Way::Closed)
    }

    /// `file.read()`.
    pub fn read(&self) -> Result<String, Error> {
        let mut text = self.0.borrow_mut();
        text.readable()?;
        text.rest()
    }

    /// `file.read(count)`: so many characters, fewer at the end; all of them for a negative count.
    pub fn read_some(&self, count: i64) -> Result<String, Error> {
        let mut text = self.0.borrow_mut();
        text.readable()?;
        let Ok(count) = usize::try_from(count) else {
            return text.rest();
        };
        while text.ahead[text.at..].chars().take(count).count() < count && text.fill()? {}
        let ahead = &text.ahead[text.at..];
        let end = ahead.char_indices().nth(count).map_or(ahead.len(), |(at, _)| at);
        Ok(text.take(end))
    }

    /// `file.readline()`; empty at the end.
    pub fn readline(&self) -> Result<String, Error> {
        let mut text = self.0.borrow_mut();
        text.readable()?;
        text.line()
    }

    /// `file.readlines()`.
    pub fn readlines(&self) -> Result<Vec<String>, Error> {
        self.lines()?.collect()
    }

    /// `iter(file)`.
    pub fn lines(&self) -> Result<Lines, Error> {
        let text = self.0.borrow();
        if let Way::Closed = text.way {
            text.readable()?;
        }
        Ok(Lines(self.clone()))
    }

    /// `file.write(text)`.
    pub fn write(&self, text: &str) -> Result<(), Error> {
        self.0.borrow_mut().write(text)
    }

    /// `file.writelines(lines)`.
    pub fn writelines<I: IntoIterator<Item: AsRef<str>>>(&self, lines: I) -> Result<(), Error> {
        lines.into_iter().try_for_each(|line| self.write(line.as_ref()))
    }

    /// `file.flush()`.
    pub fn flush(&self) -> Result<(), Error> {
        let mut text = self.0.borrow_mut();
        match &mut text.way {
            Way::Write(file) => file.flush().map_err(|error| os_error::plain(&error)),
            Way::Output => {
                out::flush();
                Ok(())
            }
            Way::Closed => Err(closed()),
            Way::Read(_) | Way::Input | Way::Errors => Ok(()),
        }
    }

    /// `file.close()`.
    pub fn close(&self) -> Result<(), Error> {
        match std::mem::replace(&mut self.0.borrow_mut().way, Way::Closed) {
            Way::Write(mut file) => file.flush().map_err(|error| os_error::plain(&error)),
            Way::Output => {
                out::flush();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// What closes the file when it is dropped: the `with` of a file.
    pub fn closing(&self) -> Closing {
        Closing(self.clone())
    }
}

/// The lines of a text file, as they are read.
#[derive(Debug, Clone)]
pub struct Lines(TextFile);

impl Iterator for Lines {
    type Item = Result<String, Error>;

    fn next(&mut self) -> Option<Result<String, Error>> {
        match self.0.readline() {
            Ok(line) if line.is_empty() => None,
            found => Some(found),
        }
    }
}

/// Closes a file at the end of the block that it was opened for, however that is left.
#[derive(Debug)]
#[must_use = "dropped at once, it closes the file"]
pub struct Closing(TextFile);

impl Closing {
    /// The end of the block: what can't be written raises here.
    pub fn finish(self) -> Result<(), Error> {
        self.0.close()
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        // The error that leaves the block is the one that counts.
        let _ = self.0.close();
    }
}

fn closed() -> Error {
    Error::ValueError("I/O operation on closed file.".to_string())
}

impl Text {
    fn readable(&self) -> Result<(), Error> {
        match self.way {
            Way::Read(_) | Way::Input => Ok(()),
            Way::Closed => Err(closed()),
            _ => Err(Error::UnsupportedOperation("not readable".to_string())),
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        match &mut self.way {
            Way::Write(file) => file.write_all(text.as_bytes()).map_err(|error| os_error::plain(&error)),
            Way::Output => {
                out::write(text);
                Ok(())
            }
            Way::Errors => {
                let mut stream = std::io::stderr();
                stream.write_all(text.as_bytes()).map_err(|error| os_error::plain(&error))
            }
            Way::Closed => Err(closed()),
            Way::Read(_) | Way::Input => Err(Error::UnsupportedOperation("not writable".to_string())),
        }
    }

    /// Reads on by one piece; false at the end.
    fn fill(&mut self) -> Result<bool, Error> {
        if self.ended {
            return Ok(false);
        }
        let start = self.raw.len();
        self.raw.resize(start + PIECE, 0);
        let read = match &mut self.way {
            Way::Read(file) => file.read(&mut self.raw[start..]),
            _ => std::io::stdin().read(&mut self.raw[start..]),
        };
        let count = read.map_err(|error| os_error::plain(&error))?;
        self.raw.truncate(start + count);
        self.ended = count == 0;
        let piece = if self.ended {
            decoding::utf8(&std::mem::take(&mut self.raw))?
        } else {
            decoding::utf8_piece(&mut self.raw)?
        };
        self.add(piece);
        Ok(true)
    }

    fn add(&mut self, piece: String) {
        let piece = self.newlines.translate(piece, &mut self.held, self.ended);
        self.ahead.drain(..self.at);
        self.at = 0;
        self.ahead.push_str(&piece);
    }

    /// All that is left.
    fn rest(&mut self) -> Result<String, Error> {
        let mut data = std::mem::take(&mut self.raw);
        let read = match &mut self.way {
            Way::Read(file) => file.read_to_end(&mut data),
            _ => std::io::stdin().read_to_end(&mut data),
        };
        read.map_err(|error| os_error::plain(&error))?;
        self.ended = true;
        let piece = decoding::utf8(&data)?;
        self.add(piece);
        let end = self.ahead.len();
        Ok(self.take(end))
    }

    fn line(&mut self) -> Result<String, Error> {
        loop {
            let found = self.newlines.line(&self.ahead[self.at..], self.ended);
            match found {
                Some(end) => return Ok(self.take(end)),
                None if !self.fill()? => return Ok(String::new()),
                None => {}
            }
        }
    }

    /// The next bytes of what was read.
    fn take(&mut self, length: usize) -> String {
        let start = self.at;
        self.at += length;
        self.ahead[start..self.at].to_string()
    }
}
