"""Attention with visible prefixes: Triton kernels, their plain twin, their name in transformers."""
