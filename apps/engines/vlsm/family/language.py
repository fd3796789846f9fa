"""Language models and tokenizers: new from sizes, or pretrained from a folder, plain or adapted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from ...ops.attention.registration import register
from .configuration import Adapter, FamilyConfig

PAD, END = "<pad>", "<end>"


def build_language(config: FamilyConfig, vocabulary: int) -> PreTrainedModel:
    """A causal model of transformers; `vocabulary` counts where its weights are new.

    Raises ValueError where an extra (peft, bitsandbytes, gguf) or a GPU is missing.
    """
    register()
    language, dtype = config.language, getattr(torch, config.dtype)
    if not language.folder:
        sizes = {"vocab_size": vocabulary, "pad_token_id": 0, "bos_token_id": None}
        sizes |= {"eos_token_id": 1, "max_position_embeddings": config.max_length, **language.sizes}
        built = AutoConfig.for_model(language.model_type, **sizes)
        return AutoModelForCausalLM.from_config(
            built, attn_implementation=config.attention, dtype=dtype
        )
    given: dict[str, Any] = {"attn_implementation": config.attention, "dtype": dtype}
    if language.gguf:
        given["gguf_file"] = language.gguf
    if config.adapter.kind == "qlora":
        given["quantization_config"] = _four_bits()
    model = AutoModelForCausalLM.from_pretrained(language.folder, **given)
    return model if config.adapter.kind == "full" else adapted(model, config.adapter)


def adapted(model: PreTrainedModel, adapter: Adapter) -> PreTrainedModel:
    """Low-rank adapters beside every linear layer; the model's own weights are frozen."""
    peft = extra("peft")
    if adapter.kind == "qlora":
        model = peft.prepare_model_for_kbit_training(model)
    return peft.get_peft_model(
        model,
        peft.LoraConfig(
            task_type="CAUSAL_LM",
            r=adapter.rank,
            lora_alpha=adapter.alpha,
            lora_dropout=adapter.dropout,
            target_modules="all-linear",
        ),
    )


def load_tokenizer(config: FamilyConfig) -> PreTrainedTokenizerFast:
    """The tokenizer of a pretrained model, with a token to pad with."""
    gguf = {"gguf_file": config.language.gguf} if config.language.gguf else {}
    tokenizer: Any = AutoTokenizer.from_pretrained(config.language.folder, **gguf)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def learn_tokenizer(texts: Iterable[str], size: int) -> PreTrainedTokenizerFast:
    """A byte-level BPE: any text comes back as it was, in any alphabet."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[PAD, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        eos_token=END,
        clean_up_tokenization_spaces=False,
    )


def _four_bits() -> Any:
    if not torch.cuda.is_available():
        raise ValueError("QLoRA needs a GPU: choose the adapter “lora” or “full”.")
    extra("bitsandbytes")
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )


def extra(name: str) -> Any:
    """An optional package; ValueError says how to get it."""
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise ValueError(f"{name} is missing: pip install -r requirements-gpu.txt") from error
