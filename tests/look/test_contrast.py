"""Every pair of colours that meets can be told apart, in both themes (WCAG 2.2: 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "site" / "static" / "css" / "tokens.css"

PAPERS = ("paper", "surface", "risk-paper")
TEXTS = ("ink", "ink-muted", "accent", "accent-hover", "good", "risk", "bad", "none")

TEXT_PAIRS = [(text, paper) for text in TEXTS for paper in PAPERS] + [
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
]
MARK_PAIRS = [(mark, paper) for mark in ("edge", "good", "risk", "bad", "none", "accent") for paper in PAPERS]


def declarations(block: str) -> dict[str, str]:
    """Custom properties of one rule that are plain colours: name to ``#rrggbb``."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    """The light theme, and the dark one as it overrides it."""
    css = TOKENS.read_text(encoding="utf-8")
    light = declarations(re.search(r":root\s*{([^}]*)}", css).group(1))
    dark = re.search(r"prefers-color-scheme: dark\)\s*{\s*:root\s*{([^}]*)}", css).group(1)
    return {"light": light, "dark": light | declarations(dark)}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_dark_theme_overrides_every_colour_but_the_focus_ring() -> None:
    found = themes()
    same = {name for name, colour in found["light"].items() if found["dark"][name] == colour}
    assert same == {"focus", "focus-edge"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "paper"), TEXT_PAIRS)
def test_text_has_four_and_a_half_to_one(theme: str, text: str, paper: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[paper]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "paper"), MARK_PAIRS)
def test_marks_and_meaningful_borders_have_three_to_one(theme: str, mark: str, paper: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[mark], colours[paper]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_focus_ring_is_seen_on_every_paper(theme: str, paper: str) -> None:
    """Ring and edge differ from each other, and one of them from what lies around."""
    colours = themes()[theme]
    ring, edge = colours["focus"], colours["focus-edge"]
    assert contrast(ring, edge) >= 3
    assert max(contrast(ring, colours[paper]), contrast(edge, colours[paper])) >= 3
