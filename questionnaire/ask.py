"""The questionnaire, and what happens when it is submitted."""

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse
from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf

from rules.answers import NOTHING_ANSWERED
from rules.recommendation import Recommendation
from rules.rulebook import UNSURE, Question, Rulebook

from .blueprint import bp, results
from .cache import cacheable, query
from .results.codes import canonical, code_of
from .results.store import StoreError
from .urls import base

# What is asked for where an answer is missing, by question.
MISSING = {
    "size": "Say how big the project will be",
    "database": "Say where it will keep its data",
    "team": "Say what the team is like",
    "deadline": "Say how tight the deadline is",
    "api": "Say what other programs need from it",
}


class QuestionnaireForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no type hints.
    """The form without its questions, which `form_for` adds."""

    class Meta:
        # There is no session that a forged post could act in; security.py refuses posts from other sites.
        csrf = False

    def validate(self, extra_validators: None = None) -> bool:
        """Whether every question has an answer, and not all of them are `unsure`."""
        if not super().validate(extra_validators):
            return False
        if set(self.data.values()) == {UNSURE}:
            self.form_errors = [NOTHING_ANSWERED]
        return not self.form_errors


def form_for(rulebook: Rulebook) -> type[QuestionnaireForm]:
    """Make a form class with a radio field for every question. Raise ValueError if an id is taken."""
    for question in rulebook.questions:
        if question.id == "since" or hasattr(QuestionnaireForm, question.id):
            raise ValueError(f"questions.toml: question “{question.id}”: this id is taken; choose another one.")
    fields = {
        question.id: RadioField(
            question.title,
            description=question.help,
            choices=[SelectChoice(option.id, option.label) for option in question.options],
            validate_choice=False,
            validators=[AnyOf([option.id for option in question.options], message=_missing(question))],
        )
        for question in rulebook.questions
    }
    return type("Form", (QuestionnaireForm,), fields)


@bp.get("/")
@cacheable()
def ask() -> str:
    """The questionnaire, prefilled with the answers in the query."""
    answers = {question.id: query(question.id) for question in results.rulebook.questions}
    return _questionnaire(_form(formdata=None, data=answers), canonical(query("since")))


@bp.post("/")
def answer() -> BaseResponse | tuple[str, int]:
    """Make a result and redirect to it, or show the form again with the answers kept."""
    _read_body()
    # Without `formdata`, Flask-WTF would also read a JSON body.
    form = _form(formdata=request.form)
    since = canonical(request.form.get("since", ""))
    if not form.validate():
        return _questionnaire(form, since), 422
    return redirect(url_for(".result", code=results.give(form.data), since=since), 303)


@bp.get("/card.png")
@cacheable("image/png")
def card() -> bytes:
    """The preview card of the questionnaire."""
    # Importing Pillow takes about a tenth of the start, and a card is seldom drawn.
    from .card import questionnaire_card

    return questionnaire_card()


@bp.get("/healthz")
def healthz() -> Response:
    """Whether the application and its database answer."""
    try:
        results.ping()
    except StoreError:
        return Response("the database does not answer", 503, content_type="text/plain")
    return Response("ok", content_type="text/plain")


def _read_body() -> None:
    """Read the whole body. Abort with 413 if it is too long, 400 if it is malformed or cut short."""
    try:
        request.get_data()
        # A chunked body is cut off silently at the limit, so make sure that nothing is left.
        request.stream.read(1)
    except HTTPException:
        raise
    except Exception:
        # Each server raises its own exceptions for malformed chunks.
        abort(400)


def _form(**options: object) -> QuestionnaireForm:
    form: type[QuestionnaireForm] = current_app.extensions["form"]
    return form(**options)


def _missing(question: Question) -> str:
    return f"{MISSING.get(question.id, f'Answer “{question.name}”')}, or that you are not sure yet"


def _questionnaire(form: QuestionnaireForm, since: str | None) -> str:
    rulebook = results.rulebook
    return render_template(
        "questionnaire.html",
        form=form,
        questions=rulebook.questions,
        articles=len(rulebook.sources),
        example=code_of(rulebook.revision, {id: rulebook.example[id] for id in rulebook.questions_by_id}),
        since=since,
        before=_find(since) if since else None,
        base=base(),
    )


def _find(code: str) -> Recommendation | None:
    try:
        return results.find(code)
    except StoreError:
        return None
