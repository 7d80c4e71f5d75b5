"""What is known of downloads from their bytes."""

from clinic.library.attachments import DOWNLOADS
from clinic.source.places import ENDINGS


def test_every_file_that_the_folder_may_hold_has_a_media_type() -> None:
    assert set(DOWNLOADS) == ENDINGS["files"]
