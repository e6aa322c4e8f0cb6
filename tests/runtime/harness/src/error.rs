//! The `Error` of a generated crate, with the variants that the runtime raises.

use serde_json::{Value, json};

macro_rules! errors {
    ($($name:ident),*) => {
        /// A Python exception.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::enum_variant_names)]
        pub enum Error {
            $($name(String)),*
        }

        impl Error {
            /// The class and the text.
            pub fn answer(self) -> Value {
                match self {
                    $(Error::$name(text) => json!({"raised": [stringify!($name), text]})),*
                }
            }
        }
    };
}

errors!(
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
    ZeroDivisionError
);
