"""The version of the parser: bundles and raw rows are keyed on it, so a change here reads anew."""

from __future__ import annotations

import hashlib

from ingest.seeds import seed_path

PARSER_RELEASE = "8"
_STEERING_SEEDS = (
    "header_roles.csv",
    "person_labels.csv",
    "report_blocks.csv",
    "report_columns.csv",
    "report_fields.csv",
)


def parser_version() -> str:
    """Return ``<release>-<hash of the seeds that steer parsing>``, safe as a folder name."""
    digest = hashlib.sha256()
    for name in _STEERING_SEEDS:
        digest.update(seed_path(name).read_bytes())
    return f"{PARSER_RELEASE}-{digest.hexdigest()[:8]}"


PARSER_VERSION = parser_version()
