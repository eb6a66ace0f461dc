"""An upload is sealed while it comes in: nothing of it rests in clear on the disk, and only a few pieces in memory."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, Full, Queue
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers, StopUpload

from niangjia.kernel.intake.uploads import TooBig, Upload, keep_upload

FIELD = "file"
PIECES_WAITING = 8
PATIENCE_S = 120.0
GLANCE_S = 0.2
# What the other fields and the borders between them may weigh.
FORM_BYTES = 64 * 1024


class Broken(Exception):
    """The connection ended before the file did."""


class SealedFile(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """An uploaded file (上传的文件) that already rests sealed; its content is read through `upload.stored_as` only."""

    def __init__(self, *, name: str, upload: Upload) -> None:
        super().__init__(file=None, name=name, size=upload.size_bytes)
        self.upload = upload


class SealingUpload(FileUploadHandler):
    """Takes the one file of a form piece by piece and hands it to the sealing thread; other files are passed by."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.is_too_big = False
        self._pieces: Queue[bytes | None] = Queue(PIECES_WAITING)
        self._kept: Future[Upload] | None = None

    def handle_raw_input(self, *arguments: Any, **more: Any) -> None:
        """A request that says beforehand it is too large is not sealed at all."""
        content_length = arguments[2]
        self.is_too_big = content_length > settings.UPLOAD_MAX_BYTES + FORM_BYTES

    def new_file(self, *arguments: Any, **more: Any) -> None:
        """Begin sealing."""
        super().new_file(*arguments, **more)
        if self.field_name != FIELD or self._kept is not None:
            raise SkipFile
        if self.is_too_big:
            raise StopUpload(connection_reset=False)
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sealing")
        self._kept = executor.submit(keep_upload, self._arriving())
        executor.shutdown(wait=False)
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """One piece; where the sealing has given up, the rest is not read."""
        if not self._hand_over(raw_data):
            self.is_too_big = True
            raise StopUpload(connection_reset=False)

    def file_complete(self, file_size: int) -> SealedFile | None:
        """The file as it rests now; None where it grew too large."""
        if self._kept is None:
            return None
        self._hand_over(None)
        try:
            upload = self._kept.result()
        except TooBig:
            self.is_too_big = True
            return None
        return SealedFile(name=self.file_name or "", upload=upload)

    def _hand_over(self, piece: bytes | None) -> bool:
        while self._kept is not None and not self._kept.done():
            try:
                self._pieces.put(piece, timeout=GLANCE_S)
            except Full:
                continue
            return True
        return False

    def _arriving(self) -> Iterator[bytes]:
        while True:
            try:
                piece = self._pieces.get(timeout=PATIENCE_S)
            except Empty as error:
                raise Broken from error
            if piece is None:
                return
            yield piece
