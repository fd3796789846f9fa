"""Several scripts decoded at once: a step of many costs little more than a step of one.

`Batch` holds the scripts under way, padded to the largest. `Batcher` is asked by many threads and
decodes for all of them in one; whoever comes meanwhile joins at the next step. Both give what each
script alone would give.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

import torch
from torch import Tensor

from .actions import EOS, Piece
from .decoding import Choice, Decoded, Decoding
from .encoding import V, collate, encode_inputs
from .examples import Inputs
from .modeling import Cache, Memory, Vlsm
from .stacking import kept, stacked

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

D = TypeVar("D", bound=Decoding)
MOST = 16
"""Scripts in one batch; more wait."""


class Batch(Generic[D]):
    """Scripts that take their steps together."""

    def __init__(self, model: Vlsm) -> None:
        self.model = model
        self.members: list[D] = []
        self.memory: Memory | None = None
        self.cache: Cache | None = None

    def join(self, come: Sequence[D]) -> None:
        """Take in new members, behind the others."""
        if come:
            self._become(range(len(self.members)), come)

    def keep(self, wanted: Callable[[D], bool]) -> None:
        """Part with all other members."""
        rows = [row for row, member in enumerate(self.members) if wanted(member)]
        if len(rows) < len(self.members):
            self._become(rows)

    def halved(self) -> Batch[D]:
        """The later half of the members, as they stand; they are no members here any more."""
        half, rest = (len(self.members) + 1) // 2, Batch[D](self.model)
        rest.members, rest.cache = self.members, self.cache
        rest._become(range(half, len(self.members)))
        self._become(range(half))
        return rest

    def _become(self, rows: Sequence[int], come: Sequence[D] = ()) -> None:
        if self.cache is not None:
            self.cache = kept(self.cache, list(rows), len(come)) if rows else None
        self.members = [*(self.members[row] for row in rows), *come]
        self.memory = None

    @torch.inference_mode()
    def step(self) -> list[list[Choice]]:
        """What every member chooses next, in the order of the members."""
        self.memory = self.memory or stacked([member.memory for member in self.members])
        device, padded = self.memory.entities.device, self.memory.entities.shape[1]
        inputs = [[_padded(member, padded)] for member in self.members]
        subjects = [[member.step[1]] for member in self.members]
        logits, self.cache = self.model.decode(
            self.memory,
            torch.tensor(inputs, device=device),
            torch.tensor(subjects, device=device),
            self.cache,
        )
        rows = logits[:, -1].cpu()
        return [
            member.take(_own(member, row, padded))
            for member, row in zip(self.members, rows, strict=True)
        ]


def _padded(member: Decoding, entities: int) -> int:
    """A member's last piece as an index of the padded distribution."""
    flat = member.step[0]
    return flat if flat < V + member.entities else flat + entities - member.entities


def _own(member: Decoding, row: Tensor, entities: int) -> Tensor:
    """A member's logits without the padding."""
    numbers = V + entities
    return torch.cat([row[: V + member.entities], row[numbers : numbers + len(member.numbers)]])


class _Waited(Decoding):
    """A script that somebody waits for."""

    def __init__(
        self, inputs: Inputs, memory: Memory, constrained: bool, begun: Sequence[Piece]
    ) -> None:
        super().__init__(inputs, memory, constrained, begun)
        self.told: SimpleQueue[tuple[list[Choice], bool] | BaseException] = SimpleQueue()
        self.stopped = False

    def choices(self) -> Iterator[Choice]:
        """What the decoding thread tells, up to the end."""
        done = False
        while not done:
            told = self.told.get()
            if isinstance(told, BaseException):
                raise told
            choices, done = told
            yield from choices


class Batcher:
    """Decodes for many threads at once.

    Where a device's memory does not hold a batch, half of it waits for the other half, and fewer
    scripts go together from then on; torch.OutOfMemoryError where not even one can be held.
    """

    def __init__(self, model: Vlsm, tokenizer: PreTrainedTokenizerFast, most: int = MOST) -> None:
        self.model, self.tokenizer, self.most = model, tokenizer, most
        self.lock = threading.Lock()
        self.waiting: list[_Waited] = []
        self.running = False

    @torch.inference_mode()
    def read(self, inputs: Inputs) -> Memory:
        """What the encoder reads of one request."""
        batch = collate([encode_inputs(self.tokenizer, inputs)], self.tokenizer.pad_token_id)
        return self.model.encode({k: v.to(self.model.device) for k, v in batch.items()})

    def decode(
        self,
        inputs: Inputs,
        on_choice: Callable[[Choice], bool] | None = None,
        constrained: bool = True,
        on_read: Callable[[Memory], None] | None = None,
        begun: Sequence[Piece] = (),
        memory: Memory | None = None,
    ) -> Decoded:
        """Decode one script, from the pieces that are `begun` on; `memory` is what the encoder read
        of it, if that is known. `on_choice` sees every choice and
        may return True to stop; `on_read` sees what the encoder read before anything is written.
        Both run in the caller's thread."""
        memory = memory or self.read(inputs)
        if on_read:
            on_read(memory)
        script = _Waited(inputs, memory, constrained, begun)
        decoded = Decoded(links=script.links, memory=memory)
        self._send(script)
        try:
            for choice in script.choices():
                decoded.choices.append(choice)
                if choice.piece == Piece("token", EOS):
                    decoded.complete = True
                elif on_choice and on_choice(choice):
                    break
        finally:
            script.stopped = True
        return decoded

    def _send(self, script: _Waited) -> None:
        with self.lock:
            self.waiting.append(script)
            if not self.running:
                self.running = True
                threading.Thread(target=self._work, name="decoding", daemon=True).start()

    def _work(self) -> None:
        """Step after step until nobody waits."""
        batch, parked = Batch[_Waited](self.model), list[Batch[_Waited]]()
        while True:
            batch.keep(lambda script: not (script.done or script.stopped))
            come = self._next(len(batch.members), bool(parked))
            if come is None:
                return
            if not batch.members and not come:
                batch = parked.pop()
            try:
                batch.join(come)
                for script, choices in zip(batch.members, batch.step(), strict=True):
                    script.told.put((choices, script.done))
            except torch.OutOfMemoryError as error:
                self._make_room(batch, parked, error)
            except Exception as error:  # noqa: BLE001 – whoever waits must hear of it
                _fail(batch, error)

    def _next(self, active: int, parked: bool) -> list[_Waited] | None:
        """Who joins now; None where nothing is left to do."""
        with self.lock:
            free = max(0, self.most - active)
            come, self.waiting = self.waiting[:free], self.waiting[free:]
            if not (come or active or parked):
                self.running = False
                return None
            return come

    def _make_room(
        self, batch: Batch[_Waited], parked: list[Batch[_Waited]], error: BaseException
    ) -> None:
        if len(batch.members) == 1:
            _fail(batch, error)
            return
        parked.append(batch.halved())
        self.most = len(batch.members)


def _fail(batch: Batch[_Waited], error: BaseException) -> None:
    for script in batch.members:
        script.told.put(error)
    batch.keep(lambda _script: False)
