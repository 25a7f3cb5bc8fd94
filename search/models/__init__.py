"""What searching teaches: counts of questions, promoted results, judgements."""

from .judging import Judgement
from .log import FoldedSpool, PastQuery, SearchDay
from .promotions import PromotedResult

__all__ = ["FoldedSpool", "Judgement", "PastQuery", "PromotedResult", "SearchDay"]
