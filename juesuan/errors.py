"""The errors of the command: each one sentence that names what is wrong and what to do next."""


class JuesuanError(Exception):
    """Base of the family; the command prints the message and no traceback."""


class BuildError(JuesuanError):
    """The models could not be built; what is published stays as it was."""


class GateClosedError(JuesuanError):
    """The build did not pass the gate; what is published stays as it was."""


class HomeBusyError(JuesuanError):
    """Another command is working on the same home."""


class PublishError(JuesuanError):
    """A build could not be published, or the published build asked for does not exist."""


class TraceError(JuesuanError):
    """A figure could not be followed back to its page."""
