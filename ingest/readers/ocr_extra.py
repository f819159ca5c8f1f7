"""Whether character recognition is installed: it is an extra, for digital files need none."""

from __future__ import annotations

from importlib.util import find_spec

from ingest.errors import RejectedDocument

_MODULES = ("cv2", "onnxruntime", "rapidocr")

NEEDS_EXTRA = (
    "扫描件需要文字识别，请先运行 pip install 'juesuan[ocr]' 再读入 / "
    "A scan needs character recognition: run pip install 'juesuan[ocr]', then ingest it again"
)


def require_ocr() -> None:
    """Raise RejectedDocument where the extra is not installed."""
    if not is_installed():
        raise RejectedDocument(NEEDS_EXTRA)


def is_installed() -> bool:
    """Whether all parts of the extra are there."""
    return all(find_spec(name) for name in _MODULES)


def is_cured(reason: str) -> bool:
    """Whether a file rejected for this reason can be read by now."""
    return reason == NEEDS_EXTRA and is_installed()
