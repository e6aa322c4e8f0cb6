"""Strings that are indexed in loops have their characters beside them, from where they are bound.

for word in words:                  for word in words {
    for i in range(len(word)):          let word_chars: Vec<char> = word.chars().collect();
        … word[i] …         →           for i in 0..word_chars.len() as i64 { … word_chars[i as usize] … }
"""

from __future__ import annotations

from portalis.compiler.lowering.context import FunctionContext, Local
from portalis.compiler.rust import tree as t
from portalis.compiler.types import STR


def characters(ctx: FunctionContext, local: Local | None) -> list[t.Stmt]:
    """The statement that collects the characters of a variable, where they are wanted.

    Whoever declares a variable and doesn't call this leaves it without: indexing then walks the text.
    """
    if local is None or local.type is not STR or local.web not in ctx.known.hoisted:
        return []
    local.chars = f"{local.name}_chars"
    collected = t.Method(t.Method(t.Path(local.rust), "chars"), "collect")
    return [t.Let(local.chars, collected, "Vec<char>")]
