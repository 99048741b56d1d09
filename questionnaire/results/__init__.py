"""Results by code: computed from today's rulebook, or from an archived one."""

from contextlib import suppress
from functools import cached_property
from threading import Event, Thread

from rules import Rulebook, recommend
from rules.answers import combinations, problem_with
from rules.rulebook import Answers

from .archive import Archive, Result
from .codes import code_of
from .database import ArchiveError


class Results:
    """The results of today's rulebook, and those of older ones in the archive."""

    def __init__(self, rulebook: Rulebook, archive: Archive) -> None:
        self.rulebook = rulebook
        self.archive = archive
        self._archiving: Thread | None = None
        self._closed = Event()

    @cached_property
    def answers_by_code(self) -> dict[str, dict[str, str]]:
        """The answers of every code of today's rulebook."""
        return {code_of(self.rulebook, answers): answers for answers in combinations(self.rulebook)}

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

    def archive_in_background(self, pause: float) -> None:
        """Archive today's rulebook in a thread of this process; after a failure, try again in `pause` seconds."""
        if not self._archiving:
            self._archiving = Thread(target=self._keep_trying, args=[pause], daemon=True)
            self._archiving.start()

    def close(self) -> None:
        """Stop archiving."""
        self._closed.set()
        if self._archiving:
            self._archiving.join()

    def _keep_trying(self, pause: float) -> None:
        while not self._closed.is_set():
            with suppress(ArchiveError):
                self.archive.keep(self.rulebook)
                return
            self._closed.wait(pause)
