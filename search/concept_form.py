"""The form of a concept: what is wrong is said at its field, what is only doubtful is said and asked about."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from . import editions
from .concept_check import Finding, Problem, check
from .concepts import ConceptError, Line, forms_of, lines_of_file
from .engines import EMBEDDED, engine
from .engines.base import IndexMissing
from .letters import strip_marks
from .models import Concept
from .models.concepts import MAX_CHARS, MAX_SPELLINGS, one_a_line
from .question import Vocabulary

KINDS = ("forms", "upper", "one_way")
TRY = "action-try"
"""The button that shows what would change and saves nothing."""
LONGEST = MAX_SPELLINGS * (MAX_CHARS + 2)

MESSAGES = {
    Problem.EMPTY: gettext_lazy("“%(spelling)s” has neither letters nor digits."),
    Problem.TAKEN: gettext_lazy(
        "“%(spelling)s” already belongs to “%(other)s”: one of the two would swallow the other. Take it out here, or "
        "change the other one."
    ),
    Problem.BOTH_WAYS: gettext_lazy("“%(spelling)s” means the same and is also only said: leave it in one of the two."),
    Problem.NUMBER: gettext_lazy(
        "“%(spelling)s” reads as the number of a document, a date or a percentage. Those are recognised by themselves."
    ),
    Problem.COMMON: gettext_lazy(
        "“%(spelling)s” is a single word that more than a fifth of the documents have; alone it can mean too much. "
        "Write it with the word that belongs to it."
    ),
    Problem.CONTAINS: gettext_lazy(
        "“%(spelling)s” contains “%(other)s”. Whoever asks for the shorter one also finds the longer one."
    ),
}


class ConceptForm(WagtailAdminModelForm):
    """``warnings`` are sentences that must be confirmed before it is saved; ``preview`` is set by the view."""

    confirmed = forms.BooleanField(required=False, label=gettext_lazy("I have read this. Save it all the same."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings: list[str] = []
        self.preview: Any = None
        for kind in KINDS:
            self.fields[kind].max_length = LONGEST
            self.fields[kind].widget.attrs.update({"rows": 3, "maxlength": LONGEST, "spellcheck": "false"})
        self.fields["name"].required = False
        if self.instance.pk:
            self.fields["name"].disabled = True

    @property
    def is_trial(self) -> bool:
        return TRY in self.data

    def clean_forms(self) -> str:
        return self._spellings("forms")

    def clean_upper(self) -> str:
        return self._spellings("upper")

    def clean_one_way(self) -> str:
        return self._spellings("one_way")

    def _spellings(self, kind: str) -> str:
        spellings = one_a_line(self.cleaned_data[kind] or "")
        if len(spellings) > MAX_SPELLINGS:
            most = _("At most %(most)d spellings; there are %(count)d.")
            raise forms.ValidationError(most % {"most": MAX_SPELLINGS, "count": len(spellings)})
        for spelling in spellings:
            if len(spelling) > MAX_CHARS:
                long = _("“%(spelling)s…” is too long for a spelling: at most %(most)d characters.")
                raise forms.ValidationError(long % {"spelling": spelling[:40], "most": MAX_CHARS})
            if not spelling.isprintable():
                shown = "".join(char if char.isprintable() else "�" for char in spelling)
                raise forms.ValidationError(
                    _("“%(spelling)s” has characters that nobody can see.") % {"spelling": shown}
                )
        return "\n".join(spellings)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if any(kind in self.errors for kind in KINDS):
            return data
        line = Line("", "-", *(one_a_line(data.get(kind, "")) for kind in KINDS))
        if not (line.forms or line.upper) and data.get("is_active"):
            self.add_error("forms", _("Write at least one spelling."))
            return data
        name = data.get("name") or self._free_name((*line.forms, *line.upper))
        if data.get("is_active"):
            self._judge(replace(line, name=name))
        if not name and not self.errors:
            self.add_error("name", _("Write a code, for example “cds”."))
        elif "name" not in self.errors:
            data["name"] = name
        return data

    def _judge(self, line: Line) -> None:
        others = [other for other in editions.newest_lines() if other.name != line.name]
        names = {other.name: (other.forms + other.upper)[0] for other in others}
        for finding in check(line, others, vocabulary()):
            said = str(MESSAGES[finding.problem]) % {
                "spelling": finding.spelling,
                "other": names.get(finding.other, finding.other),
            }
            if finding.refuses:
                self.add_error(_field(finding, line), said)
            elif said not in self.warnings:
                self.warnings.append(said)
        self.warnings += self._lost(line)
        if self.warnings and not self.errors and not self.is_trial and not self.cleaned_data.get("confirmed"):
            told = ngettext(
                "There is a doubt, told below. Tick the box there to save all the same.",
                "There are %(count)d doubts, told below. Tick the box there to save all the same.",
                len(self.warnings),
            )
            self.add_error(None, told % {"count": len(self.warnings)})

    def _lost(self, line: Line) -> Iterable[str]:
        """Spellings of the software's own line that would be understood no longer."""
        base = next((other for other in lines_of_file() if other.name == line.name), None)
        if not base:
            return
        said = {form.words for form in forms_of(line)} if _usable(line) else set()
        every = (*base.forms, *base.upper, *base.one_way)
        lost = [s for s in every if not {f.words for f in forms_of(Line("", "", (s,)))} <= said]
        if lost:
            told = _("The list that comes with the software also has: %(spellings)s. They will mean nothing any more.")
            yield told % {"spellings": ", ".join(lost)}

    def _free_name(self, spellings: Iterable[str]) -> str:
        """Made from the first spelling that has letters; another's name is not taken by accident."""
        for spelling in spellings:
            words = "".join(
                char if char.isascii() and char.isalnum() else " " for char in strip_marks(spelling)
            ).split()
            name = "-".join(words)[:36].strip("-")
            if name:
                taken = {line.name for line in lines_of_file()}
                taken |= set(Concept.objects.filter(name__startswith=name).values_list("name", flat=True))
                return next(n for i in range(1, 999) if (n := name if i == 1 else f"{name}-{i}") not in taken)
        return ""


def refusals(line: Line) -> tuple[Finding, ...]:
    """What speaks against a line now, beside the others as they stand in this moment."""
    others = [other for other in editions.newest_lines() if other.name != line.name]
    return tuple(finding for finding in check(line, others) if finding.refuses)


def vocabulary() -> Vocabulary | None:
    """That of the embedded index; none where there is no index yet."""
    try:
        return engine(EMBEDDED).reader().vocab
    except IndexMissing:
        return None


def _usable(line: Line) -> bool:
    try:
        return bool(forms_of(line))
    except ConceptError:
        return False


def _field(finding: Finding, line: Line) -> str:
    """The field with the spelling."""
    if finding.problem == Problem.BOTH_WAYS:
        return "one_way"
    own: dict[str, tuple[str, ...]] = {kind: getattr(line, kind) for kind in KINDS}
    return next((kind for kind, spellings in own.items() if finding.spelling in spellings), "forms")
