"""Files that rest sealed take part when keys change."""

from collections.abc import Iterator

from niangjia.kernel.files.sealed_files import kept_files, rewrap_file


class KeptFiles:
    """What people brought and what is made for them: every file of the folder of uploads."""

    name = "files.uploads"

    def by_key(self) -> Iterator[tuple[str, int]]:
        """Every file with the number of its key."""
        return kept_files()

    def rewrap(self, file: str) -> None:
        """Seal one file again under the key that is active now."""
        rewrap_file(file)


FILES = KeptFiles()
