"""Random factories: structures, names and settings for training examples and sketches.

`factory.factories(seed, split)` is an endless, reproducible stream; a tenth of all structures is
kept for testing.
"""
