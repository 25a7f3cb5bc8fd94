"""From what a reader typed to what is looked for: ``parse`` reads, ``plan`` decides, knowing the vocabulary.

User text is never query syntax of an engine. Three habits of search boxes are understood: "quoted words"
stand together, -word excludes, and a document's number in any spelling is a number. Everything else is
words.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from . import misread, shorthand, telex
from .intent import defined, openings
from .letters import is_marked, is_syllable
from .numbers import is_misread
from .question import Group, Phrase, Plan, Query, Span, Term, Vocabulary
from .rank import PAIR, WORD
from .text import Analysis, Mark, analyse, bigrams, lead, nfc, strip_marks

MAX_CHARS = 1_000
MAX_WORDS = 64
"""What is longer is cut, and the reader is told."""

_QUOTES = '"“”„«»'
_QUOTED = re.compile(rf"(?P<minus>(?<!\S)-)?[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]")
_EXCLUDED = re.compile(rf"(?<!\S)-(?P<word>[^\W\d_][^\s{_QUOTES}]*)")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_ORDER = {"number": 0, "date": 1, "percent": 2, "concept": 3, "hint": 4}


def parse(raw: str) -> Query:
    """Read what was typed. Never raises, whatever the characters."""
    text = " ".join(nfc(_UNPRINTABLE.sub(" ", raw)).split())
    truncated = len(text) > MAX_CHARS
    text = text[:MAX_CHARS]
    plain: list[str] = []
    phrases: list[Phrase] = []
    excluded: list[Phrase] = []
    done = 0
    for match in _QUOTED.finditer(text):
        plain.append(text[done : match.start()])
        done = match.end()
        phrase = _phrase(match["phrase"])
        if not match["minus"] and _is_number(match["phrase"]):
            plain[-1] += f" {match['phrase']} "
        elif phrase.words:
            (excluded if match["minus"] else phrases).append(phrase)
    plain.append(text[done:])
    blocks = []
    for piece in plain:
        excluded += [p for p in map(_phrase, _EXCLUDED.findall(piece)) if p.words]
        blocks.append(analyse(_EXCLUDED.sub(" ", piece)))
    quoted = [analyse(phrase.text) for phrase in phrases]
    if excluded and not phrases and not any(block.folds for block in blocks):
        return parse(text.replace("-", " "))  # nothing but dashes before words: nobody asks for what is not there
    return _query(raw, text, blocks, quoted, phrases, excluded, truncated)


def _is_number(text: str) -> bool:
    """A number in quotes is a number: it stands beside its words in no text."""
    block = analyse(text)
    marks = (mark for mark in block.marks if mark.kind == "number" and not mark.partial)
    return any(mark.last == len(block.tokens) - 1 and block.folds[: mark.first] in ((), ("so",)) for mark in marks)


def in_any_spelling(query: Query) -> str:
    """The question with its phrases in quotes freed of their marks, "" where none has any: what is asked where nothing
    has them as they were typed."""
    if not any(phrase.accents for phrase in query.phrases):
        return ""
    return _QUOTED.sub(lambda match: match[0] if match["minus"] else strip_marks(match[0]), query.text)


def reread(query: Query, vocab: Vocabulary) -> Query:
    """The question with a number read otherwise where no document has it as typed and one has the other; with its
    unconverted Telex or VNI words converted and its shortened words spelt out, where no document has them as typed and
    one has what they stand for."""

    def known(word: str) -> bool:
        return vocab.words(word) > 0

    if not _has_own_number(query, vocab):
        others = (replace(parse(made), raw=query.raw) for made in misread.readings(query.text))
        query = next((other for other in others if _has_own_number(other, vocab)), query)
    spelt = shorthand.spelt_out(query.text, known)
    made = telex.reading(spelt, known) or (spelt if spelt != query.text else None)
    return replace(parse(made), raw=query.raw, truncated=query.truncated, read_as=made) if made else query


def _has_own_number(query: Query, vocab: Vocabulary) -> bool:
    return any(_number_group(term, vocab)[1] for term in query.terms if term.kind == "number")


def _phrase(text: str) -> Phrase:
    text = text.strip()
    words = analyse(text).tokens[:MAX_WORDS]
    accents = tuple(token.acc for token in words) if is_marked(text) else ()
    return Phrase(text, tuple(token.fold for token in words), accents)


def _query(
    raw: str,
    text: str,
    blocks: Sequence[Analysis],
    quoted: Sequence[Analysis],
    phrases: Sequence[Phrase],
    excluded: Sequence[Phrase],
    truncated: bool,
) -> Query:
    terms: list[Term] = []
    for block in blocks:
        terms += _terms(block)
    every = [*blocks, *quoted]
    words = tuple(dict.fromkeys(word for block in every for word in block.folds))
    accented = any(is_marked(block.text) for block in every)
    accents = ((token.fold, token.acc) for block in every for token in block.tokens if accented)
    return Query(
        raw=raw,
        text=text,
        terms=tuple(_once(terms))[:MAX_WORDS],
        phrases=tuple(phrases)[:MAX_WORDS],
        excluded=tuple(excluded)[:MAX_WORDS],
        words=words[:MAX_WORDS],
        pairs=tuple(dict.fromkeys(pair for block in every for pair in block.bigrams))[:MAX_WORDS],
        accents=tuple(dict.fromkeys(accents))[:MAX_WORDS],
        spelling=" ".join(word for block in every for word in block.folds),
        truncated=truncated or len(words) > MAX_WORDS,
        defined=defined(text) if not excluded else (),
    )


def _once(terms: Iterable[Term]) -> Iterable[Term]:
    """Each thing wanted once: "số" and "sổ" are one folded word, as they are when typed without marks."""
    seen: dict[tuple[tuple[str, ...], str], Term] = {}
    for term in terms:
        seen.setdefault((term.words, term.mark), term)
    return seen.values()


def _terms(block: Analysis) -> list[Term]:
    """The block cut into terms: the widest marks first, then the words left over, in the order they were
    typed."""
    taken: dict[int, Mark | None] = {}
    for mark in sorted(block.marks, key=lambda m: (_ORDER[m.kind], m.first - m.last, m.first)):
        places = range(mark.first, mark.last + 1)
        if not any(place in taken for place in places):
            taken |= dict.fromkeys(places)
            taken[mark.first] = mark
    terms = []
    for i, token in enumerate(block.tokens):
        mark = taken.get(i)
        if mark:
            terms.append(_marked_term(block, mark))
        elif i not in taken:
            terms.append(Term(block.text[token.start : token.end], (token.fold,)))
    return terms


def _marked_term(block: Analysis, mark: Mark) -> Term:
    words = block.folds[mark.first : mark.last + 1]
    return Term(block.text[mark.start : mark.end], words, mark.kind, mark.token, mark.key, mark.partial)


def minimum(groups: int) -> int:
    """How many of so many wanted things a document must have: all of two, all but one of up to five, then a
    share. Long questions are full of words no document needs."""
    if groups <= 2:
        return groups
    return groups - 1 if groups <= 5 else max(4, math.ceil(groups * LONG_SHARE))


LONG_SHARE = 0.3
"""ALQAC 2022: .936 at .3 (half of the documents match), .937 at any one word (all do), .933 at .4, .931 at
.5."""


def plan(query: Query, vocab: Vocabulary) -> Plan:
    """Decide what must match and what scores. A word no document has is not required: it is told as
    dropped."""
    groups: list[Group] = []
    numbers: dict[str, int] = {}
    unknown: list[str] = []
    for term in query.terms:
        if term.kind == "number":
            group, own = _number_group(term, vocab)
            numbers |= own
            if not own and not term.partial:
                unknown.append(term.text)
        else:
            group = _group(term, vocab)
        groups.append(group)
    present = [group for group in groups if group.frequency]
    dropped = [group.label for group in groups if not group.frequency and group.label not in unknown]
    if not present and not query.phrases:
        present, dropped = groups, []
    silent = _told_by_mark(query.terms, present)
    idf = {word: _idf(vocab.words(word), vocab.total) for word in query.words if word not in silent}
    return Plan(
        text=query.text,
        groups=tuple(present),
        minimum=minimum(len(present)),
        phrases=query.phrases,
        excluded=query.excluded,
        words=tuple(idf.items()),
        pairs=tuple(pair for pair in query.pairs if not silent & set(pair.split("_"))),
        spans=tuple(_spans(query.terms, vocab)),
        marks=tuple(_marks(present, query.terms)),
        numbers=tuple(numbers.items()),
        accents=tuple(dict.fromkeys(acc for fold, acc in query.accents if fold not in silent)),
        title=query.spelling if not query.excluded else "",
        dropped=tuple(dict.fromkeys(dropped)),
        unknown_numbers=tuple(dict.fromkeys(unknown)),
        openings=openings(query.defined)[:MAX_WORDS],
        read_as=query.read_as,
    )


def relax(plan: Plan) -> Plan | None:
    """The same plan asking for one thing less: the commonest is given up, because it says least. None when
    there is nothing left to give up; a phrase in quotes can stand alone. What was given up still scores, and is
    named in ``dropped``."""
    if len(plan.groups) < (1 if plan.phrases else 2):
        return None
    given_up = max(plan.groups, key=lambda group: group.frequency)
    groups = tuple(group for group in plan.groups if group is not given_up)
    return replace(
        plan,
        groups=groups,
        minimum=min(plan.minimum, len(groups)),
        dropped=(*plan.dropped, given_up.label),
    )


def _idf(frequency: int, total: int) -> float:
    """A word's rarity. An index that changes under the question may tell of more documents than there are."""
    frequency = min(frequency, total)
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5)) if total else 0.0


def _group(term: Term, vocab: Vocabulary) -> Group:
    marked = vocab.marks(term.mark) if term.mark else 0
    if term.kind in ("percent", "date") and marked:
        return Group(term.text, marks=(term.mark,), frequency=marked)
    if marked and _is_abbreviated(term):
        return Group(term.text, marks=(term.mark,), frequency=marked)
    worded = min(vocab.words(word) for word in term.words)
    marks = (term.mark,) if marked else ()
    return Group(term.text, words=term.words, marks=marks, frequency=max(worded, marked))


def _is_abbreviated(term: Term) -> bool:
    """An abbreviation is only its concept, so that PGDĐT, PGD&ĐT and PGD-ĐT give one answer."""
    return term.kind == "concept" and not all(map(is_syllable, term.words))


def _number_group(term: Term, vocab: Vocabulary) -> tuple[Group, dict[str, int]]:
    """A number is found as a document's own, else as mentioned, else by its digits as a plain word."""
    digits = lead(term.key)
    own = {key: 3 for key in vocab.numbers_from(term.key) if key == term.key}
    if not own:
        own = {key: 2 for key in vocab.numbers_from(term.key) if _continues(term.key, key)}
    if not own and term.partial:
        own = {key: 1 for key in vocab.numbers_from(digits) if lead(key) == digits}
    if not own and not term.partial:
        own = {key: 2 for key in vocab.numbers_from(digits) if is_misread(key, term.key)}
    mentions = tuple(m for m in vocab.marks_from(f"#{term.key}") if _continues(term.key, m[1:]))
    whole = all(vocab.words(word) for word in term.words)
    words = () if own or mentions else (digits,) if term.partial and not whole and vocab.words(digits) else term.words
    worded = min((vocab.words(word) for word in words), default=0)
    frequency = max(len(own), len(mentions), worded)
    return Group(term.text, words, mentions[:50], tuple(own)[:50], frequency), own


def _continues(prefix: str, key: str) -> bool:
    """Whether a key begins with what was typed, at a boundary: "1937" begins "1937kh", not "19375kh"."""
    rest = key[len(prefix) :]
    return key.startswith(prefix) and not (prefix[-1:].isdigit() and rest[:1].isdigit())


def _spans(terms: Iterable[Term], vocab: Vocabulary) -> Iterable[Span]:
    for term in terms:
        if term.kind in ("concept", "hint"):
            if vocab.marks(term.mark) and _is_abbreviated(term):
                yield Span((), (), term.mark, ABBREVIATION_WEIGHT)
            else:
                weight = len(term.words) * WORD + (len(term.words) - 1) * PAIR
                yield Span(term.words, bigrams(term.words), term.mark, max(ABBREVIATION_WEIGHT, weight))


def _told_by_mark(terms: Iterable[Term], groups: Iterable[Group]) -> set[str]:
    """Words that only spell a number or an abbreviation which was found as one: on their own they would
    score and mark every "số", "KH" and "ĐT"."""
    found = {group.label for group in groups if not group.words}
    told = [term for term in terms if term.text in found and (term.kind == "number" or _is_abbreviated(term))]
    spelt = {word for term in told for word in term.words}
    return spelt - {word for term in terms if term not in told for word in term.words}


def _marks(groups: Iterable[Group], terms: Iterable[Term]) -> Iterable[tuple[str, float]]:
    """Marks that score outside the spans: numbers, dates, percentages."""
    kinds = {term.text: term.kind for term in terms}
    for group in groups:
        kind = kinds.get(group.label, "")
        if kind in MARK_WEIGHTS:
            yield from ((mark, MARK_WEIGHTS[kind]) for mark in group.marks)


ABBREVIATION_WEIGHT = WORD + PAIR
MARK_WEIGHTS = {"number": 6.0, "date": 3.0, "percent": 3.0}
