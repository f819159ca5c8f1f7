"""The gate: Great Expectations suites generated from the identity catalogue."""

import os

# Set before anything can import Great Expectations: a run opens no connection to the outside.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
