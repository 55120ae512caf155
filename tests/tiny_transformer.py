"""A real transformer of two small layers, made on the spot: random weights, no download."""

from collections.abc import Mapping
from pathlib import Path

TEXT = "图书馆阅读推广开放时间几点关门读者证件数字资源总量的是在和了吗谁什么多少，。？"
PIECES = [*"abcdefghijklmnopqrstuvwxyz0123456789", "the", "library", "##s", "##ing", "read", "open"]


def make_tiny_transformer(
    folder: Path, *, prompts: Mapping[str, str] | None = None, seed: int = 0
) -> Path:
    """Saves a sentence-transformers model with random weights and returns its folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    bare = folder / "bare"
    bare.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(TEXT), *PIECES]
    (bare / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=128,
    )  # fmt: skip
    BertModel(config).save_pretrained(bare)
    BertTokenizerFast(vocab=str(bare / "vocab.txt")).save_pretrained(bare)
    words = Transformer(str(bare), max_seq_length=128)
    modules = [words, Pooling(words.get_embedding_dimension(), pooling_mode="mean")]
    model = SentenceTransformer(modules=modules, device="cpu", prompts=dict(prompts or {}))
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def make_tiny_cross_encoder(folder: Path, *, outputs: int = 1) -> Path:
    """Saves a cross-encoder with random weights and returns its folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    model = folder / "model"
    model.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(TEXT), *PIECES]
    (model / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=128, num_labels=outputs,
        initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(model)
    BertTokenizerFast(vocab=str(model / "vocab.txt")).save_pretrained(model)
    return model
