//! Python's `csv` in its usual dialect, with a delimiter and a quote character of one's own. What Python refuses declines.

use crate::runtime::decline::decline;
use crate::runtime::dict::Dict;
use crate::runtime::string_io::StringIo;

/// Python's limit of a field.
const LONGEST: usize = 131_072;

/// Where in a record a reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    StartRecord,
    StartField,
    InField,
    InQuoted,
    QuoteInQuoted,
    AfterBreak,
}

/// A record as it is read.
struct Record {
    fields: Vec<String>,
    field: String,
    state: State,
}

impl Record {
    fn save(&mut self, next: State) {
        if self.field.len() > LONGEST {
            decline("a field that is very long");
        }
        self.fields.push(std::mem::take(&mut self.field));
        self.state = next;
    }

    fn add(&mut self, c: char, next: State) {
        self.field.push(c);
        self.state = next;
    }

    /// Takes one character, or the end of a line.
    fn take(&mut self, c: Option<char>, delimiter: char, quote: char) {
        let is_break = matches!(c, None | Some('\n' | '\r'));
        let after = if c.is_none() { State::StartRecord } else { State::AfterBreak };
        match (self.state, c) {
            (State::StartRecord, None) => {}
            (State::StartRecord, _) if is_break => self.state = State::AfterBreak,
            (State::InQuoted, None) => {}
            (State::InQuoted, Some(c)) if c == quote => self.state = State::QuoteInQuoted,
            (State::InQuoted, Some(c)) => self.field.push(c),
            (State::QuoteInQuoted, Some(c)) if c == quote => self.add(c, State::InQuoted),
            (State::AfterBreak, None) => self.state = State::StartRecord,
            (State::AfterBreak, Some('\n' | '\r')) => {}
            (State::AfterBreak, Some(_)) => decline("a line break inside a line"),
            (_, _) if is_break => self.save(after),
            (_, Some(c)) if c == delimiter => self.save(State::StartField),
            (State::StartRecord | State::StartField, Some(c)) if c == quote => self.state = State::InQuoted,
            (_, Some(c)) => self.add(c, State::InField),
            (_, None) => {}
        }
    }
}

/// `csv.reader(lines)`: all of its rows.
pub fn read<T: AsRef<str>>(lines: &[T], delimiter: char, quote: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut record = Record {
        fields: Vec::new(),
        field: String::new(),
        state: State::StartRecord,
    };
    for line in lines {
        for c in line.as_ref().chars() {
            record.take(Some(c), delimiter, quote);
        }
        record.take(None, delimiter, quote);
        if record.state == State::StartRecord {
            rows.push(std::mem::take(&mut record.fields));
        }
    }
    if !record.field.is_empty() || record.state == State::InQuoted {
        record.save(State::StartRecord);
        rows.push(record.fields);
    }
    rows
}

/// `csv.DictReader(lines)`: rows that are longer or shorter than the first decline.
pub fn read_dicts<T: AsRef<str>>(lines: &[T], delimiter: char, quote: char) -> Vec<Dict<String, String>> {
    let mut rows = read(lines, delimiter, quote).into_iter();
    let Some(names) = rows.next() else {
        return Vec::new();
    };
    let filled = rows.filter(|row| !row.is_empty());
    filled
        .map(|row| {
            if row.len() != names.len() {
                decline("a row of another length than the first");
            }
            names.iter().cloned().zip(row).collect()
        })
        .collect()
}

/// `csv.writer(out)`.
#[derive(Debug)]
pub struct Writer<'a> {
    out: &'a mut StringIo,
    delimiter: char,
    quote: char,
    end: &'static str,
}

impl<'a> Writer<'a> {
    /// A writer whose lines end in `end`.
    pub fn new(out: &'a mut StringIo, delimiter: char, quote: char, end: &'static str) -> Writer<'a> {
        Writer {
            out,
            delimiter,
            quote,
            end,
        }
    }

    /// `writer.writerow(row)`.
    pub fn row<T: AsRef<str>>(&mut self, row: &[T]) {
        let mut line = String::new();
        for (place, field) in row.iter().enumerate() {
            if place > 0 {
                line.push(self.delimiter);
            }
            self.field(&mut line, field.as_ref());
        }
        if line.is_empty() && !row.is_empty() {
            line.extend([self.quote, self.quote]);
        }
        line.push_str(self.end);
        self.out.write(&line);
    }

    /// `writer.writerows(rows)`.
    pub fn rows<T: AsRef<str>>(&mut self, rows: &[Vec<T>]) {
        for row in rows {
            self.row(row);
        }
    }

    fn field(&self, line: &mut String, field: &str) {
        if self.end == "\n" && field.contains('\r') {
            decline("a carriage return, which versions of Python quote in their own ways");
        }
        let marked = [self.delimiter, self.quote, '\n', '\r'];
        if !field.contains(marked) {
            line.push_str(field);
            return;
        }
        line.push(self.quote);
        for c in field.chars() {
            if c == self.quote {
                line.push(c);
            }
            line.push(c);
        }
        line.push(self.quote);
    }
}
