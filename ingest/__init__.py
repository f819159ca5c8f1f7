"""Reads disclosures: files in, labelled cells and figures in raw out."""

from ingest.errors import IngestError, ManifestError, RejectedDocument, WarehouseError
from ingest.run import FileResult, IngestReport, ingest_paths
from ingest.version import PARSER_VERSION

__all__ = [
    "PARSER_VERSION",
    "FileResult",
    "IngestError",
    "IngestReport",
    "ManifestError",
    "RejectedDocument",
    "WarehouseError",
    "ingest_paths",
]
