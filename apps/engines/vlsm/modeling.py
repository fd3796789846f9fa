"""The vision-language simulation model `mini`, in transformers' format.

    prompt, names ── text encoder (BERT type, MiniLM start) ──┐
    sketch ── sketch reader ── entities with scores and links ─┤
    earlier script ── entities with classes and links ─────────┴─ connector (entity layers)
                                                                       │
    FlexScript pieces  ←  causal decoder with pointers to entities and numbers

A linear connector brings pooled mentions and drawn features to the decoder's width; relational
attention (Shaw et al. 2018 style biases) tells entities of drawn and earlier links. What the text
says of links is scored between single mentions, as in dependency parsing (biaffine, Dozat and
Manning 2017). Pointers follow Vinyals et al. 2015: names and numbers are never spelled by the
network, so they survive verbatim.
Shapes: B batch, T word pieces, E entities, N numbers, S steps, D width, H heads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel, PretrainedConfig, PreTrainedModel

from .actions import VOCABULARY
from .encoding import ENTITY_FEATURES, GLYPHS, IGNORED, MAX_ENTITIES, Batch
from .facts import ATTRIBUTES, FUNCTIONS, ROLES, UNITS
from .layers import Layer, Pairs

V = len(VOCABULARY)
MAX_STEPS = 512
NEVER = -1e4
SEEN_SCALE = 10.0


class VlsmConfig(PretrainedConfig):
    """Sizes of the model; `text` holds the text encoder's own configuration."""

    model_type = "gendt-vlsm"

    def __init__(
        self,
        text: dict[str, Any] | None = None,
        width: int = 256,
        heads: int = 4,
        hidden: int = 768,
        tag_layers: int = 3,
        entity_layers: int = 2,
        decoder_layers: int = 3,
        dropout: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.text = text or {}
        self.width, self.heads, self.hidden = width, heads, hidden
        self.tag_layers = tag_layers
        self.entity_layers, self.decoder_layers = entity_layers, decoder_layers
        self.dropout = dropout


class Memory:
    """What the decoder attends to and points at, for one batch."""

    def __init__(self, **tensors: Any) -> None:
        self.__dict__.update(tensors)

    text: Tensor  # (B, T, D)
    entities: Tensor  # (B, E, D)
    numbers: Tensor  # (B, N, D)
    tag_logits: Tensor  # (B, T, 3)
    relations: Tensor  # (B, 4, E, E)
    mentions: Tensor  # (B, E, T)
    links: Tensor  # (B, E, E) logits: source feeds target
    pairs: Tensor  # (B, M, M) scores: the first mention's entity feeds the second's
    whose: Tensor  # (B, E, M) which mentions are an entity's
    owners: Tensor  # (B, E, N) logits: the number is about the entity
    labels: Tensor  # (B, N, roles + functions + units) logits
    attributes: Tensor  # (B, E, attributes) logits
    mask: Tensor  # (B, T + E + N) True where there is something
    entity_mask: Tensor
    number_mask: Tensor
    layers: list[tuple[Tensor, Tensor]]
    pointed: Tensor  # (B, E, D) an entity as a piece of the script
    counted: Tensor  # (B, N, D) a number as a piece of the script
    subjects: Tensor  # (B, E, D) an entity as what a statement is about


@dataclass
class Cache:
    """Self-attention keys and values of the steps so far, (B, H, S, D/H) for each layer.

    Rows may have come later than others: the last `lengths` (B) columns are theirs.
    """

    layers: list[tuple[Tensor, Tensor]]
    lengths: Tensor

    def bias(self) -> Tensor | None:
        """Additive (B, 1, 1, S + 1) for the next step; None where all rows are as long."""
        columns = self.layers[0][0].shape[2]
        if bool((self.lengths == columns).all()):
            return None
        place = torch.arange(columns + 1, device=self.lengths.device)
        return _blocked(place[None] >= columns - self.lengths[:, None])


class Vlsm(PreTrainedModel):
    """Prompt, sketch entities and earlier script to FlexScript pieces."""

    config_class = VlsmConfig
    base_model_prefix = "vlsm"
    mention_boost: Tensor

    def __init__(self, config: VlsmConfig) -> None:
        super().__init__(config)
        width = config.width
        self.text = BertModel(BertConfig(**config.text), add_pooling_layer=False)
        text_width = self.text.config.hidden_size
        self.glyphs = nn.Embedding(GLYPHS, text_width, padding_idx=0)
        self.slots = nn.Embedding(MAX_ENTITIES + 1, text_width)
        self.tagger = nn.Linear(text_width, 3)
        self.text_connector = nn.Linear(text_width, width)
        self.number_connector = nn.Linear(width, width)
        self.entity_connector = nn.Sequential(
            nn.Linear(ENTITY_FEATURES, width), nn.GELU(), nn.Linear(width, width)
        )
        self.entity_place = nn.Embedding(MAX_ENTITIES, width)
        self.relation_bias = nn.Linear(4, config.heads, bias=False)
        self.entity_layers = nn.ModuleList(Layer(config) for _ in range(config.entity_layers))
        self.link_source = nn.Linear(width, width)
        self.link_target = nn.Linear(width, width)
        self.owner = nn.Linear(width, width)
        self.owned = nn.Linear(width, width)
        self.seen_links = nn.Linear(6, 1, bias=False)
        self.link_pairs = Pairs(width)
        self.owner_pairs = Pairs(width)
        self.attribute_head = nn.Linear(width, len(ATTRIBUTES))
        self.attribute_input = nn.Linear(len(ATTRIBUTES) + 1, width)
        self.prior = nn.Parameter(torch.tensor([-2.0, -2.0]))
        self.label_head = nn.Linear(width, len(ROLES) + len(FUNCTIONS) + len(UNITS))
        self.label_input = nn.Linear(len(ROLES) + len(FUNCTIONS) + len(UNITS), width)
        self.pieces = nn.Embedding(V, width)
        self.entity_input = nn.Linear(width, width)
        self.number_input = nn.Linear(width, width)
        self.subject_input = nn.Linear(width, width)
        self.step_place = nn.Embedding(MAX_STEPS, width)
        self.register_buffer("mention_boost", _mention_boost(config.heads), persistent=False)
        self.decoder_layers = nn.ModuleList(Layer(config) for _ in range(config.decoder_layers))
        self.norm = nn.LayerNorm(width)
        self.token_head = nn.Linear(width, V)
        self.entity_query = nn.Linear(width, width)
        self.number_query = nn.Linear(width, width)
        self.relation_gate = nn.Linear(width, 6)
        self.post_init()
        with torch.no_grad():
            self.seen_links.weight.copy_(torch.tensor([[0.8, 0.0, 0.0, 0.0, -0.4, 0.0]]))

    def read_text(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """States after the lower layers, (B, T, text width), and the attention mask."""
        states = self.text.embeddings(
            input_ids=batch["input_ids"],
            token_type_ids=batch["token_types"],
            position_ids=batch.get("positions"),
        ) + self.glyphs(batch["glyphs"])
        mask = _blocked(batch["text_mask"]).to(states.dtype)
        for layer in self.text.encoder.layer[: self.config.tag_layers]:
            states = _states(layer(states, mask))
        return states, mask

    def tag(self, batch: Batch) -> Tensor:
        """Logits of outside / begin / inside a name, (B, T, 3)."""
        return self.tagger(self.read_text(batch)[0])

    def encode(self, batch: Batch) -> Memory:
        """Everything that does not depend on the decoding steps.

        Names are tagged half-way up; from there on every mention carries its entity's slot, so that
        who is meant need not be found out again from the spelling.
        """
        states, mask = self.read_text(batch)
        tag_logits = self.tagger(states)
        states = states + self.slots(batch["slots"])
        for layer in self.text.encoder.layer[self.config.tag_layers :]:
            states = _states(layer(states, mask))
        mask = batch["text_mask"]
        text = self.text_connector(states)
        entities = torch.bmm(batch["mentions"].to(text.dtype), text)
        places = torch.arange(entities.shape[1], device=text.device).clamp(max=MAX_ENTITIES - 1)
        entities = entities + self.entity_connector(batch["features"]) + self.entity_place(places)
        entities = self._relate(entities, text, batch)
        numbers = self.number_connector(torch.bmm(batch["numerals"].to(text.dtype), text))
        scale = text.shape[-1] ** -0.5
        links = self.link_source(entities) @ self.link_target(entities).transpose(1, 2) * scale
        owners = self.owner(entities) @ self.owned(numbers).transpose(1, 2) * scale
        told_links, told_owners, pairs = self._told(text, numbers, batch)
        labels = self.label_head(numbers)
        numbers = numbers + self.label_input(labels)
        memory = torch.cat([text, entities, numbers], 1)
        links = links + told_links + self._seen(batch) + self.prior[0]
        attributes = self.attribute_head(entities)
        degree = links.detach().sigmoid().sum(-1, keepdim=True)
        said = self.attribute_input(torch.cat([attributes, degree], -1))
        return Memory(
            text=text,
            entities=entities,
            numbers=numbers,
            tag_logits=tag_logits,
            relations=batch["relations"],
            mentions=batch["mentions"],
            links=links,
            pairs=pairs,
            whose=batch["span_owners"],
            owners=owners + told_owners + self.prior[1],
            labels=labels,
            attributes=attributes,
            pointed=self.entity_input(entities),
            counted=self.number_input(numbers),
            subjects=self.subject_input(entities) + said,
            mask=torch.cat([mask, batch["entity_mask"], batch["number_mask"]], 1),
            entity_mask=batch["entity_mask"],
            number_mask=batch["number_mask"],
            layers=[_layer(x).cross_attention.keys(memory) for x in self.decoder_layers],
        )

    def _seen(self, batch: Batch) -> Tensor:
        """What drawn and earlier links say themselves, (B, E, E): a drawn link counts from a
        confidence of about one half on."""
        known = batch["features"][..., 1:3].unsqueeze(2) * batch["features"][..., 1:3].unsqueeze(1)
        seen = torch.cat([batch["relations"].permute(0, 2, 3, 1), known], -1)
        # Scaled, so that the few weights can grow at the pace of the others.
        return SEEN_SCALE * self.seen_links(seen).squeeze(-1)

    def _told(self, text: Tensor, numbers: Tensor, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Evidence of single mentions for links (B, E, E) and owners (B, E, N), and the scores of
        pairs of mentions that the links are told by."""
        mentions = torch.bmm(batch["spans"].to(text.dtype), text)
        ranks = torch.arange(mentions.shape[1], device=text.device)[None].expand(len(text), -1)
        whose = batch["span_owners"]
        pairs = self.link_pairs(mentions, ranks, mentions)
        links = self.link_pairs.evidence(pairs, whose, whose)
        scores = self.owner_pairs(numbers, batch["number_ranks"], mentions)
        each = torch.eye(scores.shape[1], device=text.device).expand(len(text), -1, -1)
        return links, self.owner_pairs.evidence(scores, each, whose).transpose(1, 2), pairs

    def _relate(self, entities: Tensor, text: Tensor, batch: Batch) -> Tensor:
        bias = self.relation_bias(batch["relations"].permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        bias = bias + _blocked(batch["entity_mask"])
        own = (batch["mentions"] > 0).to(text.dtype)[:, None]
        text_bias = self.mention_boost[None, :, None, None] * own + _blocked(batch["text_mask"])
        for layer in self.entity_layers:
            keys = _layer(layer).cross_attention.keys(text)
            entities, _ = layer(entities, bias, keys, text_bias)
        return entities

    def embed(
        self, memory: Memory, inputs: Tensor, subjects: Tensor, starts: Tensor | None
    ) -> Tensor:
        """Previous pieces (B, S) as flat indices, and their statement's subject, to (B, S, D);
        `starts` (B) says how many pieces came before, by default none."""
        e = memory.entities.shape[1]
        is_entity = (inputs >= V) & (inputs < V + e)
        is_number = inputs >= V + e
        x = self.pieces(torch.where(inputs < V, inputs, 0)) * (inputs < V).unsqueeze(-1)
        x = x + _picked(memory.pointed, inputs - V, is_entity)
        x = x + _picked(memory.counted, inputs - V - e, is_number)
        x = x + _picked(memory.subjects, subjects, subjects >= 0)
        places = torch.arange(inputs.shape[1], device=inputs.device)[None]
        places = places if starts is None else places + starts[:, None]
        return x + self.step_place(places.clamp(max=MAX_STEPS - 1))

    def decode(
        self, memory: Memory, inputs: Tensor, subjects: Tensor, cache: Cache | None = None
    ) -> tuple[Tensor, Cache]:
        """Logits (B, S, V + E + N) over tokens, entities and numbers, and the new cache; with a
        cache, one step (S = 1)."""
        x = self.embed(memory, inputs, subjects, cache.lengths if cache else None)
        steps = inputs.shape[1]
        earlier = cache.bias() if cache else None
        if steps > 1:
            earlier = torch.full((steps, steps), NEVER, device=x.device).triu(1)[None, None]
        about = _picked(memory.mentions, subjects, subjects >= 0) > 0
        owned = _picked(memory.owners.detach(), subjects, subjects >= 0).sigmoid()
        owned = owned * (subjects >= 0).unsqueeze(-1)
        nothing = torch.zeros(*owned.shape[:2], memory.entities.shape[1], device=x.device)
        about = torch.cat([about.to(owned.dtype), nothing.to(owned.dtype), owned], -1)
        bias = self.mention_boost[None, :, None, None] * about[:, None] + _blocked(memory.mask)
        found: list[tuple[Tensor, Tensor]] = []
        for index, layer in enumerate(self.decoder_layers):
            past = cache.layers[index] if cache else None
            x, keys = layer(x, earlier, memory.layers[index], bias, past)
            found.append(keys)
        lengths = cache.lengths if cache else inputs.new_zeros(len(inputs))
        return self._point(self.norm(x), memory, subjects), Cache(found, lengths + steps)

    def _point(self, x: Tensor, memory: Memory, subjects: Tensor) -> Tensor:
        scale = x.shape[-1] ** -0.5
        entity = torch.bmm(self.entity_query(x), memory.entities.transpose(1, 2)) * scale
        gates = self.relation_gate(x)
        rows = _picked(memory.relations.permute(0, 2, 1, 3).flatten(2), subjects, subjects >= 0)
        rows = rows.unflatten(-1, (4, -1))
        entity = entity + (gates[..., :4].unsqueeze(-1) * rows).sum(2)
        entity = entity + gates[..., 4:5] * _picked(memory.links, subjects, subjects >= 0)
        entity = entity.masked_fill(~memory.entity_mask[:, None], NEVER)
        number = torch.bmm(self.number_query(x), memory.numbers.transpose(1, 2)) * scale
        number = number + gates[..., 5:] * _picked(memory.owners, subjects, subjects >= 0)
        number = number.masked_fill(~memory.number_mask[:, None], NEVER)
        return torch.cat([self.token_head(x), entity, number], -1).float()

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Losses: `loss` = pieces + names; `pieces` counts any numeral of the right value."""
        memory = self.encode(batch)
        logits, _ = self.decode(memory, batch["inputs"], batch["subjects"])
        logs = logits.log_softmax(-1)
        right = logs.masked_fill(~batch["accept"], -1e9).logsumexp(-1)
        valid = batch["targets"] != IGNORED
        pieces = -(right * valid).sum() / valid.sum()
        names = functional.cross_entropy(
            memory.tag_logits.float().flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORED
        )
        facts = self._fact_losses(memory, batch)
        with torch.no_grad():
            hit = batch["accept"].gather(-1, logits.argmax(-1, keepdim=True)).squeeze(-1)
            whole = (hit | ~valid).all(-1).float().mean()
            accuracy = (hit & valid).sum() / valid.sum()
        return {
            "loss": pieces + names + facts,
            "facts": facts,
            "pieces": pieces,
            "names": names,
            "accuracy": accuracy,
            "whole": whole,
        }

    def _fact_losses(self, memory: Memory, batch: Batch) -> Tensor:
        """Binary cross-entropy of links, owners and attributes, cross-entropy of number labels."""
        entities, numbers = memory.entity_mask, memory.number_mask
        every = torch.ones(len(ATTRIBUTES), dtype=torch.bool, device=entities.device)[None]
        total = 2 * _relation_loss(memory.links, batch["links"], entities, entities)
        total = total + _relation_loss(memory.owners, batch["owners"], entities, numbers)
        total = total + _relation_loss(memory.attributes, batch["attributes"], entities, every)
        groups = memory.labels.float().split([len(ROLES), len(FUNCTIONS), len(UNITS)], -1)
        for index, logits in enumerate(groups):
            target = batch["labels"][..., index].flatten()
            if bool((target != IGNORED).any()):
                loss = functional.cross_entropy(logits.flatten(0, 1), target, ignore_index=IGNORED)
                total = total + 0.5 * loss
        return total


def _relation_loss(logits: Tensor, target: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """Mean over existing pairs; the few true ones weigh four times."""
    weight = (rows.unsqueeze(2) & columns.unsqueeze(1)) * (1.0 + 3.0 * target)
    loss = functional.binary_cross_entropy_with_logits(
        logits.float(), target, weight=weight, reduction="sum"
    )
    return loss / weight.sum().clamp(min=1.0)


def _mention_boost(heads: int) -> Tensor:
    """Half of the heads look at the mentions of the statement's subject first. Constant, because
    fused attention takes no mask with a gradient."""
    return torch.tensor([3.0 * (head % 2) for head in range(heads)])


def _layer(module: nn.Module) -> Layer:
    """A module list forgets what it holds."""
    assert isinstance(module, Layer)
    return module


def _states(output: Any) -> Tensor:
    """A layer's hidden states, whether it returns them alone or in a tuple."""
    states: Tensor = output[0] if isinstance(output, tuple) else output
    return states


def _blocked(mask: Tensor) -> Tensor:
    """(B, K) True where visible → additive (B, 1, 1, K)."""
    return torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, NEVER)[:, None, None]


def _picked(rows: Tensor, index: Tensor, where: Tensor) -> Tensor:
    """rows (B, R, D), index (B, S) → (B, S, D), zero where `where` is False."""
    safe = torch.where(where, index, 0).unsqueeze(-1).expand(-1, -1, rows.shape[-1])
    return rows.gather(1, safe) * where.unsqueeze(-1).to(rows.dtype)
