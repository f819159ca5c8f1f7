"""The errors of ingest: each one sentence that names what is wrong and what to do next."""


class IngestError(Exception):
    """Base of the family."""


class RejectedDocument(IngestError):
    """The file cannot be read as a disclosure; the message is the reason shown to the user."""


class ManifestError(IngestError):
    """manifest.csv cannot be used as it is; the message names the line and the value."""


class WarehouseError(IngestError):
    """The warehouse or the given paths cannot be used; the message says what to do."""
