"""The commands, as plain functions: they read settings and clocks, call the line, print, and give an exit code."""
