"""Makes results and finds them by code; recomputes those of today's rulebook when the database cannot help."""

import logging
from functools import cached_property

from rules import Rulebook, recommend
from rules.answers import combinations, problem_with
from rules.recommendation import Recommendation
from rules.rulebook import Answers

from .breaker import Breaker
from .codes import code_of
from .formats import FormatError
from .store import Store, StoreError

log = logging.getLogger(__name__)


class Results:
    """The results made under a rulebook, and those in a store that were made under older ones."""

    def __init__(self, rulebook: Rulebook, store: Store, rest: float) -> None:
        self.rulebook = rulebook
        self.store = store
        self._reading = Breaker(rest, "results of today's rulebook are recomputed, older ones are not available")
        # A full disk stops writing alone: what is stored can still be read.
        self._writing = Breaker(rest, "new results are not stored")
        self._health = Breaker(rest)
        # The codes of today's rulebook that this worker has seen in the database, so that a repeated post is fast.
        self._stored = set[str]()

    @cached_property
    def answers_by_code(self) -> dict[str, dict[str, str]]:
        """The answers of every code of today's rulebook."""
        return {code_of(self.rulebook.revision, answers): answers for answers in combinations(self.rulebook)}

    def ping(self) -> None:
        """Check that the database answers. Raise StoreError if it does not."""
        with self._health.guard():
            self.store.ping()

    def give(self, answers: Answers) -> str:
        """Recommend, store the result and return its code. The answers must be valid."""
        code = code_of(self.rulebook.revision, {id: answers[id] for id in self.rulebook.questions_by_id})
        if code not in self._stored:
            self.find(code)
        return code

    def find(self, code: str) -> Recommendation | None:
        """The result as it was given. Raise StoreError if the database is down and the code is of an older rulebook."""
        answers = self.answers_by_code.get(code)
        try:
            with self._reading.guard():
                found = self.store.get(code)
        except (StoreError, FormatError) as error:
            if isinstance(error, FormatError):
                log.error("Result %s is stored, but cannot be read: %s", code, error)
            self._stored.clear()
            if answers is None:
                raise StoreError(str(error)) from error
            # A damaged row is left as it is: it may be repaired by hand, or a newer release may have written it.
            return recommend(self.rulebook, answers)
        if answers is None:
            return found
        if found is None:
            found = recommend(self.rulebook, answers)
            try:
                with self._writing.guard():
                    self.store.put(code, found)
            except StoreError:
                self._stored.clear()
                return found
        self._stored.add(code)
        return found

    def is_stored(self, code: str) -> bool:
        """Whether the result that was just found is in the database; if not, finding it again will store it."""
        return code in self._stored or code not in self.answers_by_code

    def today(self, result: Recommendation) -> tuple[str, Recommendation] | None:
        """The code and the result of the same answers under today's rulebook; None if they are no longer valid."""
        if problem_with(self.rulebook, result.answers):
            return None
        today = recommend(self.rulebook, result.answers)
        return code_of(self.rulebook.revision, today.answers), today
