//! Running as a program: arguments, exit status, and what is said of an error that nobody caught.

use crate::error::Error;
use crate::runtime::decline::{self, Decline};
use crate::runtime::out;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::LazyLock;

/// Room for as many nested calls as Python allows.
const STACK: usize = 1 << 28;

static ARGUMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let known = std::env::args_os().map(|one| one.into_string());
    known.map(|one| one.unwrap_or_else(|_| decline::decline("an argument that is not UTF-8"))).collect()
});

/// `sys.argv`.
pub fn arguments() -> &'static [String] {
    &ARGUMENTS
}

/// `sys.exit(status)`.
pub fn exit(status: i64) -> Error {
    Error::SystemExit { message: status.to_string(), status: Some(status) }
}

/// `sys.exit(status)` of a status that may be None, which the exception shows as the text.
pub fn exit_with(status: Option<i64>, none: &str) -> Error {
    match status {
        Some(status) => exit(status),
        None => Error::SystemExit { message: none.to_string(), status: Some(0) },
    }
}

/// `sys.exit()`.
pub fn leave() -> Error {
    Error::SystemExit { message: String::new(), status: Some(0) }
}

/// `sys.exit(failed)`.
pub fn exit_flag(failed: bool) -> Error {
    let message = if failed { "True" } else { "False" };
    Error::SystemExit { message: message.to_string(), status: Some(i64::from(failed)) }
}

/// `sys.exit(message)`: the message is shown, and the status is 1.
pub fn exit_saying(message: &str) -> Error {
    Error::SystemExit { message: message.to_string(), status: None }
}

/// Runs a program. `show` gives an error as Python shows it in the last line of a traceback.
pub fn run(body: fn() -> Result<(), Error>, show: fn(&Error) -> String) -> ExitCode {
    let running = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        decline::allow_depth(1000);
        out::wait();
        panic::set_hook(Box::new(|_| {}));
        let outcome = panic::catch_unwind(AssertUnwindSafe(body));
        let code = outcome.map_or_else(|cause| stopped(&*cause), |ended| finish(ended, show));
        out::flush();
        code
    });
    match running.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => ExitCode::from(code),
        _ => ExitCode::from(STOPPED),
    }
}

/// The status of a program that met what its Rust can't do.
const STOPPED: u8 = 101;

fn finish(ended: Result<(), Error>, show: fn(&Error) -> String) -> u8 {
    match ended {
        Ok(()) => 0,
        Err(Error::SystemExit { status: Some(status), .. }) => (status & 0xff) as u8,
        Err(Error::SystemExit { message, .. }) => {
            eprintln!("{message}");
            1
        }
        // A program may have no other errors.
        #[allow(unreachable_patterns)]
        Err(error) => {
            eprintln!("{}", show(&error));
            1
        }
    }
}

/// Tells why the Rust went no further: this is never what the Python would have done.
fn stopped(cause: &(dyn std::any::Any + Send)) -> u8 {
    let why = match (cause.downcast_ref::<Decline>(), cause.downcast_ref::<&str>()) {
        (Some(declined), _) => declined.0,
        (None, Some(text)) => text,
        (None, None) => cause.downcast_ref::<String>().map_or("a panic", String::as_str),
    };
    out::flush();
    eprintln!("stopped, since the Rust can't go on as Python would: {why}");
    STOPPED
}

/// The last line of a traceback: `ValueError: message`, or the name alone where there is no message.
pub fn shown(name: &str, message: &str) -> String {
    if message.is_empty() { name.to_string() } else { format!("{name}: {message}") }
}
