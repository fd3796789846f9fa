"""The compiled kernel: the reference kernel's rules for declarative models, as arrays.

One graph interpreter serves all models, so nothing is compiled per model and numba's
on-disk cache makes the second start cheap. It covers Source (inter-arrival), Queue
(without batching), Processor (without operators) and Sink with push routing, and gives
the same numbers as the reference, bit for bit.
"""
