"""The compiled kernel: the reference kernel's rules as arrays, the same numbers bit for bit.

One graph interpreter serves all models, so nothing is compiled per model; its machine code is kept
on disk, and what is there is loaded without numba (`native`). It comes in variants (`extent`), from
lines of queues and processors to guide paths and points on conveyors; user code runs in it as far
as it can be lowered. What it does not know (`obstacles`) is left to the reference.
"""
