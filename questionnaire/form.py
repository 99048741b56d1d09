"""The form: a radio field for every question, made from the questions alone."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf

from rules.answers import AnswersError, check_answers
from rules.rulebook import Rulebook


class QuestionnaireForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF comes without types.
    """What every questionnaire has in common; the fields are added by `form_for`."""

    rulebook: Rulebook

    class Meta:
        # There is no session that a forged post could act in; crosssite.py refuses posts from other sites.
        csrf = False

    def validate(self, extra_validators: None = None) -> bool:
        """Whether every question has an answer, and not all of them `unsure`."""
        if not super().validate(extra_validators):
            return False
        try:
            check_answers(self.rulebook, self.data)
        except AnswersError as error:
            self.form_errors = [str(error)]
        return not self.form_errors


def form_for(rulebook: Rulebook) -> type[QuestionnaireForm]:
    """The form that asks the questions of a rulebook."""
    fields = {
        question.id: RadioField(
            question.title,
            choices=[SelectChoice(option.id, option.label) for option in question.option],
            validate_choice=False,
            validators=[AnyOf([option.id for option in question.option], message="Choose one of the answers")],
        )
        for question in rulebook.questions
    }
    return type("Form", (QuestionnaireForm,), {"rulebook": rulebook, **fields})
