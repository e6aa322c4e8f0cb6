//! Python's generators: bodies that pause at each value they yield.
//!
//! rustc turns the body of an `async` closure into a struct of its live variables that runs from pause to
//! pause. A generator polls that struct itself, with a waker that does nothing; there is no executor.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::iter::FusedIterator;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Where a body puts what it yields.
pub struct Yields<T>(Rc<Cell<Option<T>>>);

impl<T> Yields<T> {
    /// Yields a value: the body goes on when the next one is asked for.
    pub fn give(&self, value: T) -> impl Future<Output = ()> {
        self.0.set(Some(value));
        let mut paused = false;
        poll_fn(move |_| {
            if paused {
                Poll::Ready(())
            } else {
                paused = true;
                Poll::Pending
            }
        })
    }
}

/// An iterator over what a body yields. Nothing of the body runs before the first `next`.
///
/// `R` is what the body ends with: `()`, or a `Result` where it can raise. Then items are `Result`s, and an
/// error is the last of them.
pub struct Generator<'a, T, R = ()> {
    body: Option<Pin<Box<dyn Future<Output = R> + 'a>>>,
    given: Rc<Cell<Option<T>>>,
}

impl<'a, T: 'a, R> Generator<'a, T, R> {
    /// A generator of an `async` closure.
    pub fn new<F: Future<Output = R> + 'a>(body: impl FnOnce(Yields<T>) -> F) -> Generator<'a, T, R> {
        let given = Rc::new(Cell::new(None));
        let body = body(Yields(Rc::clone(&given)));
        Generator {
            body: Some(Box::pin(body)),
            given,
        }
    }
}

impl<T, R> Generator<'_, T, R> {
    /// Runs to the next value, or to the end; None once that was reached.
    fn resume(&mut self) -> Option<Result<T, R>> {
        let body = self.body.as_mut()?;
        match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => self.given.take().map(Ok),
            Poll::Ready(end) => {
                self.body = None;
                Some(Err(end))
            }
        }
    }
}

impl<T> Iterator for Generator<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.resume()?.ok()
    }
}

impl<T, E> Iterator for Generator<'_, T, Result<(), E>> {
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Result<T, E>> {
        match self.resume()? {
            Ok(value) => Some(Ok(value)),
            Err(end) => end.err().map(Err),
        }
    }
}

impl<T> FusedIterator for Generator<'_, T> {}
impl<T, E> FusedIterator for Generator<'_, T, Result<(), E>> {}
