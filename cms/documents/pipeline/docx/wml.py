"""Names of WordprocessingML (ECMA-376 part 1) and the few ways its values are read."""

from functools import cache

from lxml import etree

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_OFF = frozenset({"0", "false", "off", "none"})


@cache
def w(name: str) -> str:
    """The qualified name of an element or attribute: `w("p")`."""
    return f"{{{NAMESPACE}}}{name}"


VAL = w("val")
CHOICE, FALLBACK = f"{{{COMPATIBILITY}}}Choice", f"{{{COMPATIBILITY}}}Fallback"
ALTERNATE = f"{{{COMPATIBILITY}}}AlternateContent"
R_ID = f"{{{RELATIONS}}}id"


def value(parent: etree._Element | None, name: str) -> str | None:
    """The `w:val` of a child, None where there is no such child."""
    child = parent.find(w(name)) if parent is not None else None
    return None if child is None else child.get(VAL, "")


def number(parent: etree._Element | None, name: str) -> int | None:
    """The `w:val` of a child as a whole number; None where it is absent or no number."""
    return whole(value(parent, name))


def whole(text: str | None) -> int | None:
    """A whole number within the 32 bits the format allows."""
    try:
        found = int(text) if text else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < 2**31 else None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """An on/off property: on where the child stands without a value; None where it is absent."""
    found = value(parent, name)
    return None if found is None else found.lower() not in _OFF


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    return None if parent is None else parent.find(w(name))
