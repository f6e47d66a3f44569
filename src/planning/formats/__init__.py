"""Reading questions and writing answers: our own JSON form, and the forms of the public benchmark sets.

Text in, values out; only `planning.__main__` touches a disk. What cannot be read raises `FileError` with line and
field.
"""

from planning.formats.trouble import FileError

__all__ = ["FileError"]
