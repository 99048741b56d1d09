"""The pages: each takes its input, asks for the result, and renders it."""

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.recommendation import Recommendation

from .blueprint import bp, results
from .codes import canonical
from .form import QuestionnaireForm
from .renderings import as_json, permalink
from .store import StoreError


@bp.get("/")
def ask() -> str:
    """The questionnaire, with the answers in the query filled in."""
    known = {question.id: {option.id for option in question.option} for question in results.rulebook.questions}
    answers = {id: value for id, value in request.args.items() if value in known.get(id, ())}
    return _questionnaire(_form(formdata=None, data=answers))


@bp.post("/")
def answer() -> BaseResponse | tuple[str, int]:
    """Give a result and go to it, or ask again with what was answered kept."""
    form = _form()
    if not form.validate():
        return _questionnaire(form), 422
    return redirect(url_for(".result", code=results.give(form.data)), 303)


@bp.get("/r/<code>")
def result(code: str) -> BaseResponse | str:
    """A result, as it was given."""
    if code != canonical(code):
        return _to_canonical(code, ".result")
    given = _find(code)
    outdated = given.rulebook.revision != results.rulebook.revision
    return render_template(
        "result.html",
        code=code,
        given=given,
        sources={source.id: source for source in given.sources},
        outdated=outdated,
        today=results.today(given) if outdated else None,
        permalink=permalink(code),
    )


@bp.get("/r/<code>.json")
def result_json(code: str) -> BaseResponse:
    """The same result for machines."""
    if code != canonical(code):
        return _to_canonical(code, ".result_json")
    return Response(as_json(code, _find(code)), content_type="application/json")


@bp.get("/healthz")
def healthz() -> Response:
    """Whether the questionnaire and its database answer."""
    try:
        results.store.ping()
    except StoreError:
        return Response("the database does not answer", 503, content_type="text/plain")
    return Response("ok", content_type="text/plain")


def _form(**options: object) -> QuestionnaireForm:
    form: type[QuestionnaireForm] = current_app.extensions["form"]
    return form(**options)


def _questionnaire(form: QuestionnaireForm) -> str:
    return render_template("questionnaire.html", form=form, questions=results.rulebook.questions)


def _find(code: str) -> Recommendation:
    return results.find(code) or abort(404)


def _to_canonical(code: str, endpoint: str) -> BaseResponse:
    return redirect(url_for(endpoint, code=canonical(code) or abort(404)), 301)
