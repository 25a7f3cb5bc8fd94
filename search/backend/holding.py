"""Whether these fields of an object, and not just any, say what is asked (``fields=``). The engine does not keep the
words of fields apart; few ask, so the objects are read again."""

from collections.abc import Iterable
from itertools import chain

from ..question import Group, Phrase, Plan
from ..text import Analysis, analyse, nfc
from .texts import Texts


def holds(plan: Plan, texts: Texts) -> bool:
    """As the engine would decide it if there were nothing but these texts; inside ``editions.reading`` of its index."""
    blocks = [analyse(nfc(text)) for text in _blocks(texts)]
    words = set(chain.from_iterable(block.folds for block in blocks))
    marks = set(chain.from_iterable(block.indexed_marks for block in blocks))
    enough = sum(_has(group, words, marks) for group in plan.groups) >= plan.minimum
    return enough and all(any(_runs(block, phrase) for block in blocks) for phrase in plan.phrases)


def _blocks(texts: Texts) -> Iterable[str]:
    return filter(None, (texts.title, *texts.names, *(passage.text for passage in texts.passages)))


def _has(group: Group, words: set[str], marks: set[str]) -> bool:
    if marks & {*group.marks, *(f"#{number}" for number in group.numbers)}:
        return True
    if not (group.words or group.begins) or not words.issuperset(group.words):
        return False
    return not group.begins or any(word.startswith(group.begins) for word in words)


def _runs(block: Analysis, phrase: Phrase) -> bool:
    """Whether its words stand side by side; in the spelling they were typed in, where that has marks."""
    said, wanted = block.folds, phrase.words
    if phrase.accents:
        said, wanted = tuple(token.acc for token in block.tokens), phrase.accents
    return any(said[i : i + len(wanted)] == wanted for i in range(len(said) - len(wanted) + 1))
