"""The family of refusals: a sentence for a person, saying what to do."""


class Refused(Exception):
    """This cannot be done now. Nothing is lost; go back and try again."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])

    @property
    def message(self) -> str:
        """The sentence to show."""
        return str(self.args[0])


class NotYours(Refused):
    """There is nothing here."""


class OutsideScope(RuntimeError):
    """Programming error: reading or writing a municipality's data with no scope open."""
