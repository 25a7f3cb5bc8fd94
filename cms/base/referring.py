"""Which files and pictures a page refers to, wherever: in its fields, in the blocks and rich text of its text, in its
child rows. Wagtail's own reference index finds them, in what is not saved yet as well."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import ReferenceIndex


@dataclass(frozen=True)
class Found:
    """A reference: the row it leads to, the form's field that holds it, the item of a stream (1 for the first)."""

    row: tuple[int, int]
    field: str
    item: int = 0


def references(instance: Any) -> Iterator[Found]:
    """Every reference to a kept file, a file for articles or a picture."""
    from media.choosing import guarded_types

    kinds = guarded_types()
    for kind, pk, _model_path, path in ReferenceIndex._extract_references_from_object(instance):
        number = _number(pk)
        if kind in kinds and number is not None:
            field, _dot, rest = path.partition(".")
            yield Found((kind, number), field, _item(getattr(instance, field, None), rest.partition(".")[0]))


def _number(pk: Any) -> int | None:
    """A primary key as the database will read it, however a post has written it."""
    try:
        return int(str(pk).strip())
    except ValueError:
        return None


def _item(value: Any, block_id: str) -> int:
    """The place in a stream of the block with this id; 0 where there is none."""
    blocks = value if hasattr(value, "stream_block") else ()
    return next((place for place, block in enumerate(blocks, start=1) if block.id == block_id), 0)
