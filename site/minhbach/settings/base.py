"""The settings, one topic a file. ``development``, ``test`` and ``production`` end the chain."""

from .admin import *
from .apps import *
from .database import *
from .files import *
from .languages import *
from .logging import *
from .paths import *
from .search import *
from .security import *
