"""What the look never does, and what the stylesheets may weigh."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CSS = sorted((ROOT / "site" / "static" / "css").glob("*.css"))
BUT_TOKENS = [path for path in CSS if path.name != "tokens.css"]
TEMPLATES = [path for path in sorted((ROOT / "templates").rglob("*.html")) if "admin" not in path.parts]
BREAKPOINTS = {"40em", "64em", "80em"}
MOST_BYTES = 36 * 1024


def rules(path: Path) -> str:
    """A stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def values(css: str) -> str:
    """What stands to the right of a colon inside a rule; conditions of media queries are left out."""
    return re.sub(r"@media[^{]*{", "{", css)


@pytest.mark.parametrize("path", BUT_TOKENS, ids=lambda path: path.name)
def test_only_the_tokens_hold_a_colour(path: Path) -> None:
    css = values(rules(path))
    assert not re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\()", css)
    assert not re.findall(r":\s*(?:[^;{}]*\s)?(white|black|red|blue|green|gr[ae]y|yellow|transparent)\b", css)


@pytest.mark.parametrize("path", BUT_TOKENS, ids=lambda path: path.name)
def test_only_the_tokens_hold_a_size(path: Path) -> None:
    """``1em`` (as large as the text around) and ``100vh`` (the screen) are relations, not sizes."""
    found = re.findall(r"(?<![\w.#-])-?\d*\.?\d+(?:px|rem|em|ch|vw|vh|pt|mm|cm)\b", values(rules(path)))
    assert set(found) <= {"1em", "100vh"}


def test_breakpoints_are_the_three_that_tokens_name() -> None:
    found = {width for path in CSS for width in re.findall(r"@media[^{]*width:\s*([\w.]+)", rules(path))}
    assert found <= BREAKPOINTS


@pytest.mark.parametrize("path", BUT_TOKENS, ids=lambda path: path.name)
def test_every_token_used_is_defined(path: Path) -> None:
    tokens = rules(ROOT / "site" / "static" / "css" / "tokens.css")
    defined = set(re.findall(r"(--[\w-]+):", tokens))
    assert set(re.findall(r"var\((--[\w-]+)", rules(path))) <= defined


def test_every_token_defined_is_used() -> None:
    everything = "".join(rules(path) for path in CSS)
    defined = set(re.findall(r"\s(--[\w-]+):", everything))
    assert defined - set(re.findall(r"var\((--[\w-]+)", everything)) == set()


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_what_the_look_never_does(path: Path) -> None:
    css = rules(path)
    assert not re.search(r"outline(-style|-width)?:\s*(none|0)\s*;", css)
    assert not re.search(r"letter-spacing|text-transform|@font-face|@import|url\(|animation|transition", css)
    if path.name != "print.css":
        assert "!important" not in css
    assert set(re.findall(r"font-weight:\s*([^;]+);", css)) <= {"var(--weight)", "var(--weight-strong)"}


def test_the_stylesheets_stay_small() -> None:
    assert sum(path.stat().st_size for path in CSS) <= MOST_BYTES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_carry_no_inline_style_or_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    html = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", source, flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", html))
    assert not re.search(r"https?://(?!www\.w3\.org)", html.replace("{{ request.scheme }}://", ""))
