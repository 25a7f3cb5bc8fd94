"""The one exception the pipeline raises."""


class Unreadable(Exception):
    """The file cannot be read. `message` (a lazy translated string) names the file, the reason and the way
    out.
    """

    def __init__(self, message):
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
