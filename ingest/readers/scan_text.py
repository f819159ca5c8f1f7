"""Characters read from pictures with rapidocr, on this machine: the models are in its wheel."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

THREADS = 2
# A reading less certain than this is read a second time from another picture of the same place.
CERTAIN = 0.97
# Lines of text are found on a picture of half the resolution: a quarter of the time.
DETECTION_SCALE = 0.5
ENLARGED = 1.5
_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}

_NUMBER = re.compile(r"[-−－(（]?(\d{1,3}([,，]\d{3})+|\d+)(\.\d+)?[%％)）]?")
# Signs that are taken for those of a number; applied only to what is nearly one.
_MISTAKEN = str.maketrans(
    {"O": "0", "o": "0", "〇": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "丨": "1"}
    | {"S": "5", "s": "5", "B": "8", "Z": "2", "z": "2", "。": ".", "·": ".", ":": ".", "：": "."}
    | {"、": ".", "'": ".", "_": ".", "一": "-", "—": "-", "–": "-"}
)
_NEARLY_NUMBER = re.compile(r"[-−－—–一]?[\dOo〇QDlI|丨SsBZz,，.。·:：、'_ ]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture says, how certain that is (0 to 1), and other readings of it, surest first."""

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Return the recogniser; it is silent and told where its models are, so it fetches nothing."""
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    missing = [name for name in _MODELS.values() if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(f"rapidocr lacks {', '.join(missing)}: reinstall juesuan[ocr]")
    params = {f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()}
    return rapidocr.RapidOCR(
        params=params
        | {
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.use_cls": False,
            "Global.use_preprocess_img": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(THREADS, os.cpu_count() or 1),
            # Short figures need no wide paper around them.
            "Rec.rec_img_shape": [3, 48, 160],
        }
    )


def find_lines(grey: np.ndarray) -> list[tuple[float, float, float, float]]:
    """Return the boxes (x0, top, x1, bottom, in dots) of lines of text on a picture."""
    small = cv2.resize(
        grey, None, fx=DETECTION_SCALE, fy=DETECTION_SCALE, interpolation=cv2.INTER_AREA
    )
    # The flags persist from call to call: all three are given each time.
    found = _engine()(_coloured(small), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    corners = np.asarray(found.boxes) / DETECTION_SCALE
    lows, highs = corners.min(axis=1), corners.max(axis=1)
    return [tuple(map(float, (*low, *high))) for low, high in zip(lows, highs, strict=True)]


def read_line(grey: np.ndarray) -> Reading:
    """Read a picture of one line of text; without ink that is text, the text is ''."""
    text, confidence = _read(grey)
    readings = {text: confidence}
    if confidence < CERTAIN or (_is_nearly_number(text) and not _NUMBER.fullmatch(text)):
        for other in _other_pictures(grey):
            other_text, other_confidence = _read(other)
            readings[other_text] = max(other_confidence, readings.get(other_text, 0.0))
    best = max(readings, key=lambda t: (_is_sound(t), readings[t]))
    for text in list(readings):
        mended = as_number(text)
        if mended and mended not in readings:
            readings[mended] = 0.0
    others = sorted((t for t in readings if t and t != best), key=lambda t: -readings[t])
    return Reading(best, readings[best], tuple((t, readings[t]) for t in others))


def _is_sound(text: str) -> bool:
    return bool(text) and (not _is_nearly_number(text) or bool(_NUMBER.fullmatch(text)))


def _is_nearly_number(text: str) -> bool:
    return any(c.isdigit() for c in text) and bool(_NEARLY_NUMBER.fullmatch(text))


def as_number(text: str) -> str | None:
    """Return the number that a text is but for signs easily mistaken, or None.

    Never more than another reading of the cell: which one holds, the sums of the form decide.
    """
    compact = re.sub(r"\s", "", text)
    if _NUMBER.fullmatch(compact) or not _is_nearly_number(text):
        return None
    mended = compact.translate(_MISTAKEN)
    if not _NUMBER.fullmatch(mended):
        # A group of other than three digits follows a point, not a comma.
        head, _, tail = mended.replace("，", ",").rpartition(",")
        mended = f"{head}.{tail}" if "." not in mended else mended.replace(",", "")
        # Dust before or after a number reads as a stop.
        mended = mended.strip(".")
    return mended if _NUMBER.fullmatch(mended) else None


def _other_pictures(grey: np.ndarray) -> list[np.ndarray]:
    """Return the same place enlarged with more paper around it, and calmed."""
    wide = cv2.copyMakeBorder(grey, 4, 4, 8, 8, cv2.BORDER_CONSTANT, value=255)
    enlarged = cv2.resize(wide, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    return [enlarged, cv2.bilateralFilter(grey, 5, 40, 5)]


def _read(grey: np.ndarray) -> tuple[str, float]:
    found = _engine()(_coloured(grey), use_det=False, use_cls=False, use_rec=True)
    if not found.txts:
        return "", 0.0
    return found.txts[0].strip(), float(found.scores[0])


def _coloured(grey: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


def joined(readings: Sequence[Reading]) -> Reading:
    """Join the readings of the lines of one cell; the least certain line is as sure as it gets."""
    text = "\n".join(reading.text for reading in readings)
    confidence = min(reading.confidence for reading in readings)
    alternatives = []
    for number, reading in enumerate(readings):
        for other, certainty in reading.alternatives:
            lines = [r.text for r in readings]
            lines[number] = other
            alternatives.append(("\n".join(lines), certainty))
    return Reading(text, confidence, tuple(alternatives))
