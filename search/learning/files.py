"""Small tables that the search page reads without asking the database: a file each, replaced whole, read again when it
has changed."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.conf import settings

Table = TypeVar("Table")


def write(path: Path, value: Any) -> bool:
    """Replace the file in one step; False where it says that already. Others read the old one or the new one."""
    data = json.dumps(value, ensure_ascii=False, indent=0).encode()
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


class Remembered(Generic[Table]):
    """What ``make`` makes of a file of ``SEARCH_DIR``, made again when the file or ``also()`` has changed. A file that
    is not there is an empty list. Asking costs one ``stat``."""

    def __init__(self, name: str, make: Callable[[Any], Table], also: Callable[[], Any] = lambda: None) -> None:
        self.name, self._make, self._also = name, make, also
        self._state: tuple[Any, Table] | None = None

    @property
    def path(self) -> Path:
        return Path(settings.SEARCH_DIR) / self.name

    def get(self) -> Table:
        """Raises ``OSError`` and ``ValueError`` where the file cannot be read."""
        path = self.path
        try:
            seen = path.stat()
            state = (str(path), seen.st_mtime_ns, seen.st_ino, seen.st_size, self._also())
        except FileNotFoundError:
            state = (str(path), self._also())
        if self._state is None or self._state[0] != state:
            self._state = state, self._make(json.loads(path.read_bytes()) if len(state) > 2 else [])
        return self._state[1]
