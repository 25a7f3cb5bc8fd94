"""The straight lines drawn on a page, as edges for pdfplumber's table finder, read by PDFium.

Rules of tables come as strokes, as thin filled rectangles or as the sides of drawn boxes; all become edges here.
"""

import ctypes
import itertools
import math
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Edge = dict[str, Any]
Point = tuple[float, float]

MAX_OBJECTS = 30_000
MAX_SEGMENTS = 60_000
_THIN = 2.5
_SHORTEST = 4.0


def edges_of(page: pypdfium2.PdfPage, view: Callable[[float, float], Point]) -> list[Edge] | None:
    """Horizontal and vertical edges in the coordinates of `view`; None where there is more drawing than a table has."""
    edges: list[Edge] = []
    objects = segments = 0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        objects += 1
        count = pdfium.FPDFPath_CountSegments(item.raw)
        segments += max(count, 0)
        if objects > MAX_OBJECTS or segments > MAX_SEGMENTS:
            return None
        if count > 0 and _is_drawn(item.raw):
            edges += _edges(_points(item, count), view)
    return edges


def _is_drawn(raw) -> bool:
    """Whether a path is stroked or filled; clipping paths are neither."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return not pdfium.FPDFPath_GetDrawMode(raw, fill, stroke) or bool(fill.value or stroke.value)


def _points(item, count: int) -> list[list[Point]]:
    """The straight sub-paths of a path, in the file's coordinates; a curve ends a sub-path."""
    matrix = item.get_matrix()
    container = item.container
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = container.container
    x, y = ctypes.c_float(), ctypes.c_float()
    paths: list[list[Point]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = matrix.on_point(x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_LINETO and paths:
            paths[-1].append(point)
        else:
            paths.append([point])
        if pdfium.FPDFPathSegment_GetClose(segment) and len(paths[-1]) > 1:
            paths[-1].append(paths[-1][0])
    return [path for path in paths if len(path) > 1]


def _edges(paths: list[list[Point]], view: Callable[[float, float], Point]) -> list[Edge]:
    edges: list[Edge] = []
    for path in paths:
        points = [view(*point) for point in path]
        if not all(math.isfinite(value) and abs(value) < 1e5 for point in points for value in point):
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top <= _THIN:
            edges.append(_edge("h", x0, x1, (top + bottom) / 2, (top + bottom) / 2))
        elif x1 - x0 <= _THIN:
            edges.append(_edge("v", (x0 + x1) / 2, (x0 + x1) / 2, top, bottom))
        else:
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                if abs(ay - by) <= 1:
                    edges.append(_edge("h", min(ax, bx), max(ax, bx), ay, ay))
                elif abs(ax - bx) <= 1:
                    edges.append(_edge("v", ax, ax, min(ay, by), max(ay, by)))
    return [edge for edge in edges if edge["x1"] - edge["x0"] + edge["bottom"] - edge["top"] >= _SHORTEST]


def _edge(orientation: str, x0: float, x1: float, top: float, bottom: float) -> Edge:
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }
