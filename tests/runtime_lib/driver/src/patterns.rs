//! Calls of `runtime::re`; the first argument is the translated pattern.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use crate::runtime::re::{self, Match, Piece, Regex};
use crate::{Answer, Args};

thread_local! {
    static PATTERNS: RefCell<HashMap<String, &'static Regex>> = RefCell::new(HashMap::new());
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn pattern(text: &str) -> &'static Regex {
    PATTERNS.with_borrow_mut(|patterns| {
        *patterns.entry(text.to_owned()).or_insert_with(|| Box::leak(Box::new(Regex::new(leak(text)))))
    })
}

fn show(found: Option<Match<'_>>) -> Value {
    match found {
        None => Value::Null,
        Some(found) => {
            let groups = re::groups(&found);
            let spans: Vec<_> = (0..=groups.len()).map(|group| found.span(group)).collect();
            json!([found.text(0), groups, spans])
        }
    }
}

fn pieces(value: &Value) -> Vec<Piece> {
    let items = value.as_array().expect("a list").iter();
    items
        .map(|item| match item.as_str() {
            Some(text) => Piece::Text(leak(text)),
            None => Piece::Group(item.as_u64().expect("a group") as usize),
        })
        .collect()
}

pub fn call(function: &str, args: &Args<'_>) -> Answer {
    if function == "escape" {
        return Ok(json!(re::escape(args.text(0))));
    }
    let regex = pattern(args.text(0));
    let text = args.text(1);
    Ok(match function {
        "match" => show(re::match_(regex, text)),
        "fullmatch" => show(re::fullmatch(regex, text)),
        "search" => show(re::search(regex, text)),
        "is_found" => json!(re::is_found(regex, text)),
        "is_match" => json!([
            re::is_match(regex, text),
            re::is_fullmatch(regex, text),
            re::is_found(regex, text)
        ]),
        "finditer" => re::find_iter(regex, text).map(|found| show(Some(found))).collect(),
        "findall" => match args.int(2) {
            0 | 1 => json!(re::find_all(regex, text)),
            2 => json!(re::find_all_groups::<2>(regex, text)),
            3 => json!(re::find_all_groups::<3>(regex, text)),
            _ => json!(re::find_all_groups::<4>(regex, text)),
        },
        "split" if args.int(3) == 0 => json!(re::split(regex, text, args.int(2))),
        "split" => json!(re::split_groups(regex, text, args.int(2))),
        "sub" => json!(re::sub(regex, args.text(2), text, args.int(3))),
        "subn" => json!(re::subn(regex, args.text(2), text, args.int(3))),
        "sub_template" => json!(re::sub_template(regex, &pieces(&args.0[2]), text, args.int(3))),
        "sub_upper" => {
            json!(re::sub_with(regex, |found| Ok(format!("<{}>", found.text(0))), text, args.int(2))?)
        }
        _ => unreachable!("{function}"),
    })
}
