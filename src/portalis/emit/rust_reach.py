"""What the Rust of a function depends on: itself, its callees, and the types and constants they name.

A reference is a word of the text that is the name of a constant, type, trait or macro anywhere in the crate.
Too much may be reached where two have one name; never too little. The runtime is not looked at: it is
Portalis's own, and the same for all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from portalis.compiler.unit import CompiledProject, RustFunction
from portalis.emit.rust_items import split

_WORD = re.compile(r"[A-Za-z_]\w*")


class RustReach:
    """The Rust that the functions of one project depend on."""

    def __init__(self, compiled: CompiledProject) -> None:
        self._functions: Mapping[str, RustFunction] = {
            item.key: item.rust for item in compiled.items if item.rust is not None
        }
        self._named: dict[str, list[str]] = {}
        for file in compiled.files:
            for item in split(file.text).items:
                if item.kind == "impl":
                    head = item.masked.partition("{")[0]
                    for word in set(_WORD.findall(head)):
                        self._named.setdefault(word, []).append(f"{file.path}\n{item.text}")
                elif item.kind not in ("fn", "use", "mod"):
                    for name in item.names:
                        self._named.setdefault(name, []).append(f"{file.path}\n{item.text}")
        for one in compiled.exceptions:
            self._named.setdefault(one.name, []).append(f"{one} {' '.join(one.bases)}")
        self._words: dict[str, frozenset[str]] = {}

    def callees(self, key: str) -> frozenset[str]:
        """The keys of the functions that a function can come to call, itself included."""
        seen = {key}
        waiting = [key]
        while waiting:
            function = self._functions.get(waiting.pop())
            for callee in function.callees if function is not None else ():
                if callee not in seen:
                    seen.add(callee)
                    waiting.append(callee)
        return frozenset(seen)

    def digest(self, keys: Iterable[str]) -> str:
        """A hash of the text of these functions and of all that they name."""
        texts = {f"{key}\n{self._functions[key].text}" for key in keys if key in self._functions}
        waiting = list(texts)
        while waiting:
            for word in self._words_of(waiting.pop()):
                for text in self._named[word]:
                    if text not in texts:
                        texts.add(text)
                        waiting.append(text)
        sha = hashlib.sha256()
        for text in sorted(texts):
            sha.update(f"{text}\0".encode("utf-8", "surrogatepass"))
        return sha.hexdigest()

    def _words_of(self, text: str) -> frozenset[str]:
        found = self._words.get(text)
        if found is None:
            self._words[text] = found = frozenset(_WORD.findall(text)) & self._named.keys()
        return found
