"""What cannot be written is said, even where a library swallowed it the first time."""

import io

import pytest

from docproc.errors import OutputError
from docproc.text.output import SafeStream


class Full(io.StringIO):
    """A device that is full, and takes what is sent elsewhere afterwards."""

    full = True

    def write(self, text):
        if self.full:
            self.full = False
            raise OSError(28, "No space left on device")
        return len(text)


@pytest.mark.parametrize("again", [lambda stream: stream.flush(), lambda stream: stream.write("x")])
def test_a_failure_that_a_library_swallowed_is_said_again(again):
    stream = SafeStream(Full(), "standard output")
    with pytest.raises(OutputError):
        stream.write("")
    with pytest.raises(OutputError, match="no space left on device"):
        again(stream)
    unnamed = SafeStream(Full(), None)
    unnamed.write("")
    again(unnamed)
