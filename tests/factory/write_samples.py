"""Writes every sample: ``python -m tests.factory.write_samples samples``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.factory import archives, forestry, linzi, social_work, water_bureau
from tests.factory.pdf_writer import write_pdf
from tests.factory.text_writer import write_text


def samples() -> dict[str, bytes]:
    """Return the bytes of each sample by file name."""
    files = {
        "linzi-government-office-2020.txt": write_text(linzi.content(), linzi.LAYOUT).encode(),
        "example-social-work-2024.pdf": write_pdf(social_work.content(), social_work.LAYOUT),
    }
    for content in archives.disclosures():
        name = f"archives-{content.fiscal_year}.txt"
        files[name] = write_text(content, archives.LAYOUT).encode()
    for name, content in forestry.disclosures().items():
        files[f"forestry-bureau-{name}.txt"] = write_text(content, forestry.LAYOUT).encode()
    for content in water_bureau.disclosures():
        name = f"water-bureau-{content.fiscal_year}.pdf"
        files[name] = write_pdf(content, water_bureau.LAYOUT)
    return files


def main(arguments: list[str]) -> int:
    """Write the samples into the folder named; return the exit code."""
    if len(arguments) != 1:
        print("用法 usage: python -m tests.factory.write_samples FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in samples().items():
        (folder / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
