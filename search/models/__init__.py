from .concepts import Concept, ConceptEdition

__all__ = ["Concept", "ConceptEdition"]
