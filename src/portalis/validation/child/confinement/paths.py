"""What running Python programs needs of the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

# Folders of the system that running Python programs needs: libraries, time zones, locales, certificates.
SYSTEM_PATHS = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64",
    "/nix/store", "/gnu/store",
    "/usr/share/zoneinfo", "/usr/share/locale", "/usr/share/i18n", "/usr/share/ca-certificates",
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone",
    "/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/mime.types", "/etc/services", "/etc/protocols",
    "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/pki/tls/certs", "/etc/pki/ca-trust/extracted",
    "/etc/locale.alias",
)  # fmt: skip
PROGRAM_PATHS = ("/bin", "/usr/bin", "/usr/local/bin")
"""Where a child that may start processes finds programs."""


def interpreter_paths_of(search_path: Iterable[str]) -> list[str]:
    """What the interpreter is made of: its executable, its libraries, and the folders of `search_path`."""
    prefixes = sorted({sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix})
    found = [os.path.join(one, name) for one in prefixes for name in ("lib", "lib64", "pyvenv.cfg")]
    found += [sys.executable, *search_path]
    found += os.environ.get("LD_LIBRARY_PATH", "").split(":")
    return [path for path in found if os.path.isabs(path)]
