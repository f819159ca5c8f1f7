"""The media types of the formats whose readers are slow to load: to name one loads none of them."""

from __future__ import annotations

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
HTML = "text/html"
MHTML = "multipart/related"
