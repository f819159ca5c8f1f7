"""The errors of the gate: each one sentence that names what is wrong and what to do next."""


class ExpectationsError(Exception):
    """Base of the family."""


class GateError(ExpectationsError):
    """The gate could not be run at all (no warehouse, no catalogue); nothing may be published."""


class LimitsError(ExpectationsError):
    """A data file of this package (grains.csv, limits.csv) cannot be used as it is written."""
