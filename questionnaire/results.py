"""Results: given once, found again by their code, with today's rulebook where the database cannot help."""

import logging
from contextlib import suppress
from functools import cached_property

from rules.answers import AnswersError, check_answers, combinations
from rules.recommend import recommend
from rules.recommendation import Recommendation
from rules.rulebook import Answers, Rulebook

from .codes import code_of
from .faults import Faults
from .formats import FormatError
from .store import Store, StoreError

log = logging.getLogger(__name__)


class Results:
    """Gives results under a rulebook and finds those given under any."""

    def __init__(self, rulebook: Rulebook, store: Store) -> None:
        self.rulebook = rulebook
        self.store = store
        self._reading = Faults("results of today's rulebook are given without it, older ones not at all")
        # A full disk stops writing alone: what is stored can still be read.
        self._writing = Faults("results are given without being stored")
        self._stored = set[str]()
        """The codes of today's rulebook that this worker has seen in the database."""
        self._damaged = set[str]()

    @cached_property
    def answers(self) -> dict[str, dict[str, str]]:
        """The answers that each code of today's rulebook stands for."""
        return {code_of(self.rulebook.revision, answers): answers for answers in combinations(self.rulebook)}

    def prepare(self) -> None:
        """Make the database ready, or go on without it."""
        with suppress(StoreError), self._reading.watched():
            self.store.prepare()

    def ping(self) -> None:
        """See that the database answers; raises StoreError where it does not."""
        with self._reading.watched():
            self.store.ping()

    def give(self, answers: Answers) -> str:
        """Recommend, keep the result, and return its code; raises AnswersError where the answers are not right."""
        check_answers(self.rulebook, answers)
        asked = {question.id: answers[question.id] for question in self.rulebook.questions}
        code = code_of(self.rulebook.revision, asked)
        if code not in self._stored:
            self.find(code)
        return code

    def find(self, code: str) -> Recommendation | None:
        """The result as it was given; raises StoreError where only the database could tell."""
        try:
            with self._reading.watched():
                found = self.store.get(code)
        except StoreError:
            if code not in self.answers:
                raise
            return self._anew(code)
        except FormatError as error:
            self._say_damaged(code, error)
            if code not in self.answers:
                raise StoreError(f"Result {code} is damaged") from error
            # The row is left as it is: it may be mended by hand, or a newer release may have written it.
            return self._anew(code)
        if code not in self.answers:
            return found
        if not found:
            found = self._anew(code)
            try:
                with self._writing.watched():
                    self.store.put(code, found)
            except StoreError:
                # The link works all the same: until the rulebook changes, the result can be given anew.
                return found
        self._stored.add(code)
        return found

    def today(self, given: Recommendation) -> tuple[str, Recommendation] | None:
        """What today's rulebook says to the same answers, with its code; None if they are no longer answers."""
        try:
            recommendation = recommend(self.rulebook, given.answers)
        except AnswersError:
            return None
        return code_of(self.rulebook.revision, recommendation.answers), recommendation

    def _anew(self, code: str) -> Recommendation:
        return recommend(self.rulebook, self.answers[code])

    def _say_damaged(self, code: str, error: FormatError) -> None:
        if code not in self._damaged:
            self._damaged.add(code)
            log.error("Result %s is stored, but cannot be read: %s", code, error)
