"""The questionnaire, and what happens when it is submitted."""

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf

from rules.answers import NOTHING_ANSWERED
from rules.rulebook import UNSURE, Rulebook

from .blueprint import bp, results
from .cache import cacheable
from .parameters import code_of_today
from .results.codes import code_of
from .results.database import ArchiveError


class QuestionnaireForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no type hints.
    """The form without its questions, which `form_for` adds."""

    class Meta:
        # There is no session to protect; security.py refuses posts from other sites.
        csrf = False

    def validate(self, extra_validators: None = None) -> bool:
        """Whether every question has an answer, and not all of them are `unsure`."""
        if not super().validate(extra_validators):
            return False
        if set(self.data.values()) == {UNSURE}:
            self.form_errors = [NOTHING_ANSWERED]
        return not self.form_errors


def form_for(rulebook: Rulebook) -> type[QuestionnaireForm]:
    """Make a form class with a radio field for every question."""
    fields = {
        question.id: RadioField(
            question.title,
            description=question.help,
            choices=[SelectChoice(option.id, option.label) for option in question.options],
            validate_choice=False,
            validators=[AnyOf([option.id for option in question.options], message=question.missing)],
        )
        for question in rulebook.questions
    }
    return type("Form", (QuestionnaireForm,), fields)


@bp.get("/")
@cacheable()
def ask() -> str:
    """The questionnaire, prefilled with the answers in the query."""
    answers = {question.id: request.args.get(question.id) for question in results.rulebook.questions}
    return _questionnaire(_form(formdata=None, data=answers), request.args.get("since"))


@bp.post("/")
def answer() -> BaseResponse | tuple[str, int]:
    """Redirect to the result of the answers, or show the form again with the answers kept."""
    if "Transfer-Encoding" in request.headers:
        # No browser sends a form in chunks, and each server reports malformed ones in its own way.
        abort(411)
    # Without `formdata`, Flask-WTF would also read a JSON body.
    form = _form(formdata=request.form)
    since = code_of_today(results, request.form.get("since", ""))
    if not form.validate():
        return _questionnaire(form, since), 422
    answers = {question: str(answer) for question, answer in form.data.items()}
    return redirect(url_for(".result_page", code=code_of(results.rulebook, answers), since=since), 303)


@bp.get("/healthz")
def healthz() -> Response:
    """Whether the database answers and holds today's rulebook, which is archived if it is missing."""
    try:
        results.archive.keep(results.rulebook)
    except ArchiveError:
        text, status = "the database does not answer, or cannot archive today's rulebook", 503
    else:
        text, status = "ok", 200
    return Response(text, status, content_type="text/plain", headers={"Cache-Control": "no-store"})


@bp.before_app_request
def archive_rulebook() -> None:
    """Archive today's rulebook from the first request of a process on."""
    if current_app.config["ARCHIVE_IN_BACKGROUND"]:
        results.archive_in_background(current_app.config["DATABASE_PAUSE"])


def _form(**options: object) -> QuestionnaireForm:
    form: type[QuestionnaireForm] = current_app.extensions["form"]
    return form(**options)


def _questionnaire(form: QuestionnaireForm, since: str | None) -> str:
    rulebook = results.rulebook
    return render_template(
        "questionnaire.html",
        form=form,
        rulebook=rulebook,
        example=code_of(rulebook, rulebook.example),
        since=since,
        before=results.today(results.answers_by_code[since]) if since else None,
    )
