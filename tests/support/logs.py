"""Makes an unexpected warning in the log a test failure: a log nobody reads must stay empty."""

from __future__ import annotations

import logging
import re


class UnexpectedLog(logging.Handler):
    """Collects every record of level WARNING and above that no expectation covers."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._expected: dict[str, bool] = {}
        self._unexpected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Allow, and from now on require, a record whose text `pattern` (a regular expression) finds."""
        self._expected.setdefault(pattern, False)

    def emit(self, record: logging.LogRecord) -> None:
        text = f"{record.levelname} {record.name}: {record.getMessage()}"
        covering = [pattern for pattern in self._expected if re.search(pattern, text)]
        for pattern in covering:
            self._expected[pattern] = True
        if not covering:
            self._unexpected.append(text if record.exc_info is None else self._with_cause(text, record))

    def complaints(self) -> list[str]:
        """What a test must fail for: records nobody expected, and expectations nothing met."""
        unmet = [
            f"expected in the log, never seen: {pattern}"
            for pattern, met in self._expected.items()
            if not met
        ]
        return [*(f"unexpected in the log: {text}" for text in self._unexpected), *unmet]

    def _with_cause(self, text: str, record: logging.LogRecord) -> str:
        return f"{text}\n{logging.Formatter().formatException(record.exc_info)}"
