//! Python's shared generator, `random._inst`, from which Rust draws word by word.
//!
//! A call that declines winds it back: the words that it drew are drawn again by the original.

use crate::convert::{Declined, Float, Int, Object, Owned, PyType, Taken, is_exactly, is_none};
use crate::tables::HOST;
use pyo3_ffi as ffi;
use std::cell::RefCell;
use std::ffi::CStr;
use std::ptr;
use std::sync::OnceLock;

const SIZE: usize = 624;
const MIDDLE: usize = 397;
const UPPER: u32 = 0x8000_0000;
const ODD: u32 = 0x9908_b0df;

/// The generator as one call found it, and the methods that it drew with.
struct Generator {
    itself: Owned,
    word: Option<Owned>,
    real: Option<Owned>,
}

/// What one call has drawn.
#[derive(Default)]
struct Draws {
    generator: Option<Generator>,
    words: u64,
    /// What `gauss_next` was before the call first changed it.
    normal: Option<Owned>,
}

thread_local! {
    /// One for each call under way, the innermost last.
    static CALLS: RefCell<Vec<Draws>> = const { RefCell::new(Vec::new()) };
}

/// How Rust draws from Python's generator.
pub const fn generator() -> HOST {
    HOST {
        word,
        real,
        exchange_normal,
    }
}

/// Begins a call.
pub fn begin() {
    CALLS.with_borrow_mut(|calls| calls.push(Draws::default()));
}

/// Ends a call; one that declined has drawn nothing. False with an exception set where that fails.
pub fn end(answered: bool) -> bool {
    let Some(draws) = CALLS.with_borrow_mut(Vec::pop) else {
        return true;
    };
    if answered {
        CALLS.with_borrow_mut(|calls| {
            if let Some(outer) = calls.last_mut() {
                outer.words += draws.words;
                outer.generator = outer.generator.take().or(draws.generator);
                outer.normal = outer.normal.take().or(draws.normal);
            }
        });
        return true;
    }
    let raised = Raised::fetch();
    let done = undo(&draws).is_ok();
    if done {
        raised.restore();
    }
    done
}

/// The exception that is set, put aside while Python is called.
struct Raised(Object, Object, Object);

impl Raised {
    fn fetch() -> Raised {
        let mut raised = Raised(ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
        unsafe { ffi::PyErr_Fetch(&mut raised.0, &mut raised.1, &mut raised.2) };
        raised
    }

    fn restore(self) {
        unsafe { ffi::PyErr_Restore(self.0, self.1, self.2) };
    }
}

fn word() -> Option<u32> {
    drawn(1, |generator| {
        let method = method(&generator.itself, &mut generator.word, known()?.getrandbits)?;
        let found = called(method, Some(known()?.bits))?;
        u32::try_from(Int::take(found.get())?).map_err(|_| Declined)
    })
}

fn real() -> Option<f64> {
    drawn(2, |generator| {
        let method = method(&generator.itself, &mut generator.real, known()?.random)?;
        Float::take(called(method, None)?.get())
    })
}

fn exchange_normal(kept: Option<f64>) -> Option<Option<f64>> {
    let before = drawn(0, |generator| {
        let itself = generator.itself.get();
        let before = attribute(itself, c"gauss_next")?;
        let fresh = match kept {
            Some(kept) => Float::give(&kept)?,
            None => Owned::share(unsafe { ffi::Py_None() }),
        };
        set_normal(itself, &fresh)?;
        Ok(before)
    })?;
    let number = if is_none(before.get()) {
        None
    } else {
        Some(Float::take(before.get()).ok()?)
    };
    CALLS.with_borrow_mut(|calls| {
        if let Some(draws) = calls.last_mut() {
            draws.normal.get_or_insert(before);
        }
    });
    Some(number)
}

/// What a draw of so many words gives in the call under way.
fn drawn<T>(words: u64, draw: impl FnOnce(&mut Generator) -> Taken<T>) -> Option<T> {
    CALLS.with_borrow_mut(|calls| {
        let draws = calls.last_mut()?;
        if draws.generator.is_none() {
            draws.generator = Some(found().ok()?);
        }
        let value = draw(draws.generator.as_mut()?).ok()?;
        draws.words += words;
        Some(value)
    })
}

/// The module `random` and what is looked up in it, found once and kept as long as the process lives.
struct Known {
    module: Object,
    class: Object,
    inst: Object,
    getrandbits: Object,
    random: Object,
    bits: Object,
}

// They are never changed, and used only under the interpreter's lock.
unsafe impl Send for Known {}
unsafe impl Sync for Known {}

static KNOWN: OnceLock<Known> = OnceLock::new();

fn known() -> Taken<&'static Known> {
    if let Some(known) = KNOWN.get() {
        return Ok(known);
    }
    let module = Owned::new(unsafe { ffi::PyImport_ImportModule(c"random".as_ptr()) })?;
    let class = attribute(module.get(), c"Random")?;
    let (inst, getrandbits) = (interned(c"_inst")?, interned(c"getrandbits")?);
    let (random, bits) = (interned(c"random")?, Int::give(&32)?);
    Ok(KNOWN.get_or_init(|| Known {
        module: module.into_raw(),
        class: class.into_raw(),
        inst: inst.into_raw(),
        getrandbits: getrandbits.into_raw(),
        random: random.into_raw(),
        bits: bits.into_raw(),
    }))
}

fn interned(name: &CStr) -> Taken<Owned> {
    Owned::new(unsafe { ffi::PyUnicode_InternFromString(name.as_ptr()) })
}

/// The generator of the module `random`, where nothing stands in for it.
fn found() -> Taken<Generator> {
    let known = known()?;
    let itself = Owned::new(unsafe { ffi::PyObject_GetAttr(known.module, known.inst) })?;
    if !is_exactly(itself.get(), known.class.cast()) {
        return Err(Declined);
    }
    Ok(Generator {
        itself,
        word: None,
        real: None,
    })
}

/// A method of the generator, looked up at its first use.
fn method<'a>(itself: &Owned, kept: &'a mut Option<Owned>, name: Object) -> Taken<&'a Owned> {
    if kept.is_none() {
        *kept = Some(Owned::new(unsafe {
            ffi::PyObject_GetAttr(itself.get(), name)
        })?);
    }
    kept.as_ref().ok_or(Declined)
}

fn attribute(object: Object, name: &CStr) -> Taken<Owned> {
    Owned::new(unsafe { ffi::PyObject_GetAttrString(object, name.as_ptr()) })
}

fn called(function: &Owned, argument: Option<Object>) -> Taken<Owned> {
    let end = ptr::null_mut::<ffi::PyObject>();
    let first = argument.unwrap_or(end);
    Owned::new(unsafe { ffi::PyObject_CallFunctionObjArgs(function.get(), first, end) })
}

fn set_normal(itself: Object, value: &Owned) -> Taken<()> {
    let done =
        unsafe { ffi::PyObject_SetAttrString(itself, c"gauss_next".as_ptr(), value.get()) };
    if done == 0 { Ok(()) } else { Err(Declined) }
}

/// Winds the generator back over all that was drawn.
fn undo(draws: &Draws) -> Taken<()> {
    let Some(generator) = &draws.generator else {
        return Ok(());
    };
    if let Some(normal) = &draws.normal {
        set_normal(generator.itself.get(), normal)?;
    }
    if draws.words == 0 {
        return Ok(());
    }
    // The methods of the C class: those of `random.Random` go through the words one by one, in Python.
    let module = Owned::new(unsafe { ffi::PyImport_ImportModule(c"_random".as_ptr()) })?;
    let class = attribute(module.get(), c"Random")?;
    let get_state = attribute(class.get(), c"getstate")?;
    let state = called(&get_state, Some(generator.itself.get()))?;
    let mut words = [0; SIZE];
    for (place, word) in words.iter_mut().enumerate() {
        *word = number(&state, place)?;
    }
    let place = wound_back(&mut words, number(&state, SIZE)?, draws.words);
    let before = Owned::new(unsafe { ffi::PyTuple_New(SIZE as isize + 1) })?;
    for (at, word) in (0..).zip(words.into_iter().chain([place])) {
        unsafe { ffi::PyTuple_SetItem(before.get(), at, Int::give(&word.into())?.into_raw()) };
    }
    let set_state = attribute(class.get(), c"setstate")?;
    Owned::new(unsafe {
        ffi::PyObject_CallFunctionObjArgs(
            set_state.get(),
            generator.itself.get(),
            before.get(),
            ptr::null_mut::<ffi::PyObject>(),
        )
    })?;
    Ok(())
}

fn number(tuple: &Owned, place: usize) -> Taken<u32> {
    let item = Owned::new(unsafe { ffi::PySequence_GetItem(tuple.get(), place as isize) })?;
    u32::try_from(Int::take(item.get())?).map_err(|_| Declined)
}

/// Takes words back, block by block; gives the place in the block where the next word is read.
fn wound_back(words: &mut [u32; SIZE], place: u32, drawn: u64) -> u32 {
    let (mut place, mut left) = (u64::from(place), drawn);
    while left > place {
        left -= place;
        *words = block_before(words);
        place = SIZE as u64;
    }
    (place - left) as u32
}

/// The block of words that this one was made of.
///
/// `words[i]` was made of the old words `i`, `i + 1` and `i + MIDDLE`: of the first the upper bit, of the second
/// the lower bits.
fn block_before(words: &[u32; SIZE]) -> [u32; SIZE] {
    let mut old = [0; SIZE];
    for i in (0..SIZE).rev() {
        let far = if i + MIDDLE < SIZE {
            old[i + MIDDLE]
        } else {
            words[i + MIDDLE - SIZE]
        };
        let mixed = unmixed(words[i] ^ far);
        old[i] |= mixed & UPPER;
        if i + 1 < SIZE {
            old[i + 1] |= mixed & !UPPER;
        }
    }
    // Of the first word only the upper bit went into the next block; the last one was made with the others.
    old[0] |= unmixed(old[SIZE - 1] ^ old[MIDDLE - 1]) & !UPPER;
    old
}

fn unmixed(word: u32) -> u32 {
    if word & UPPER == 0 {
        word << 1
    } else {
        (word ^ ODD) << 1 | 1
    }
}
