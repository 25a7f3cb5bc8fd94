"""Why a result stands where it stands, as the list of results says it."""

from .explain import reasons
from .question import Plan
from .service import Hit
from .text import number_key


def told(hit: Hit, plan: Plan) -> tuple[str, ...]:
    """Plain sentences, the weightiest first."""
    own = dict(plan.numbers)
    return reasons(hit.signals, own.get(number_key(hit.record.number), 0) if hit.record.number else 0)
