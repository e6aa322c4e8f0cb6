//! `fractions.Fraction` to a quotient of integers of any size and back.

use crate::convert::{Declined, Object, Owned, PyType, Taken};
use crate::convert_big::Big;
use crate::library::{LibraryClass, attribute};
use num_rational::BigRational;

pub struct Frac;

static FRACTION: LibraryClass = LibraryClass::new(c"fractions", c"Fraction");

impl PyType for Frac {
    type Rust = BigRational;

    fn take(object: Object) -> Taken<BigRational> {
        if !FRACTION.fits(object)? {
            return Err(Declined);
        }
        let numerator = Big::take(attribute(object, c"numerator")?.get())?;
        let denominator = Big::take(attribute(object, c"denominator")?.get())?;
        // Python keeps fractions in lowest terms as well.
        Ok(BigRational::new_raw(numerator, denominator))
    }

    fn give(value: &BigRational) -> Taken<Owned> {
        let (numerator, denominator) = (Big::give(value.numer())?, Big::give(value.denom())?);
        FRACTION.make([numerator.get(), denominator.get()])
    }

    fn is(value: &BigRational, object: Object) -> bool {
        Frac::take(object).is_ok_and(|found| found == *value)
    }
}
