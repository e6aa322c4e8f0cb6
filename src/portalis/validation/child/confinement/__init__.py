"""The child shuts itself in before any user code is loaded, with what Linux offers.

`namespaces` and `mounts` take away what can be seen, `privileges`, `landlock` and `seccomp` what can be done,
`limits` how much can be used, `processes` who outlives whom. Every layer is tried by itself and says whether
it holds; the parent decides whether that is enough. System calls go through ctypes because the standard
library has no wrapper for them.
"""
