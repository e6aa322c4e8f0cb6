//! What a candidate prints, taken at the file descriptors, so that every way to print is seen.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::OnceLock;

const STREAMS: [i32; 2] = [1, 2];
/// Bytes of one call's text that are looked at; the rest is not needed to tell that it is too much.
const MOST: u64 = 2 << 20;

unsafe extern "C" {
    fn dup(descriptor: i32) -> i32;
    fn dup2(from: i32, to: i32) -> i32;
}

/// The file that stands in for standard output and error during a call, and what stands there otherwise.
struct Capture {
    file: File,
    usual: [OwnedFd; 2],
}

static CAPTURE: OnceLock<io::Result<Capture>> = OnceLock::new();

/// From now on what is printed goes to a file of ours.
pub fn begin_capture() {
    if let Ok(capture) = CAPTURE.get_or_init(open) {
        let _ = io::stdout().flush();
        for stream in STREAMS {
            unsafe { dup2(capture.file.as_raw_fd(), stream) };
        }
    }
}

/// Gives the streams back, and what was printed since.
pub fn take_capture() -> String {
    match CAPTURE.get_or_init(open) {
        Ok(capture) => {
            let _ = io::stdout().flush();
            for (stream, usual) in STREAMS.iter().zip(&capture.usual) {
                unsafe { dup2(usual.as_raw_fd(), *stream) };
            }
            text(&capture.file).unwrap_or_else(|error| format!("printed text was lost: {error}"))
        }
        Err(error) => format!("printed text can't be taken: {error}"),
    }
}

/// What stands in the file, which is empty afterwards. Its place is shared with the streams.
fn text(mut file: &File) -> io::Result<String> {
    if file.stream_position()? == 0 {
        return Ok(String::new());
    }
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes)?;
    file.set_len(0)?;
    file.rewind()?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn open() -> io::Result<Capture> {
    let path = std::env::temp_dir().join(format!("printed-{}", std::process::id()));
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(Capture {
        file,
        usual: [keep(1)?, keep(2)?],
    })
}

/// A second descriptor of a stream.
fn keep(stream: i32) -> io::Result<OwnedFd> {
    let copy = unsafe { dup(stream) };
    if copy < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(unsafe { OwnedFd::from_raw_fd(copy) })
}
