"""Files that people send: held in memory while the request lasts, never in a folder, and never more than the limit."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from samtun.foundation.imports.tables import MOST_BYTES


class InMemory(FileUploadHandler):
    """Keeps a file up to the limit; of a larger one only the size is told, so that the form can say it is too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.held, self.size = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece while there is room."""
        self.size += len(raw_data)
        if self.size <= MOST_BYTES:
            self.held.write(raw_data)
        else:
            self.held = io.BytesIO()
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file over."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "", self.content_type or "", self.size, self.charset,
            self.content_type_extra,
        )  # fmt: skip
