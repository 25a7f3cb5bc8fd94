"""What is searched of an object: what its model declares in ``search_fields``, as names and as texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Manager, Model, QuerySet
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from ..registry import Passage

LONGEST_NAME = 255
"""Characters. What is longer, or has several lines, is a text."""


@dataclass(frozen=True)
class Texts:
    """``title`` is the field declared to weigh most; ``names`` are the other short ones (a number, a code), as good as
    a title; ``passages`` the rest, each with its field's name as anchor."""

    title: str
    names: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()

    def without(self, other: "Texts") -> "Texts":
        """What the other does not say."""
        names = {other.title, *other.names}
        known = {passage.text for passage in other.passages}
        return Texts(
            self.title if self.title not in names else "",
            tuple(name for name in self.names if name not in names),
            tuple(passage for passage in self.passages if passage.text not in known),
        )


def title_field(model: type[Model]) -> str:
    """The name of the field that weighs most."""
    fields = [field for field in model.get_search_fields() if isinstance(field, SearchField)]
    return max(fields, key=lambda field: field.boost or 0).field_name if fields else ""


def read(instance: Model, fields: Iterable[str] | None = None) -> Texts:
    """What there is to search of an object; of these declared fields where any are named."""
    wanted = None if fields is None else set(fields)
    title, names, passages = "", [], []
    first = title_field(type(instance))
    for name, is_name, blocks in _values(instance, type(instance).get_search_fields()):
        if wanted is not None and name.partition("__")[0] not in wanted:
            continue
        for block in blocks:
            if name == first and not title:
                title = block
            elif is_name and len(block) <= LONGEST_NAME and "\n" not in block:
                names.append(block)
            else:
                passages.append(Passage(name, (), block))
    return Texts(title, tuple(dict.fromkeys(names)), tuple(passages))


def _values(instance: Any, fields: Iterable[Any], path: str = "") -> Iterator[tuple[str, bool, list[str]]]:
    """(field, whether its values are names, its texts) of each searched field, once each."""
    seen = set()
    for field in fields:
        name = f"{path}{field.field_name}"
        if name in seen or not isinstance(field, SearchField | AutocompleteField | RelatedFields):
            continue
        seen.add(name)
        value = field.get_value(instance)
        if not isinstance(field, RelatedFields):
            yield name, _is_short(field, type(instance)), list(_flat(value))
            continue
        for related in value.all() if isinstance(value, Manager | QuerySet) else [value] if value else []:
            yield from _values(related, field.fields, f"{name}__")


def _is_short(field: Any, model: type[Model]) -> bool:
    try:
        kind = field.get_field(model)
    except FieldDoesNotExist:
        return True
    return isinstance(kind, CharField)


def _flat(value: Any) -> Iterator[str]:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, dict):
        yield from _flat(list(value.values()))
    elif isinstance(value, list | tuple | set | QuerySet):
        for one in value:
            yield from _flat(one)
    elif isinstance(value, Manager):
        yield from _flat(value.all())
    else:
        yield from _flat(str(value))
