"""Comments: which are carried, which are instructions, which are for other tools."""

from __future__ import annotations

from portalis.compiler.frontend import comments
from portalis.compiler.frontend.comments import Comment


def test_own_line_and_trailing() -> None:
    text = "# above\nx = 1  # beside\ns = '# not a comment'\n    \ny = 2\n"
    assert comments.read(text).comments == {
        1: Comment("above", own_line=True, column=0),
        2: Comment("beside", own_line=False, column=7),
    }


def test_remarks_for_tools_are_left_out() -> None:
    text = (
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nimport a  # noqa: F401\n"
        "x = f()  # type: ignore[attr]\nif x:  # pragma: no cover\n    pass  # weighs nothing  # noqa\n"
    )
    read = comments.read(text)
    assert read.comments == {6: Comment("weighs nothing", own_line=False, column=10)}
    assert read.type_ignores == {4}


def test_suppressions() -> None:
    text = (
        "# portalis: ignore\ndef f(): ...\ndef g(): ...  # portalis: ignore[PT203, pt301]\nx = 1  # nothing\n"
    )
    read = comments.read(text)
    assert read.suppressions[1].codes == frozenset()
    assert read.suppressions[1].own_line
    assert read.suppressions[3].codes == {"PT203", "PT301"}
    assert not read.suppressions[3].own_line
    assert list(read.comments) == [4]
