"""How higher apps hear of what happens to drafts and jobs, within the same transaction."""

from collections.abc import Callable
from typing import Generic, TypeVar

from apps.generation.models import Draft, GenerationJob

T = TypeVar("T")


class Hook(Generic[T]):
    """A list of listeners; each is added once, in AppConfig.ready."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[T], object]] = []

    def connect(self, listener: Callable[[T], object]) -> None:
        if listener not in self.listeners:
            self.listeners.append(listener)

    def call(self, subject: T) -> None:
        for listener in self.listeners:
            listener(subject)


draft_created: Hook[Draft] = Hook()
job_queued: Hook[GenerationJob] = Hook()
job_ended: Hook[GenerationJob] = Hook()
