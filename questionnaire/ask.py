"""The questionnaire, and what happens when it is submitted."""

from urllib.parse import quote

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadHost, SecurityError
from werkzeug.wrappers import Response as BaseResponse
from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf

from rules.answers import problem_with
from rules.rulebook import Question, Rulebook

from .blueprint import bp, results
from .cache import cacheable
from .results import ArchiveError
from .results.codes import code_of


class QuestionnaireForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no type hints.
    """The form without its questions, which `form_for` adds."""

    class Meta:
        # There is no session to protect; security.py refuses posts from other sites.
        csrf = False

    def validate(self, extra_validators: None = None) -> bool:
        """Whether every question has an answer, and not all of them are `unsure`."""
        known = super().validate(extra_validators)
        if known and (problem := problem_with(results.rulebook, self.data)):
            self.form_errors = [problem]
        return known and not self.form_errors


def form_for(rulebook: Rulebook) -> type[QuestionnaireForm]:
    """Make a form class with a radio field for every question."""
    return type("Form", (QuestionnaireForm,), {question.id: _field(question) for question in rulebook.questions})


def _field(question: Question) -> RadioField:
    choices = [SelectChoice(option.id, option.label) for option in question.options]
    known = AnyOf([option.id for option in question.options], message=question.missing)
    return RadioField(question.title, [known], description=question.help, choices=choices, validate_choice=False)


@bp.get("/")
@cacheable()
def ask() -> str:
    """The questionnaire, prefilled with the answers in the query."""
    form = current_app.extensions["form"](formdata=None, data=request.args)
    return _questionnaire(form, request.args.get("since"))


@bp.post("/")
def answer() -> BaseResponse | tuple[str, int]:
    """Redirect to the result of the answers, or show the form again with the answers kept."""
    if "Transfer-Encoding" in request.headers:
        # No browser sends a form in chunks, and each server reports malformed ones in its own way.
        abort(411)
    # Without `formdata`, Flask-WTF would also read a JSON body.
    form = current_app.extensions["form"](formdata=request.form)
    since = results.code_of_today(request.form.get("since", ""))
    if not form.validate():
        return _questionnaire(form, since), 422
    return redirect(url_for(".result_page", code=code_of(results.rulebook, form.data), since=since), 303)


@bp.get("/<any(rules, map, sources, compare, decisions):_>/")
@bp.get("/sources/<_>/")
def without_slash(_: str) -> BaseResponse:
    """Redirect to the same address without a slash at its end."""
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return redirect(quote(f"{request.root_path}{request.path}".rstrip("/")) + query, 301)


@bp.get("/healthz")
def healthz() -> Response:
    """Whether the database answers and holds today's rulebook, which is archived if it is missing."""
    try:
        results.archive.keep(results.rulebook)
    except ArchiveError:
        return Response("the database does not answer, or cannot archive today's rulebook", 503, mimetype="text/plain")
    return Response("ok", mimetype="text/plain")


@bp.before_app_request
def before_any_view() -> Response | None:
    """Archive today's rulebook from a process's first request on, and answer /healthz on any host."""
    if current_app.config["ARCHIVE_IN_BACKGROUND"]:
        results.archive_in_background()
    wrong_host = isinstance(request.routing_exception, BadHost | SecurityError)
    return healthz() if wrong_host and request.path == "/healthz" and request.method in ("GET", "HEAD") else None


def _questionnaire(form: QuestionnaireForm, since: str | None) -> str:
    rulebook = results.rulebook
    return render_template(
        "questionnaire.html",
        form=form,
        rulebook=rulebook,
        example=code_of(rulebook, rulebook.example),
        since=since,
        before=results.find(since) if since else None,
    )
