"""The command line: one file per command, holding arguments and display only."""
