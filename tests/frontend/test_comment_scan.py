"""The quick scan for comments finds what `tokenize` finds."""

from __future__ import annotations

import pytest

from portalis.compiler.frontend import comments

TEXTS = [
    "x = 1  # one\n# two\n    # three\n",
    'x = "# no"  # yes\ny = \'it\\\'s # no\'  # yes "too"\n',
    '"""doc # no\n# no\n"""  # yes\n',
    "x = r'\\'  # no'  # yes\n",
    'x = """a "b" \\""" # no"""  # yes\n',
    "x = ''  # yes\ny = '' '' # yes ''' \n",
    'x = ("a"  # yes\n     "b# no")\n',
    "é = 'ü'  # ß\n#\n##  two\n",
    "x = 'a\\\n# no'  # yes\n",
    'x = b"#"; y = Rb"#"  # yes\n',
]


@pytest.mark.parametrize("text", TEXTS)
def test_scan_agrees_with_tokenize(text: str) -> None:
    assert comments._scanned(text) == comments._tokenized(text)


def test_texts_with_f_strings_are_tokenized() -> None:
    text = "x = f'{y}'  # yes\n"
    assert [comment.text for comment in comments.read(text).comments.values()] == ["yes"]
