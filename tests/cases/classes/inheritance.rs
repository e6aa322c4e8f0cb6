//! Base classes: what is inherited, overridden and reached by `super()`; a base whose methods are abstract.

use crate::error::Error;
use crate::runtime::seq;
use crate::runtime::text;

/// Any animal.
#[derive(Debug, Clone)]
pub struct Animal {
    pub name: String,
    pub legs: i64,
    pub log: Vec<String>,
}

impl Animal {
    pub fn new(name: &str, legs: i64) -> Result<Animal, Error> {
        if name.is_empty() {
            return Err(Error::ValueError("no name".to_string()));
        }
        Ok(Animal {
            name: name.to_string(),
            legs,
            log: Vec::new(),
        })
    }

    pub fn sound(&self) -> String {
        "...".to_string()
    }

    /// What it says of itself.
    pub fn greet(&mut self, loud: bool) -> String {
        self.log.push(self.name.clone());
        let text = format!("{}: {} on {}", self.name, self.sound(), self.legs);
        if loud {
            text::upper(&text)
        } else {
            text.clone()
        }
    }

    pub fn initial(&self) -> Result<String, Error> {
        Ok(text::char_at(&self.name, 0)?.to_string())
    }

    pub fn kingdom(n: i64) -> String {
        text::repeat("animals", n)
    }

    pub fn length(&self) -> i64 {
        self.legs
    }
}

/// Barks.
#[derive(Debug, Clone)]
pub struct Dog {
    pub name: String,
    pub legs: i64,
    pub log: Vec<String>,
    pub breed: String,
}

impl Dog {
    /// What it says of itself.
    pub fn animal_greet(&mut self, loud: bool) -> String {
        self.log.push(self.name.clone());
        let text = format!("{}: {} on {}", self.name, self.sound(), self.legs);
        if loud {
            text::upper(&text)
        } else {
            text.clone()
        }
    }

    pub fn initial(&self) -> Result<String, Error> {
        Ok(text::char_at(&self.name, 0)?.to_string())
    }

    pub fn kingdom(n: i64) -> String {
        text::repeat("animals", n)
    }

    pub fn length(&self) -> i64 {
        self.legs
    }

    pub fn new(name: &str, breed: &str) -> Result<Dog, Error> {
        let legs: i64 = 4;
        if name.is_empty() {
            return Err(Error::ValueError("no name".to_string()));
        }
        Ok(Dog {
            name: name.to_string(),
            legs,
            log: Vec::new(),
            breed: breed.to_string(),
        })
    }

    pub fn sound(&self) -> String {
        "Wuff".to_string()
    }

    pub fn greet(&mut self, loud: bool) -> String {
        format!("{}!{}", self.animal_greet(loud), self.breed)
    }
}

#[derive(Debug, Clone)]
pub struct Puppy {
    pub name: String,
    pub legs: i64,
    pub log: Vec<String>,
    pub breed: String,
}

impl Puppy {
    /// What it says of itself.
    pub fn animal_greet(&mut self, loud: bool) -> String {
        self.log.push(self.name.clone());
        let text = format!("{}: {} on {}", self.name, self.sound(), self.legs);
        if loud {
            text::upper(&text)
        } else {
            text.clone()
        }
    }

    pub fn kingdom(n: i64) -> String {
        text::repeat("animals", n)
    }

    pub fn length(&self) -> i64 {
        self.legs
    }

    pub fn dog_sound(&self) -> String {
        "Wuff".to_string()
    }

    pub fn greet(&mut self, loud: bool) -> String {
        format!("{}!{}", self.animal_greet(loud), self.breed)
    }

    pub fn new(name: &str) -> Result<Puppy, Error> {
        let breed = "puppy";
        let legs: i64 = 4;
        if name.is_empty() {
            return Err(Error::ValueError("no name".to_string()));
        }
        let self_name = name;
        let mut self_legs = legs;
        let log: Vec<String> = Vec::new();
        let self_breed = breed;
        self_legs = self_legs.strict_sub(1);
        Ok(Puppy {
            name: self_name.to_string(),
            legs: self_legs,
            log,
            breed: self_breed.to_string(),
        })
    }

    pub fn sound(&self) -> String {
        text::lower(&self.dog_sound())
    }

    pub fn initial(&self) -> Result<String, Error> {
        Ok(text::char_at(&self.breed, 0)?.to_string())
    }
}

#[derive(Debug, Clone)]
pub struct Bird {
    pub name: String,
    pub legs: i64,
    pub log: Vec<String>,
}

impl Bird {
    pub fn new(name: &str, legs: i64) -> Result<Bird, Error> {
        if name.is_empty() {
            return Err(Error::ValueError("no name".to_string()));
        }
        Ok(Bird {
            name: name.to_string(),
            legs,
            log: Vec::new(),
        })
    }

    pub fn sound(&self) -> String {
        "...".to_string()
    }

    /// What it says of itself.
    pub fn greet(&mut self, loud: bool) -> String {
        self.log.push(self.name.clone());
        let text = format!("{}: {} on {}", self.name, self.sound(), self.legs);
        if loud {
            text::upper(&text)
        } else {
            text.clone()
        }
    }

    pub fn initial(&self) -> Result<String, Error> {
        Ok(text::char_at(&self.name, 0)?.to_string())
    }

    pub fn kingdom(n: i64) -> String {
        text::repeat("animals", n)
    }

    pub fn length(&self) -> i64 {
        self.legs
    }

    pub fn fly(&mut self) -> i64 {
        self.legs
            .strict_add(self.greet(false).chars().count() as i64)
    }
}

#[derive(Debug, Clone)]
pub struct Square {
    pub side: i64,
}

impl Square {
    pub fn describe(&self) -> String {
        format!("{} of {}", self.title(), self.area())
    }

    pub fn title(&self) -> String {
        "shape".to_string()
    }

    pub fn new(side: i64) -> Square {
        Square { side }
    }

    pub fn area(&self) -> i64 {
        self.side.strict_mul(self.side)
    }
}

#[derive(Debug, Clone)]
pub struct Cube {
    pub side: i64,
    pub name: String,
}

impl Cube {
    pub fn describe(&self) -> String {
        format!("{} of {}", self.title(), self.area())
    }

    pub fn square_area(&self) -> i64 {
        self.side.strict_mul(self.side)
    }

    pub fn new(side: i64, name: &str) -> Cube {
        Cube {
            name: name.to_string(),
            side,
        }
    }

    pub fn area(&self) -> i64 {
        6_i64.strict_mul(self.square_area())
    }

    pub fn title(&self) -> String {
        self.name.clone()
    }
}

pub fn zoo(name: &str) -> Result<Vec<String>, Error> {
    let (mut animal, mut dog, mut puppy, mut bird) = (
        Animal::new(name, 4)?,
        Dog::new(name, "mutt")?,
        Puppy::new(name)?,
        Bird::new(name, 2)?,
    );
    let mut said = vec![
        animal.greet(false),
        dog.greet(true),
        puppy.greet(false),
        bird.greet(false),
    ];
    said.extend(puppy.log.iter().map(|item| item.to_string()));
    said.push(format!(
        "{} {} {} {} {}",
        bird.fly(),
        seq::length(puppy.length())?,
        puppy.initial()?,
        dog.initial()?,
        Dog::kingdom(2)
    ));
    Ok(said)
}

pub fn areas(side: i64, name: &str) -> String {
    let (square, cube) = (Square::new(side), Cube::new(side, name));
    format!("{}, {}, {}", square.describe(), cube.describe(), cube.side)
}
