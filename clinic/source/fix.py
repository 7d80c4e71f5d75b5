"""`check --fix`: writes into a file what mends its problems, where that is sure."""

import re
from collections.abc import Sequence

from clinic.problems import Problem, Span
from clinic.problems.catalogue.text import BYTE_ORDER_MARK, MIXED_LINE_ENDS
from clinic.source.text import usual_end

_LINE_END = re.compile("\r\n|\r|\n")
_WHOLE_FILE = {BYTE_ORDER_MARK.code, MIXED_LINE_ENDS.code}


def apply(data: bytes, problems: Sequence[Problem]) -> bytes:
    """The bytes with every replacement in its place, the file's own line ends kept.

    Of two that overlap only the first is written: read the file again and apply again until nothing changes. Bytes
    that are no UTF-8 stay as they are.
    """
    wanted = [problem for problem in problems if problem.replacement is not None]
    if not wanted:
        return data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    codes = {problem.code for problem in wanted}
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    end = usual_end(_LINE_END.findall(text))
    pieces: list[str] = []
    done = 0
    for problem in sorted(wanted, key=lambda problem: (problem.span, problem.code)):
        start, stop = _offsets(problem.span, starts, len(text))
        if problem.code in _WHOLE_FILE or start < done or stop < start or (start == stop == done and pieces):
            continue
        pieces += [text[done:start], (problem.replacement or "").replace("\n", end)]
        done = stop
    mended = "".join([*pieces, text[done:]])
    if MIXED_LINE_ENDS.code in codes:
        mended = _LINE_END.sub(lambda _: end, mended)
    return ((mark if BYTE_ORDER_MARK.code not in codes else "") + mended).encode("utf-8")


def _offsets(span: Span, starts: list[int], length: int) -> tuple[int, int]:
    """Where a span begins and ends in the text of the file; what lies beyond a line's end is the line's end."""

    def offset(line: int, column: int) -> int:
        if line > len(starts):
            return length
        following = starts[line] if line < len(starts) else length
        return min(starts[line - 1] + column - 1, following)

    return offset(span.line, span.column), offset(span.end_line, span.end_column)
