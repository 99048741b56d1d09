"""Results by code: computed from today's rulebook, or from an archived one."""

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from time import sleep
from typing import TYPE_CHECKING

from msgspec import Struct

from rules import Rulebook, recommend
from rules.answers import combinations, problem_with
from rules.recommendation import Recommendation
from rules.rulebook import Answers

from .codes import code_in, code_of

if TYPE_CHECKING:
    from .archive import Archive


class ArchiveError(Exception):
    """The database fails, or failed a moment ago."""


class DamagedError(ArchiveError):
    """The database, or something in it, cannot be read."""


class Result(Struct, frozen=True):
    """What a code names: a recommendation, and the rulebook that it was given under."""

    code: str
    rulebook: Rulebook
    recommendation: Recommendation


class Results:
    """The results of today's rulebook, and those of older ones in the archive at an address."""

    def __init__(self, rulebook: Rulebook, address: Path | str, timeout: float, pause: float) -> None:
        self.rulebook = rulebook
        self._where = address, timeout, pause
        self._pause = pause
        self._archive: Archive | None = None
        self._archiving: Thread | None = None
        self._lock = Lock()

    @property
    def archive(self) -> "Archive":
        """The archive, which is opened when it is first needed."""
        # SQLAlchemy takes longer to import than all the rest, and today's links do without it.
        from .archive import Archive

        with self._lock:
            self._archive = self._archive or Archive(*self._where)
            return self._archive

    @cached_property
    def answers_by_code(self) -> dict[str, dict[str, str]]:
        """The answers of every code of today's rulebook."""
        return {code_of(self.rulebook, answers): answers for answers in combinations(self.rulebook)}

    def code_of_today(self, text: str) -> str | None:
        """The code in a text, if it is of today's rulebook: these need no database."""
        code = code_in(text)
        return code if code in self.answers_by_code else None

    def find(self, code: str) -> Result | None:
        """The result with a code. Raise ArchiveError if it is not of today's rulebook and the database fails."""
        if code in self.answers_by_code:
            return self.today(self.answers_by_code[code])
        return self.archive.find(code)

    def today(self, answers: Answers) -> Result | None:
        """The result of some answers under today's rulebook; None if they are not valid today."""
        if problem_with(self.rulebook, answers):
            return None
        return Result(code_of(self.rulebook, answers), self.rulebook, recommend(self.rulebook, answers))

    def archive_in_background(self) -> None:
        """Archive today's rulebook in a thread of this process, and try again after every failure."""

        def keep_trying() -> None:
            while True:
                with suppress(ArchiveError):
                    return self.archive.keep(self.rulebook)
                sleep(self._pause)

        if not self._archiving:
            thread = Thread(target=keep_trying, daemon=True)
            # If no thread can be started now, the next request tries again.
            with suppress(RuntimeError):
                thread.start()
                self._archiving = thread
