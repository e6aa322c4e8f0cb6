"""PT0xx: the source files themselves."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT001",
        name="syntax-error",
        summary="the file is not valid Python",
        explanation="""
            The file can't be parsed by the Python that runs Portalis, so nothing in it is translated. The
            other files of the project go on, and a build keeps this file as it is.
        """,
        bad="""
            def area(w: int, h: int) -> int
                return w * h
        """,
        good="""
            def area(w: int, h: int) -> int:
                return w * h
        """,
    ),
    rule(
        code="PT002",
        name="not-decodable",
        summary="the file is not text in its declared encoding",
        explanation="""
            Python source is UTF-8 unless its first or second line declares another encoding. The bytes of
            this file are not valid in the encoding that holds for it. Portalis does not guess: save the
            file as UTF-8, or declare what it is.
        """,
        bad=r"""
            # saved as Latin-1, without a declaration
            CITY = "Z\xfcrich"
        """,
        good=r"""
            # -*- coding: latin-1 -*-
            CITY = "Z\xfcrich"
        """,
    ),
    rule(
        code="PT003",
        name="too-large",
        summary="the file is too large or too deeply nested to analyse",
        explanation="""
            Files of more than a few megabytes, and expressions nested more deeply than Python's own parser
            follows, are data rather than programs. They stay Python. Move generated tables into a data
            file, or split them.
        """,
        bad="""
            TABLE = [[[[[[[[[[  # … and hundreds more
        """,
        good="""
            TABLE = json.loads(files(__package__).joinpath("table.json").read_text())
        """,
    ),
    rule(
        code="PT004",
        name="unused-ignore",
        summary="an ignore comment that silences nothing",
        explanation="""
            `# portalis: ignore[CODE]` keeps an item in Python without a diagnostic. Here no such diagnostic
            would be given, so the comment is out of date: the item translates now, or is refused for
            another reason. Remove it.
        """,
        bad="""
            def double(x: int) -> int:  # portalis: ignore[PT202]
                return 2 * x
        """,
        good="""
            def double(x: int) -> int:
                return 2 * x
        """,
    ),
    rule(
        code="PT005",
        name="import-failed",
        summary="the module could not be imported",
        explanation="""
            Constants and tables that a module computes at import are evaluated once in Python and frozen
            into the Rust, and the original must run beside the Rust to be compared with it. Importing this
            module raised an error, had an effect, or took too long in the sandbox, which has no network and
            no files but its scratch folder. Its items stay Python.
        """,
        bad="""
            RATES = load(open("/etc/rates.csv"))
        """,
        good="""
            def rates() -> dict[str, float]:
                return load(open(RATES_FILE))
        """,
    ),
)
