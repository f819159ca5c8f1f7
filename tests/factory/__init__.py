"""Writes disclosures: a small fictional economy → nine consistent forms → a text or a PDF file."""
