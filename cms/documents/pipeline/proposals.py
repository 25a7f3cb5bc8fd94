"""What a document promises, recognised for a person to accept or drop: targets, and tasks with who and until when.

Every proposal points at its passage. Nothing here is stored by itself (machines read, people publish).
"""

from .agencies import Agency
from .periods import Period, read_period, years_in
from .targets import TargetProposal, find_targets
from .tasks import TaskProposal, find_tasks

__all__ = [
    "Agency",
    "Period",
    "TargetProposal",
    "TaskProposal",
    "find_targets",
    "find_tasks",
    "read_period",
    "years_in",
]
