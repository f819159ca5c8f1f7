"""Pictures of pages: rendered or opened at one resolution, set upright, with the way back.

A picture is a grey array (rows, columns) of bytes, 255 white, at RESOLUTION dots per inch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageSequence, UnidentifiedImageError

from ingest.document import Box
from ingest.errors import RejectedDocument

# Dots per inch at which characters are read: more costs time and reads no better.
RESOLUTION = 200
POINTS_PER_DOT = 72 / RESOLUTION
# Pictures that state no resolution, or one no scanner has, are taken for pages of A4.
A4_INCHES = (8.27, 11.69)
CREDIBLE_RESOLUTION = (72.5, 1300)
# No page of paper has more dots: a picture that does is hostile.
MOST_DOTS = 60_000_000
# Scans lie askew by a few degrees at most; found to a hundredth of a degree.
MOST_SKEW = 4.0
LEAST_SKEW = 0.03
SKEW_SAMPLE = 60_000

DAMAGED = "图片已损坏，请重新提供原件 / The picture is damaged: supply the original again"
TOO_LARGE = "图片过大，请按 200–300 dpi 重新扫描 / The picture is too large: scan at 200–300 dpi"


@dataclass(frozen=True)
class Upright:
    """An upright picture and the matrix that leads from its dots back to points of the page."""

    grey: np.ndarray
    to_page: np.ndarray

    def box_on_page(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """Return the box around a rectangle of the upright picture, in points of the page."""
        corners = np.array([(x0, top, 1), (x1, top, 1), (x1, bottom, 1), (x0, bottom, 1)])
        points = corners @ self.to_page.T
        return Box(*map(float, (*points.min(axis=0), *points.max(axis=0))))


def render(page: pdfium.PdfPage) -> np.ndarray:
    """Render a page of a PDF as it is shown."""
    width, height = page.get_size()
    if width * height / POINTS_PER_DOT**2 > MOST_DOTS:
        raise RejectedDocument(TOO_LARGE)
    bitmap = page.render(scale=RESOLUTION / 72, grayscale=True)
    try:
        return np.array(bitmap.to_pil().convert("L"))
    finally:
        bitmap.close()


def open_pictures(path: Path) -> Iterator[tuple[np.ndarray, int]]:
    """Yield the pages of a picture file and how many there are; raises RejectedDocument."""
    try:
        with Image.open(path) as file:
            count = getattr(file, "n_frames", 1)
            for frame in ImageSequence.Iterator(file):
                if frame.width * frame.height > MOST_DOTS:
                    raise RejectedDocument(TOO_LARGE)
                scale = RESOLUTION / _resolution(frame)
                size = (round(frame.width * scale), round(frame.height * scale))
                yield np.array(_on_white(frame).resize(size, Image.Resampling.LANCZOS)), count
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise RejectedDocument(DAMAGED) from error


def _on_white(frame: Image.Image) -> Image.Image:
    """Return a frame in grey; what is transparent is paper."""
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        coloured = frame.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("L")
    return frame.convert("L")


def _resolution(frame: Image.Image) -> float:
    stated = frame.info.get("dpi")
    low, high = CREDIBLE_RESOLUTION
    if stated and all(low <= float(value) <= high for value in stated):
        return float(stated[0])
    return max(frame.size) / max(A4_INCHES)


def set_upright(grey: np.ndarray, quarter_turns: int = 0) -> Upright:
    """Turn a picture by quarters (counter-clockwise) and straighten what is left of the skew."""
    turned = np.ascontiguousarray(np.rot90(grey, quarter_turns))
    skew = find_skew(turned)
    height, width = turned.shape
    if abs(skew) < LEAST_SKEW:
        forward = np.eye(3)
    else:
        forward = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1), (0, 0, 1)])
        turned = cv2.warpAffine(
            turned, forward[:2], (width, height), flags=cv2.INTER_CUBIC, borderValue=255
        )
    back = _turn_back(quarter_turns % 4, width, height) @ np.linalg.inv(forward)
    return Upright(turned, (back * POINTS_PER_DOT)[:2])


def _turn_back(quarter_turns: int, width: int, height: int) -> np.ndarray:
    """Return the matrix from dots of the turned picture to dots of the one as shown."""
    return np.array(
        {
            0: ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
            1: ((0, -1, height), (1, 0, 0), (0, 0, 1)),
            2: ((-1, 0, width), (0, -1, height), (0, 0, 1)),
            3: ((0, 1, 0), (-1, 0, width), (0, 0, 1)),
        }[quarter_turns],
        dtype=float,
    )


def find_skew(grey: np.ndarray) -> float:
    """Return the degrees by which lines and rules fall to the right: what turning must undo.

    At the right angle the ink gathers in the fewest rows: the sum of the squares of the row
    counts is the largest.
    """
    rows, columns = np.nonzero(binarise(grey))
    if rows.size < 100:
        return 0.0
    step = max(1, rows.size // SKEW_SAMPLE)
    rows, columns = rows[::step].astype(np.float32), columns[::step].astype(np.float32)

    def gathered(degrees: float) -> float:
        shifted = rows - columns * math.tan(math.radians(degrees))
        places = np.round(shifted - shifted.min()).astype(np.int64)
        counts = np.bincount(places).astype(np.float64)
        return float(counts @ counts)

    best = 0.0
    for reach, step_size in ((MOST_SKEW, 0.2), (0.3, 0.05), (0.1, 0.01)):
        angles = best + np.arange(-reach, reach + step_size / 2, step_size)
        scores = np.array([gathered(angle) for angle in angles])
        # Rules are thicker than a dot: the middle of the angles that do nearly as well.
        best = float(angles[scores >= 0.98 * scores.max()].mean())
    return best


def binarise(grey: np.ndarray) -> np.ndarray:
    """Return 255 where ink is and 0 where paper is, shaded paper included."""
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(
        calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 18
    )
