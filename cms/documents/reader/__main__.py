"""``python -m cms.documents.reader OPTIONS``: the process `read_bounded` speaks with; of no use by hand."""

import sys

import cms.documents.pipeline  # noqa: F401 (before the limit on memory is set, not with the first file)

from . import works
from .child import main

if __name__ == "__main__":
    main(works.ALL, sys.argv[1:])
