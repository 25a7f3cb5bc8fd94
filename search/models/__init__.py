"""The list of concepts and its editions; what searching teaches: counts of questions, promoted results, judgements."""

from .concepts import Concept, ConceptEdition
from .judging import Judgement
from .log import FoldedSpool, PastQuery, SearchDay
from .promotions import PromotedResult

__all__ = ["Concept", "ConceptEdition", "FoldedSpool", "Judgement", "PastQuery", "PromotedResult", "SearchDay"]
