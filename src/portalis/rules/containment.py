"""PT71x: what the sandbox refused or had to stop."""

from __future__ import annotations

from portalis.rules.authoring import rule

RULES = (
    rule(
        code="PT710",
        name="sandbox-too-weak",
        summary="this machine can't shut your code in",
        explanation="""
            Portalis imports and runs your code. It does so only where nothing can be written outside a
            scratch folder, the network is cut off, and limits are set. This machine offers less: an old
            kernel, or a container that forbids namespaces and has neither Landlock nor seccomp. `portalis
            doctor` shows what is missing. `--unsafe-no-sandbox` runs the code all the same; give it for
            code that you would run by hand, and for no other. There is no setting for it in pyproject.toml.
        """,
    ),
    rule(
        code="PT711",
        name="starts-processes",
        summary="it starts processes or threads beyond the limit",
        explanation="""
            Importing the module or running its doctests started a process, or hundreds of threads. The
            sandbox allows no processes while modules are imported and functions are verified. The module's
            other items go on as far as they can without it; start processes inside functions, not at import.
        """,
        bad="""
            import subprocess
            VERSION = subprocess.check_output(["git", "describe"])
        """,
        good="""
            import subprocess
            def version() -> bytes:
                return subprocess.check_output(["git", "describe"])
        """,
    ),
    rule(
        code="PT712",
        name="takes-memory",
        summary="it takes more memory than the limit",
        explanation="""
            Importing the module, running its doctests or calling the function took more memory than the
            sandbox gives, 2 GiB for all its processes together. Build large tables when they are needed.
        """,
        bad="""
            TABLE = [0] * 10**10
        """,
        good="""
            def table(size: int) -> list[int]:
                return [0] * size
        """,
    ),
    rule(
        code="PT713",
        name="does-not-end",
        summary="it does not end in time",
        explanation="""
            Importing the module took more than 30 seconds, its doctests more than 20, or a call went on
            after it was told to stop. A process that stops itself ends here too.
        """,
    ),
    rule(
        code="PT714",
        name="prints-without-end",
        summary="it prints more than the limit",
        explanation="""
            More than a megabyte was printed while the module was imported or its doctests ran.
        """,
        bad="""
            while True:
                print("still here")
        """,
        good="""
            def report(times: int) -> None:
                for _ in range(times):
                    print("still here")
        """,
    ),
    rule(
        code="PT715",
        name="ends-the-process",
        summary="it ends the process",
        explanation="""
            Importing the module, running its doctests or calling the function ended the process: by
            `sys.exit`, by `os._exit`, by a signal, or by a crash in a C extension; the message says how.
            Programs put what they do when run below `if __name__ == "__main__":`.
        """,
        bad="""
            def main() -> int:
                return 0
            raise SystemExit(main())
        """,
        good="""
            def main() -> int:
                return 0
            if __name__ == "__main__":
                raise SystemExit(main())
        """,
    ),
    rule(
        code="PT716",
        name="fills-the-disk",
        summary="it fills its scratch folder or opens too many files",
        explanation="""
            The sandbox has a scratch folder of 64 MiB, files of at most 16 MiB, and 128 open files at once.
            Importing the module or running its doctests went beyond one of these.
        """,
    ),
    rule(
        code="PT717",
        name="disturbs-verification",
        summary="it disturbs the line to Portalis",
        explanation="""
            The process that runs your code sent something that was not asked for, or nothing that can be
            read. Code that writes to file descriptors it did not open, or closes all that it finds, does
            that. What came is not used; the module's items are not verified by it.
        """,
        bad="""
            import os
            os.closerange(3, 65536)
        """,
        good="""
            import os
            reader, writer = os.pipe()
            os.close(reader)
            os.close(writer)
        """,
    ),
    rule(
        code="PT718",
        name="needs-what-is-hidden",
        summary="it needs what the sandbox keeps from it",
        explanation="""
            Importing the module or running its doctests reached for a file outside the project, for the
            network, or for another process, and was refused. In the sandbox there are Python, its installed
            packages, the project and a scratch folder. Do such work inside functions.
        """,
        bad="""
            RATES = open("/srv/data/rates.csv").read()
        """,
        good="""
            def rates() -> str:
                return open("/srv/data/rates.csv").read()
        """,
    ),
    rule(
        code="PT719",
        name="recurses-too-deeply",
        summary="it recurses beyond the limit",
        explanation="""
            Importing the module or running its doctests ended with RecursionError.
        """,
        bad="""
            def depth() -> int:
                return depth() + 1
            DEPTH = depth()
        """,
        good="""
            def depth(n: int) -> int:
                return 0 if n < 1 else depth(n - 1) + 1
        """,
    ),
)
