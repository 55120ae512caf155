"""Trains the shipped embedding model from the open data."""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer

from benchmarks.embedding_pairs import Pieces, Sampler, joined, read_material
from benchmarks.embedding_start import first_rows
from benchmarks.embedding_tokenizer import train_tokenizer

PIECES: Final = 12000
DIMENSIONS: Final = 512
STEPS: Final = 600
BATCH: Final = 256
RATE: Final = 2e-4
LEFT_OUT: Final = 0.2
"""The share of pieces that every text loses in training, so that no single one decides."""
SHARES: Final = {
    "question": 4,
    "window": 2,
    "cloze": 2,
    "law": 3,
    "parallel": 2,
    "translation": 1,
    "synonym": 1,
    "term": 1,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the open data")
    parser.add_argument("--out", type=Path, default=Path("retrieval/model"))
    parser.add_argument("--thesaurus", type=Path, default=Path("retrieval/thesaurus.tsv"))
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    material = read_material(options.data, options.thesaurus)
    tokenizer = train_tokenizer(material.texts(), size=PIECES)
    sampler = Sampler(tokenizer, material, options.seed)
    model = train(tokenizer, sampler, options.steps)
    save(model, options.out)


def train(tokenizer: Tokenizer, sampler: Sampler, steps: int) -> SentenceTransformer:
    table = StaticEmbedding(tokenizer, embedding_weights=first_rows(tokenizer, sampler, DIMENSIONS))
    model = SentenceTransformer(modules=[table, Normalize()], device="cpu")
    loss_of = MultipleNegativesRankingLoss(
        model, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, betas=(0.9, 0.99))
    shares = [SHARES[kind] for kind in sampler.kinds]
    choosing, numbers = random.Random(sampler.seed), np.random.default_rng(sampler.seed)
    started, losses = time.monotonic(), dict.fromkeys(sampler.kinds, 0.0)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 50, 1.02 - step / steps)
        (kind,) = choosing.choices(list(sampler.kinds), shares)
        pairs = [p for p in sampler.kinds[kind](BATCH) if len(p[0]) and len(p[1])]
        columns = [features([pair[side] for pair in pairs], numbers) for side in (0, 1)]
        loss = loss_of(columns, torch.empty(0))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses[kind] = 0.9 * losses[kind] + 0.1 * loss.item()
        if step % 200 == 199:
            shown = "  ".join(f"{name} {value:.2f}" for name, value in losses.items())
            print(f"{step + 1:5} {time.monotonic() - started:4.0f} s  {shown}", flush=True)
    return model


def features(texts: Sequence[Pieces], numbers: np.random.Generator) -> dict[str, torch.Tensor]:
    kept = [thinned(text, numbers) for text in texts]
    starts = np.cumsum([0, *(len(text) for text in kept[:-1])])
    return {"input_ids": torch.from_numpy(joined(kept)), "offsets": torch.from_numpy(starts)}


def thinned(text: Pieces, numbers: np.random.Generator) -> Pieces:
    kept = text[numbers.random(len(text)) > LEFT_OUT]
    return kept if len(kept) else text


def save(model: SentenceTransformer, folder: Path) -> None:
    """Rows as bytes with a scale each, a form that sentence-transformers reads too."""
    readme = folder / "README.md"
    sheet = readme.read_text("utf-8") if readme.exists() else None
    model.save(str(folder), create_model_card=False)
    rows: NDArray[np.float32] = model[0].embedding.weight.detach().numpy()
    scales = np.abs(rows).max(axis=1) / 127
    whole = np.rint(rows / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    save_file({"embeddings": whole, "weights": scales}, folder / "model.safetensors")
    if sheet:
        readme.write_text(sheet, "utf-8")


if __name__ == "__main__":
    main()
