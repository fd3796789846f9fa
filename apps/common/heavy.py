"""One thread at a time loads torch and what stands on it.

transformers resolves its parts when they are asked for; two threads of a worker that do so for the
first time at once can see half of a module, and one of them ends in an ImportError.
"""

from threading import RLock

LOADING = RLock()
