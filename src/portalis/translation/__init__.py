"""Translation as a Python API: both engines behind one call, with verification as their judge."""
