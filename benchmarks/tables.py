"""Run the benchmarks and keep their tables in README.md: `python benchmarks/tables.py [folder] [--speed]`.

The folder holds `gold/` and `bench/` (default ../shared). Without `--speed` only quality is measured, and
the tables of speed stay as they stand; with it only those. What needs data that is not there says so.
"""

import argparse
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
MARKS = {"quality": ("<!-- quality -->", "<!-- /quality -->"), "speed": ("<!-- speed -->", "<!-- /speed -->")}
QUALITY = (
    ("Voices and speakers, event 1", "voices.py", "gold"),
    ("Sources of speech and drafted names, without lists", "sources.py", "bench"),
    ("Names and spellings", "names.py", ""),
    ("Framing terms, event 1", "framing.py", "gold"),
    ("Labels, targets and candidates, without lists", "framing_found.py", "bench"),
    ("False flags of keyword rules on the seeds", "calibration.py", None),
    ("Passages, PAN 2013 sample", "plagdet.py", "bench/pan13_train_sample"),
    ("Slots, event 1", "slots.py", "gold/seed_alignment.csv"),
    ("One story in several languages", "languages.py", ""),
    ("Slots of three parallel versions, MLQE-PE", "slots_parallel.py", "bench/mlqe_pe"),
    ("Same event or only the same topic, ECB+", "same_event.py", "bench/ecb_plus"),
    ("Events proposed, ECB+ and BASIL", "events.py", "bench"),
    ("Verdicts on pairs of known history", "false_alarms.py", None),
    ("Stemmas of four versions, MLQE-PE", "stemmas.py", "bench/mlqe_pe"),
    ("Cut, light, heavy and no reuse", "clough_stevenson.py", "bench/clough_stevenson"),
    ("Saved pages", "saved_pages.py", "bench/saved_pages"),
    ("How the house is built", "house.py", None),
)
SPEED = (
    ("Counting and comparing words, 20 million tokens", "wording_speed.py", "100000"),
    ("Shared wording of a pair, against difflib", "reuse_speed.py", None),
    ("Loading 100,000 reports", "loading.py", "100000"),
)


def main() -> None:
    """Run the wanted benchmarks and write their tables between the marks of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    kind, wanted = ("speed", SPEED) if options.speed else ("quality", QUALITY)
    sections = [section(title, script, argument, options) for title, script, argument in wanted]
    if options.speed:
        sections.insert(0, f"On {platform.machine()}, Python {platform.python_version()}. Read the ratios.")
    first, last = MARKS[kind]
    before, _, rest = README.read_text(encoding="utf-8").partition(first)
    after = rest.partition(last)[2]
    text = "\n\n".join(sections)
    README.write_text(f"{before}{first}\n\n{text}\n\n{last}{after}", encoding="utf-8", newline="\n")


def section(title: str, script: str, argument: str | None, options: argparse.Namespace) -> str:
    """Return the Markdown of one benchmark: heading, command, and what it printed."""
    given = [] if argument is None else [argument if options.speed else str(options.folder / argument)]
    print(title, file=sys.stderr)
    result = subprocess.run(
        [sys.executable, str(HERE / script), *given], cwd=HERE.parent, capture_output=True, text=True
    )
    shown = f"`python benchmarks/{script}{' ' + argument if argument else ''}`"
    said = result.stdout.strip() or result.stderr.strip().splitlines()[-1]
    return f"### {title}\n\n{shown}\n\n{said}"


if __name__ == "__main__":
    main()
