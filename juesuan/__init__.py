"""The command juesuan and what it drives: refresh, publish, settings."""
