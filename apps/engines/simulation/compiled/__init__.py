"""The compiled kernel: the reference kernel's rules as arrays, the same numbers bit for bit.

One graph interpreter serves all models, so nothing is compiled per model; its machine code is kept
on disk, and what is there is loaded without numba (`native`). It covers Source (inter-arrival),
Queue (without batching), Processor, Combiner, Separator and Sink with push routing, operators
behind dispatchers who travel in straight lines, breakdowns and time tables, and the common part of
user code; what it does not know (`obstacles`) is left to the reference.
"""
