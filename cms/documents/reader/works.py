"""What the reader does with a file, each as a function of its bytes and of what is known about it.

The modules that do it are loaded with the first file that wants them.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from . import frames

About = Mapping[str, Any]
Doing = Callable[[bytes, About], bytes]


class NotThere(Exception):
    """What was asked for is not to be had of this file; `kind` of `frames` says so."""

    def __init__(self, kind: bytes):
        super().__init__(kind)
        self.kind = kind


def read(data: bytes, about: About) -> bytes:
    from cms.documents.pipeline import read

    return frames.pack_reading(read(data, about["name"]))


def image(data: bytes, about: About) -> bytes:
    from cms.documents.pipeline.pdf.images import page_image

    page, width = about["page"], about["width"]
    try:
        return page_image(data, page, width, about["name"])
    except IndexError as error:
        if error.args == (page,):
            raise NotThere(frames.NO_PAGE) from error
        raise
    except ValueError as error:
        if error.args == (width,):
            raise NotThere(frames.BAD_VALUE) from error
        raise


def texts(data: bytes, about: About) -> bytes:
    from cms.documents.pipeline.page_texts import page_texts

    return frames.pack_texts(page_texts(data, about["name"]))


def signatures(data: bytes, about: About) -> bytes:
    """One JSON object a signature."""
    from cms.documents.pipeline.pdf.signatures import signatures

    return frames.pack_texts(tuple(json.dumps(found.as_json()) for found in signatures(data)))


ALL: dict[str, Doing] = {"read": read, "image": image, "texts": texts, "signatures": signatures}
