"""Custom SQLMesh materializations of the project."""
