"""What a Vietnamese syllable may be: onset, rime, tone, and where the tone is written.

Tells a word that could be Vietnamese from a slip of the keyboard, and makes the printed forms of a folded word.
"""

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from .letters import strip_marks, tone_key

RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep
    et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam
    oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ooc oong ô ôc ôi ôm ôn
    ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt
    uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y
    ych yêm yên yêng yêt yêu yn ynh yp yt
    """.split()
)
"""Every rime of a Vietnamese syllable, without its tone."""

_ONSET = re.compile(r"(?:b|ch|c|d|đ|gh|gi(?=[^\W\d_])|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?")
VOWELS = "aăâeêioôơuưy"
TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""The tone marks by the letters that stand for them on the keyboard."""
FOLDED_RIMES = frozenset(map(strip_marks, RIMES))
_STOPPED = ("c", "ch", "p", "t")
"""After these only the two sharp tones are spoken."""
_FRONT = ("gh", "ngh", "k")
_BACK = ("g", "ng", "c")


def parts(letters: str, rimes: Container[str] = RIMES) -> tuple[str, str] | None:
    """Onset and rime of a syllable without its tone; None where it is none."""
    onset = _ONSET.match(letters).group()
    rime = letters[len(onset) :]
    if onset == "g" and rime.startswith("i") and rime not in rimes:
        onset, rime = "gi", rime[1:]
    elif onset == "gi" and rime not in rimes:
        onset, rime = "g", "i" + rime
    if rime not in rimes:
        return None
    front = rime[0] in "eêiy"
    if (onset in _FRONT and not front) or (onset in _BACK and front and (onset, rime[0]) != ("g", "i")):
        return None
    return onset, rime


def written(letters: str, tone: str = "") -> str | None:
    """A syllable with its tone (a combining mark) in place; None where there is no such syllable."""
    found = parts(letters)
    if not found:
        return None
    onset, rime = found
    final = rime.lstrip(VOWELS)
    if final in _STOPPED and tone not in ("\u0301", "\u0323"):
        return None
    if not tone:
        return letters
    plain = letters
    place = len(onset) + _tone_place(rime, len(rime) - len(final), final)
    return unicodedata.normalize("NFC", plain[: place + 1] + tone + plain[place + 1 :])


def _tone_place(rime: str, vowels: int, final: str) -> int:
    """On the vowel that has a mark; else on the last before a consonant, the middle one of three, the first of two."""
    marked = [i for i in range(vowels) if rime[i] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if vowels == 1 or (vowels == 2 and not final):
        return 0
    return 1


@lru_cache(maxsize=4_096)
def with_tones(folded: str) -> tuple[tuple[str, str], ...]:
    """Every Vietnamese syllable that folds to this, as (printed, its ``tone_key``); the bare one first."""
    found: dict[str, str] = {folded: tone_key(folded)}
    onset = _ONSET.match(folded).group()
    heads = (onset, "đ" + onset[1:]) if onset == "d" else (onset, "g") if onset == "gi" else (onset,)
    for head in heads:
        for rime in _rimes(folded[len(head) :]):
            for tone in ("", *TONES.values()):
                made = written(head + rime, tone) if tone or head + rime != folded else None
                if made:
                    found[made] = tone_key(made)
    return tuple(found.items())


def _rimes(folded: str) -> list[str]:
    return [rime for rime in RIMES if strip_marks(rime) == folded]


@lru_cache(maxsize=4_096)
def is_well_formed(word: str) -> bool:
    """Whether a word, as typed, could be a Vietnamese syllable; typed without marks, whether any marks make it one."""
    key = tone_key(word)
    if strip_marks(word) == word.casefold():
        return parts(word.casefold(), FOLDED_RIMES) is not None
    toned = key[-1:] in TONES and not word.lower().endswith(key[-1])
    return (written(key[:-1], TONES[key[-1]]) if toned else written(key)) is not None
