//! Base classes in another module: their methods are built with the names of the module that wrote them.

use crate::imports;
use crate::runtime::int;
use crate::runtime::text;

pub const UNIT: &str = "mm";

#[derive(Debug, Clone)]
pub struct DerivedBox {
    pub name: String,
    pub side: i64,
}

impl DerivedBox {
    pub const PREFIX: &'static str = "the ";

    pub fn new(name: &str, side: i64) -> DerivedBox {
        DerivedBox {
            name: name.to_string(),
            side,
        }
    }

    pub fn size(&self) -> i64 {
        int::pow(self.side, 3)
    }

    pub fn suffix(&self) -> String {
        "!".to_string()
    }

    pub fn title(&self) -> String {
        // What is called here is looked up in the class of the instance.
        format!("{}{}{}", DerivedBox::PREFIX, self.name, self.suffix())
    }

    pub fn shown() -> String {
        text::upper(DerivedBox::PREFIX)
    }

    pub fn label(&self, factor: i64) -> String {
        format!(
            "{}{}",
            imports::bases::doubled(self.size()).strict_mul(factor),
            imports::bases::UNIT
        )
    }

    pub fn scale(size: i64) -> i64 {
        imports::bases::doubled(size).strict_add(imports::bases::UNIT.chars().count() as i64)
    }
}

#[derive(Debug, Clone)]
pub struct Crate {
    pub name: String,
    pub side: i64,
}

impl Crate {
    pub const PREFIX: &'static str = "a ";

    pub fn new(name: &str, side: i64) -> Crate {
        Crate {
            name: name.to_string(),
            side,
        }
    }

    pub fn size(&self) -> i64 {
        int::pow(self.side, 3)
    }

    pub fn suffix(&self) -> String {
        "!".to_string()
    }

    pub fn named_title(&self) -> String {
        // What is called here is looked up in the class of the instance.
        format!("{}{}{}", Crate::PREFIX, self.name, self.suffix())
    }

    pub fn title(&self) -> String {
        format!("{}{UNIT}", self.named_title())
    }

    pub fn shown() -> String {
        text::upper(Crate::PREFIX)
    }

    pub fn label(&self, factor: i64) -> String {
        format!(
            "{}{}",
            imports::bases::doubled(self.size()).strict_mul(factor),
            imports::bases::UNIT
        )
    }

    pub fn scale(size: i64) -> i64 {
        imports::bases::doubled(size).strict_add(imports::bases::UNIT.chars().count() as i64)
    }
}

#[derive(Debug, Clone)]
pub struct Left {
    pub name: String,
}

impl Left {
    pub const PREFIX: &'static str = "the ";

    pub fn new(name: &str) -> Left {
        Left {
            name: name.to_string(),
        }
    }

    pub fn title(&self) -> String {
        // What is called here is looked up in the class of the instance.
        format!("{}{}{}", Left::PREFIX, self.name, self.suffix())
    }

    pub fn named_suffix(&self) -> String {
        String::new()
    }

    pub fn shown() -> String {
        text::upper(Left::PREFIX)
    }

    pub fn suffix(&self) -> String {
        format!("{}l", self.named_suffix())
    }
}

#[derive(Debug, Clone)]
pub struct Right {
    pub name: String,
}

impl Right {
    pub const PREFIX: &'static str = "the ";

    pub fn new(name: &str) -> Right {
        Right {
            name: name.to_string(),
        }
    }

    pub fn title(&self) -> String {
        // What is called here is looked up in the class of the instance.
        format!("{}{}{}", Right::PREFIX, self.name, self.suffix())
    }

    pub fn named_suffix(&self) -> String {
        String::new()
    }

    pub fn shown() -> String {
        text::upper(Right::PREFIX)
    }

    pub fn suffix(&self) -> String {
        format!("{}r", self.named_suffix())
    }
}

/// `Left.suffix` goes on in `Right`: the order of the bases is that of the class of the instance.
#[derive(Debug, Clone)]
pub struct Both {
    pub name: String,
}

impl Both {
    pub const PREFIX: &'static str = "the ";

    pub fn new(name: &str) -> Both {
        Both {
            name: name.to_string(),
        }
    }

    pub fn title(&self) -> String {
        // What is called here is looked up in the class of the instance.
        format!("{}{}{}", Both::PREFIX, self.name, self.suffix())
    }

    pub fn named_suffix(&self) -> String {
        String::new()
    }

    pub fn shown() -> String {
        text::upper(Both::PREFIX)
    }

    pub fn suffix(&self) -> String {
        format!("{}l", self.right_suffix())
    }

    pub fn right_suffix(&self) -> String {
        format!("{}r", self.named_suffix())
    }
}

pub fn boxed(name: &str, side: i64) -> (String, String, String, i64) {
    let box_ = DerivedBox::new(name, side);
    (
        box_.title(),
        box_.label(2),
        box_.label(3),
        DerivedBox::scale(side),
    )
}

pub fn crated(name: &str, side: i64) -> (String, String, String) {
    let crate_ = Crate::new(name, side);
    (
        crate_.title(),
        crate_.label(2),
        format!("{}{}", Crate::shown(), DerivedBox::shown()),
    )
}

pub fn both(name: &str) -> String {
    Both::new(name).title()
}
