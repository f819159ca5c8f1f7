"""``python -m benchmarks.detection``: write a corpus, run the whole pipeline on it, measure."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.detection.measure import measure
from benchmarks.detection.report import markdown, scans_markdown, write_section
from juesuan.refresh import refresh
from juesuan.settings import Home, silence_telemetry
from tests.factory import formats
from tests.factory.corpus import CorpusOptions, write_corpus
from tests.factory.frozen import frozen_layouts

SECTIONS = {"detection": markdown, "scanned": scans_markdown}


def run(folder: Path, options: CorpusOptions, workers: int = 2) -> dict[str, Any]:
    """Write the corpus into ``folder``, refresh a home beside it and return what was measured."""
    silence_telemetry()
    began = time.perf_counter()
    index = write_corpus(folder, options, workers)
    written = time.perf_counter()
    steps: list[tuple[str, float]] = []
    home = Home(folder / "home")
    refresh(
        [folder / "documents"],
        home,
        workers=workers,
        step=lambda name: steps.append((name.split(" / ")[-1], time.perf_counter())),
    )
    ends = [at for _, at in steps[1:]] + [time.perf_counter()]
    return {
        "options": index["options"],
        "held_out": [layout.name for layout in frozen_layouts() if layout.is_held_out],
        "seconds": {
            "corpus": written - began,
            "steps": {name: end - at for (name, at), end in zip(steps, ends, strict=True)},
        },
        **measure(index, home.published.resolve()),
    }


def main(arguments: list[str]) -> int:
    """Run the benchmark as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection", description=__doc__)
    parser.add_argument("--departments", type=int, default=200)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--errors", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scans", type=int, default=0, help="how many documents are scans")
    parser.add_argument("--formats", default="", help=", ".join(formats.available()))
    parser.add_argument("--layouts", default="", help="names of frozen layouts, all by default")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where the corpus and the home stay")
    parser.add_argument("--json", type=Path, help="where the figures are stored")
    parser.add_argument("--docs", type=Path, help="the document whose section is written anew")
    parser.add_argument("--section", choices=SECTIONS, default="detection", help="what to report")
    given = parser.parse_args(arguments)
    options = CorpusOptions(
        departments=given.departments,
        years=given.years,
        errors=given.errors,
        seed=given.seed,
        scans=given.scans,
        format_names=tuple(filter(None, given.formats.split(","))),
        layouts=tuple(filter(None, given.layouts.split(","))),
    )
    with tempfile.TemporaryDirectory(prefix="juesuan-detection-") as temporary:
        result = run(given.folder or Path(temporary), options, given.workers)
    section = SECTIONS[given.section](result)
    print(section)
    if given.json:
        text = json.dumps(result, ensure_ascii=False, indent=1, default=str)
        given.json.write_text(text + "\n", encoding="utf-8")
    if given.docs:
        write_section(given.docs, section, given.section)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
