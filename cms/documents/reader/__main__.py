"""``python -m cms.documents.reader OPTIONS``: the process `read_bounded` speaks with; of no use by hand."""

import sys

from cms.documents.pipeline import read

from .child import main

if __name__ == "__main__":
    main(read, sys.argv[1:])
