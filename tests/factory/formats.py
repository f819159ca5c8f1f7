"""The formats a disclosure can be written in: name → file suffix and writer.

A writer is ``write_<name>(content, layout)`` in ``<name>_writer.py`` and returns text or bytes; one
that is there is used, so that a new format plugs in by its module alone. A scan is pictures of the
PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from tests.factory.content import DisclosureContent
from tests.factory.layout import Layout
from tests.factory.pdf_writer import write_pdf
from tests.factory.scan_writer import write_scan

Writer = Callable[[DisclosureContent, Layout], bytes | str]
SUFFIXES = {
    "text": ".txt",
    "pdf": ".pdf",
    "docx": ".docx",
    "xlsx": ".xlsx",
    "xls": ".xls",
    "html": ".html",
    "mhtml": ".mhtml",
    "scan": ".pdf",
}
# Shares of the formats in a corpus; a scan or MHTML is written only where it is asked for.
SHARES = {"pdf": 5, "text": 2, "docx": 2, "xlsx": 1, "xls": 1, "html": 1}


def available() -> dict[str, str]:
    """Return the suffix of each format that has a writer."""
    return {
        name: suffix
        for name, suffix in SUFFIXES.items()
        if find_spec(f"tests.factory.{name}_writer")
    }


def write(name: str, content: DisclosureContent, layout: Layout) -> bytes:
    """Return the bytes of the disclosure in the format ``name``."""
    if name == "scan":
        return write_scan(write_pdf(content, layout), seed=content.fiscal_year)
    module = import_module(f"tests.factory.{name}_writer")
    writer: Writer = getattr(module, f"write_{name}")
    written = writer(content, layout)
    return written.encode() if isinstance(written, str) else written
