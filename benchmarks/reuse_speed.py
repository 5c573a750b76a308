"""Time the search for shared wording against difflib, in one run on the same made-up pairs.

    python benchmarks/reuse_speed.py

A pair is a text whose words follow the law of Zipf and Mandelbrot, and its copy: 5 % of the words
changed, a fifth of the sentences dropped, the middle third moved to the front. Times depend on the
machine: read the ratios.
"""

import difflib
import timeit
from collections.abc import Callable
from functools import partial

import numpy as np

from helpers.derivation import TILE, shared_tiles
from helpers.pairs import Hashes, word_hashes

WORDS = word_hashes([f"word{i}" for i in range(60_000)])
SHARES = 1 / (np.arange(len(WORDS)) + 2.7)


def text(size: int, rng: np.random.Generator) -> Hashes:
    """Return a text of `size` words."""
    return rng.choice(WORDS, size, p=SHARES / SHARES.sum())


def edited(words: Hashes, rng: np.random.Generator) -> Hashes:
    """Return the copy of a text."""
    copy = np.where(rng.random(len(words)) < 0.05, text(len(words), rng), words)
    kept = [part for part in np.split(copy, range(20, len(copy), 20)) if rng.random() > 0.2]
    third = len(kept) // 3
    return np.concatenate([*kept[third : 2 * third], *kept[:third], *kept[2 * third :]])


def cases() -> dict[str, tuple[Hashes, Hashes]]:
    """Return the pairs by name."""
    rng = np.random.default_rng(0)
    short, long, other = text(400, rng), text(5_000, rng), text(5_000, rng)
    la, paragraph = np.tile(WORDS[:1], 2_000), np.tile(text(100, rng), 50)
    return {
        "400 words, edited copy": (short, edited(short, rng)),
        "5,000 words, edited copy": (long, edited(long, rng)),
        "5,000 words, unrelated": (long, other),
        "one word 2,000 times": (la, la),
        "a paragraph 50 times": (paragraph, np.roll(paragraph, 37)),
    }


def matching_blocks(a: list[int], b: list[int]) -> list[int]:
    """Return the sizes of difflib's matching blocks."""
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return [block.size for block in matcher.get_matching_blocks()]


def milliseconds(act: Callable[[], object]) -> float:
    """Return the best of three runs."""
    return 1000 * min(timeit.repeat(act, number=1, repeat=3))


def main() -> None:
    """Print a row per pair: times, ratio, and the share of the second text that each finds in the first."""
    print("| pair | tiles, ms | difflib, ms | ratio | found by tiles | found by difflib |")
    print("|---|---|---|---|---|---|")
    for name, (a, b) in cases().items():
        words_a, words_b = a.tolist(), b.tolist()
        blocks = [size for size in matching_blocks(words_a, words_b) if size >= TILE]
        found = sum(tile.length for tile in shared_tiles(a, b)) / len(b)
        ours = milliseconds(partial(shared_tiles, a, b))
        theirs = milliseconds(partial(matching_blocks, words_a, words_b))
        row = f"{ours:.2f} | {theirs:.1f} | {theirs / ours:.0f} | {found:.3f} | {sum(blocks) / len(b):.3f}"
        print(f"| {name} | {row} |")


if __name__ == "__main__":
    main()
