"""The editing interface speaks Vietnamese: every sentence of the installed packages has a translation.

The English catalogues of the installed packages are the list of sentences; a translation counts when it
stands in our catalogue (site/locale/wagtail, which wins) or, failing that, unmarked in the package's own.
Pure: reads files only, needs neither Django settings nor a database.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

OURS = Path(__file__).resolve().parents[2] / "site" / "locale" / "wagtail" / "vi" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")

# Every folder of these packages that holds a locale/en is read.
WHOLE_PACKAGES = ("wagtail", "wagtail_modeladmin", "taggit")
# Django ships much more than the editing interface shows; these are the parts it does show.
DJANGO_PARTS = ("conf", "contrib/auth", "contrib/contenttypes", "contrib/sessions")
# No English catalogue, but another language's holds the same list of English sentences.
BY_ANOTHER_LANGUAGE = {"import_export": "fr", "django_filters": "fr"}
# No catalogue at all: the sentences are read from the gettext calls in the source.
BY_SOURCE = ("modelsearch", "django_tasks", "django_tasks_db")

# Names, the same in both languages.
SAME_IN_BOTH = {"URL", "IPv4", "IPv6", "Taggit", "Wagtail API v2", "Wagtail API v3", "Wagtail ModelAdmin"}
PLACEHOLDER = re.compile(r"%\([\w.]+\)[sdrif]|%[sdrif]|\{\w*\}|</?\w[^>]*>")

Key = tuple[str | None, str]  # context, English (singular)


def folder(package: str) -> Path:
    """Where an installed package lies; finding it imports nothing."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"{package} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def forms(message: Message) -> tuple[str, ...]:
    """The English sentence, with its plural when it has one."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translation(message: Message) -> str:
    """The Vietnamese sentence; Vietnamese has one form, so a plural entry has one too."""
    return message.string if isinstance(message.string, str) else (message.string or ("",))[0]


def sentences(path: Path) -> dict[Key, tuple[str, ...]]:
    return {(m.context, forms(m)[0]): forms(m) for m in catalogue(path) if m.id}


def translated(path: Path) -> dict[Key, str]:
    """What a catalogue translates for certain: entries that are neither empty nor fuzzy."""
    if not path.exists():
        return {}
    entries = ((m.context, forms(m)[0], translation(m)) for m in catalogue(path) if m.id and not m.fuzzy)
    return {(context, english): vietnamese for context, english, vietnamese in entries if vietnamese}


def gettext_calls(package: str) -> dict[Key, tuple[str, ...]]:
    """The literal sentences a package's Python source passes to gettext (and its lazy, context forms)."""
    found: dict[Key, tuple[str, ...]] = {}
    for path in sorted(folder(package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            name = node.func.id.removesuffix("_lazy")
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if name in {"_", "gettext"} and texts:
                found[(None, texts[0])] = (texts[0],)
            elif name == "pgettext" and len(texts) == 2:
                found[(texts[0], texts[1])] = (texts[1],)
            elif name == "ngettext" and len(texts) == 2:
                found[(None, texts[0])] = (texts[0], texts[1])
    return found


def rooms() -> Iterator[tuple[str, Path]]:
    """(name, locale folder) of every part of the installed packages that ships English catalogues."""
    for package in WHOLE_PACKAGES:
        root = folder(package)
        for english in sorted(root.rglob("locale/en")):
            yield english.parent.parent.relative_to(root.parent).as_posix(), english.parent
    for part in DJANGO_PARTS:
        yield f"django/{part}", folder("django") / part / "locale"


@dataclass(frozen=True)
class Source:
    """The sentences of one part of a package in one domain, and where its own Vietnamese would lie."""

    name: str
    domain: str
    sentences: dict[Key, tuple[str, ...]]
    shipped: Path

    def effective(self) -> dict[Key, str]:
        """What the screen shows: the package's own translation, ours on top."""
        return translated(self.shipped) | translated(OURS / f"{self.domain}.po")


def sources() -> Iterator[Source]:
    for name, locale in rooms():
        for domain in DOMAINS:
            english = locale / "en" / "LC_MESSAGES" / f"{domain}.po"
            if english.exists():
                yield Source(name, domain, sentences(english), locale / "vi" / "LC_MESSAGES" / english.name)
    for package, language in BY_ANOTHER_LANGUAGE.items():
        locale = folder(package) / "locale"
        listed = sentences(locale / language / "LC_MESSAGES" / "django.po")
        yield Source(package, "django", listed, locale / "vi" / "LC_MESSAGES" / "django.po")
    for package in BY_SOURCE:
        shipped = folder(package) / "locale" / "vi" / "LC_MESSAGES" / "django.po"
        yield Source(package, "django", gettext_calls(package), shipped)


SOURCES = tuple(sources())
EACH_SOURCE = pytest.mark.parametrize("source", SOURCES, ids=lambda s: f"{s.name}:{s.domain}")
EACH_DOMAIN = pytest.mark.parametrize("domain", DOMAINS)


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def edges(text: str) -> tuple[str, str]:
    """The white space before and after the words; templates rely on it."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_the_packages_are_really_read():
    names = {source.name for source in SOURCES if source.sentences}
    assert {"wagtail/admin", "wagtail", "wagtail/images", "modelsearch", "django_tasks_db"} <= names
    assert sum(len(source.sentences) for source in SOURCES) > 2000


@EACH_SOURCE
def test_every_sentence_is_translated(source: Source):
    effective, shipped = source.effective(), translated(source.shipped)
    total = len(source.sentences)
    own = sum(key in shipped for key in source.sentences)
    missing = [key for key in source.sentences if key not in effective]
    covered = total - len(missing)
    print(f"{source.name} {source.domain}: shipped {own}/{total}, on the screen {covered}/{total}")
    assert not missing


@EACH_SOURCE
def test_translations_keep_the_placeholders(source: Source):
    """Singular and plural may name different things; the one Vietnamese form follows either of them."""
    effective = source.effective()
    changed = [
        (english, effective[key])
        for key, english in source.sentences.items()
        if placeholders(effective.get(key, "")) not in [placeholders(form) for form in english]
    ]
    assert not changed


@EACH_DOMAIN
def test_our_catalogue_is_whole(domain: str):
    """As a compiler would see it: complete, certain, one plural form, nothing it refuses."""
    ours = catalogue(OURS / f"{domain}.po")
    entries = [message for message in ours if message.id]
    assert str(ours.locale) == "vi"
    assert ours.num_plurals == 1
    assert not [m.id for m in entries if m.fuzzy or not translation(m).strip()]
    assert not [m.id for m in entries if edges(forms(m)[0]) != edges(translation(m))]
    assert not [(message.id, errors) for message, errors in ours.check()]


@EACH_DOMAIN
def test_our_catalogue_translates_only_what_the_packages_say(domain: str):
    """An upgrade that drops a sentence shows here, so the catalogue does not gather dust."""
    said = {key for source in SOURCES if source.domain == domain for key in source.sentences}
    assert not [key for key in translated(OURS / f"{domain}.po") if key not in said]


def has_words(text: str) -> bool:
    return any(character.isalpha() for character in PLACEHOLDER.sub("", text))


@EACH_DOMAIN
def test_nothing_is_left_in_english(domain: str):
    pairs = [(english, vi) for (_, english), vi in translated(OURS / f"{domain}.po").items()]
    assert not {english for english, vi in pairs if vi == english and has_words(english)} - SAME_IN_BOTH


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("Publish", "Xuất bản"),
        ("Unpublish", "Gỡ xuống"),
        ("Live", "Đang công khai"),
        ("Draft", "Bản nháp"),
        ("Workflow", "Quy trình duyệt"),
        ("Task", "Bước duyệt"),
        ("Approve", "Duyệt"),
        ("Reject", "Trả lại"),
        ("revision", "phiên bản"),
        ("Snippets", "Dữ liệu dùng chung"),
        ("Collection", "Bộ sưu tập"),
        ("Documents", "Tệp"),
        ("Alt text", "Mô tả hình"),
        ("slug", "đường dẫn"),
        ("Settings", "Cấu hình"),
    ],
)
def test_terms_of_the_editing_interface(english: str, vietnamese: str):
    assert translated(OURS / "django.po")[(None, english)] == vietnamese


OTHER_WORDS = ("tài liệu", "luồng công việc", "thu hồi xuất bản", "tệp tin", "xoá", "khoá", "huỷ")


@pytest.mark.parametrize("other", OTHER_WORDS)
def test_one_word_for_one_thing(other: str):
    """Words the packages' own translations mix with the agreed ones must not come back."""
    found = [
        english
        for domain in DOMAINS
        for (_, english), vietnamese in translated(OURS / f"{domain}.po").items()
        if other in vietnamese.lower() and english != "Django Documentation"
    ]
    assert not found
