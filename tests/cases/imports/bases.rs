//! Classes that classes of another module inherit from.

use crate::runtime::text;

pub const UNIT: &str = "cm";

pub fn doubled(value: i64) -> i64 {
    value.strict_mul(2)
}

#[derive(Debug, Clone)]
pub struct Named {
    pub name: String,
}

impl Named {
    pub const PREFIX: &'static str = "the ";

    pub fn new(name: &str) -> Named {
        Named {
            name: name.to_string(),
        }
    }

    pub fn title(&self) -> String {
        // What is called here is looked up in the class of the instance.
        format!("{}{}{}", Named::PREFIX, self.name, self.suffix())
    }

    pub fn suffix(&self) -> String {
        String::new()
    }

    pub fn shown() -> String {
        text::upper(Named::PREFIX)
    }
}
