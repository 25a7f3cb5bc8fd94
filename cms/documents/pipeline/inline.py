"""Mark-up inside a line: what exports of Word and PDF leave behind (Markdown marks, a few tags) becomes plain
text.
"""

import re

from .characters import CAPITALS

_TAG = re.compile(r"</?(?:i|b|u|em|strong|sup|sub|span|p|div|font|small|center)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# "Giờ đọc sách <i>Ở lớp …</i>": an emphasised part that starts a sentence of its own in a
# cell.
_PART = re.compile(rf"(?<=[^\s.;:,(>])\s*<(?:i|b|em|strong)>(?=[{CAPITALS}])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,500})>")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\(([^()\s]{0,500})\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_EMPHASIS = re.compile(r"(?<!\\)(?<![^\W_])\*(?=\S)([^*\n]{1,1000})(?<=\S)(?<!\\)\*(?![^\W_])")
_WHOLE = re.compile(r"^\*+(?!\s*$)[^*]+\*+$")
_HASHES = re.compile(r"^(#{1,6})\s+")
_RULE = re.compile(r"^[\s\-_=*~.–—]{3,}$")
_SPECK = re.compile(r"(?<=[^\s|`~'])\s+[~`'|]$")  # dirt on the paper, read as a sign at the end of a line
_SPACES = re.compile(r"[ \t\u00a0]{2,}")


def is_rule(raw: str) -> bool:
    """A line that only draws: "-----", "*****", "_____"."""
    return raw.strip() in ("*", "-", "–") or (bool(_RULE.match(raw)) and any(char in "-_=*~–—" for char in raw))


def clean_line(raw: str) -> tuple[str, bool, int]:
    """Plain text of a line, whether the whole of it was emphasised, and the depth of its heading mark."""
    text = _SPECK.sub("", raw.strip())
    hashes = 0
    if match := _HASHES.match(text):
        hashes, text = len(match[1]), text[match.end() :].strip()
    bold = bool(_WHOLE.match(text.replace("****", " ")))
    if bold:
        text = text.strip("*").strip()
    return clean_text(text), bold, hashes


def clean_text(raw: str) -> str:
    """Plain text: tags, links and emphasis resolved, runs of spaces made one; line breaks of `<br>` kept."""
    text = raw
    if "<" in text:
        text = _PART.sub("\n", text)
        text = _BREAK.sub("\n", text)
        text = _AUTOLINK.sub(lambda match: match[1].removeprefix("mailto:"), text)
        text = _TAG.sub("", text)
    if "](" in text:
        text = _LINK.sub(_link, text)
    if "*" in text:
        text = text.replace("****", " ").replace("**", "")
        text = _EMPHASIS.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return "\n".join(_SPACES.sub(" ", part).strip() for part in text.split("\n")).strip("\n")


def _link(match: re.Match) -> str:
    label, target = match[1].strip(), match[2].removeprefix("mailto:")
    if not target or target.startswith("#") or target == label or target.rstrip("/") == label.rstrip("/"):
        return label
    return f"{label} ({target})"
