"""Files that come with a form: into memory and no further, never onto the disk in clear; then kept as drafts."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from niangjia.kernel.files.rules import MAX_BYTES, MOST_AT_ONCE
from niangjia.kernel.idempotency.requests import answer_once, key_of
from niangjia.kernel.idempotency.rules import is_key

View = Callable[..., HttpResponse]
# Whoever sends more than this at once does not mean well: the line is cut.
MOST_BYTES = MOST_AT_ONCE * MAX_BYTES


class InMemory(FileUploadHandler):
    """Keeps what comes in memory; of a file too large just enough to say so."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.pieces = BytesIO()
        self.all_bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        self.pieces = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it; nothing is handed on to a handler that would write it down."""
        self.all_bytes += len(raw_data)
        if self.all_bytes > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        if start <= MAX_BYTES:
            self.pieces.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, as long as it really was."""
        self.pieces.seek(0)
        return InMemoryUploadedFile(
            self.pieces, self.field_name, str(self.file_name), self.content_type, file_size, self.charset
        )


def takes_files(view: View) -> View:
    """A view whose form brings files: they come into memory, then token and key are looked at, as with any form."""

    @csrf_protect
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_key(key_of(request)):
            return answer_once(request, lambda: view(request, *args, **kwargs))
        return view(request, *args, **kwargs)

    @csrf_exempt  # looked at above, once the handler that keeps files in memory is in place
    @wraps(view)
    def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [InMemory(request)]
        return answered(request, *args, **kwargs)

    return taking
