"""Asking: the questionnaire, and the way from answers to a result."""

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from .blueprint import bp, results
from .codes import canonical
from .constant import constant
from .form import QuestionnaireForm
from .renderings import base
from .store import StoreError


@bp.get("/")
@constant()
def ask() -> str:
    """The questionnaire, with the answers in the query filled in."""
    known = {question.id: {option.id for option in question.option} for question in results.rulebook.questions}
    answers = {id: value for id, value in request.args.items() if value in known.get(id, ())}
    return _questionnaire(_form(formdata=None, data=answers))


@bp.post("/")
def answer() -> BaseResponse | tuple[str, int]:
    """Give a result and go to it, or ask again with what was answered kept."""
    _read_body()
    # Named, because Flask-WTF would otherwise also read JSON, and fail on what is no object.
    form = _form(formdata=request.form)
    if not form.validate():
        return _questionnaire(form), 422
    return redirect(url_for(".result", code=results.give(form.data), since=_since()), 303)


@bp.get("/card.png")
@constant("image/png")
def card() -> bytes:
    """The preview card of the questionnaire."""
    # Imported here, as in showing.py, because drawing is seldom asked for and would make every start longer.
    from .card import questionnaire_card

    return questionnaire_card()


@bp.get("/healthz")
def healthz() -> Response:
    """Whether the questionnaire and its database answer."""
    try:
        results.ping()
    except StoreError:
        return Response("the database does not answer", 503, content_type="text/plain")
    return Response("ok", content_type="text/plain")


def _read_body() -> None:
    """Read what was sent, whole; aborts with 413 where it is too much, and with 400 where it breaks off."""
    try:
        request.get_data()
        # Without a stated length it is only cut off at the limit. There must be nothing behind that.
        request.stream.read(1)
    except HTTPException:
        raise
    except Exception:
        # Each server has exceptions of its own for chunks that are not what they say.
        abort(400)


def _form(**options: object) -> QuestionnaireForm:
    form: type[QuestionnaireForm] = current_app.extensions["form"]
    return form(**options)


def _questionnaire(form: QuestionnaireForm) -> str:
    return render_template(
        "questionnaire.html", form=form, questions=results.rulebook.questions, since=_since(), base=base()
    )


def _since() -> str | None:
    """The code of the result that an answer is being changed from."""
    return canonical(request.values.get("since", ""))
