"""Numeric kernels, each beside a plain twin in PyTorch. Knows nothing of factories or models."""
