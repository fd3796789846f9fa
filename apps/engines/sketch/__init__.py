"""Drawing and reading of factory sketches (see README.md)."""
