"""Results: given once, found again by their code, with today's rulebook where the database cannot help."""

import logging

from rules.answers import AnswersError, combinations
from rules.recommend import recommend
from rules.recommendation import Recommendation
from rules.rulebook import Answers, Rulebook

from .codes import code_of
from .store import Store, StoreError

log = logging.getLogger(__name__)


class Results:
    """Gives results under a rulebook and finds those given under any."""

    def __init__(self, rulebook: Rulebook, store: Store) -> None:
        self.rulebook = rulebook
        self.store = store
        self.answers = {code_of(rulebook.revision, answers): answers for answers in combinations(rulebook)}

    def give(self, answers: Answers) -> str:
        """Recommend, keep the result, and return its code; raises AnswersError where the answers are not right."""
        recommendation = recommend(self.rulebook, answers)
        code = code_of(self.rulebook.revision, recommendation.answers)
        self._keep(code, recommendation)
        return code

    def find(self, code: str) -> Recommendation | None:
        """The result as it was given; raises StoreError where only the database could tell."""
        try:
            stored = self.store.get(code)
        except StoreError as error:
            log.error("Result %s cannot be looked up: %s", code, error)
            if code not in self.answers:
                raise
            return recommend(self.rulebook, self.answers[code])
        if stored or code not in self.answers:
            return stored
        recommendation = recommend(self.rulebook, self.answers[code])
        self._keep(code, recommendation)
        return recommendation

    def today(self, given: Recommendation) -> tuple[str, Recommendation] | None:
        """What today's rulebook says to the same answers, with its code; None if they are no longer answers."""
        try:
            recommendation = recommend(self.rulebook, given.answers)
        except AnswersError:
            return None
        return code_of(self.rulebook.revision, recommendation.answers), recommendation

    def _keep(self, code: str, recommendation: Recommendation) -> None:
        try:
            self.store.put(code, recommendation)
        except StoreError as error:
            # The link works all the same: until the rulebook changes, the result can be given anew.
            log.error("Result %s cannot be stored: %s", code, error)
