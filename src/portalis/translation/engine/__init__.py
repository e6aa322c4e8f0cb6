"""The model engine: tasks from what the compiler left, candidates tried like any translation, repairs."""
