"""The form that takes the links of the results to compare."""

from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .blueprint import bp
from .cache import HTML, cacheable_response, query
from .results.codes import code_in

# A result links to the form by `before` and `after`.
LABELS = {
    "before": "First link",
    "after": "Second link",
    "third": "Third link",
    "fourth": "Fourth link",
    "fifth": "Fifth link",
    "sixth": "Sixth link",
}

NO_LINK = "This is not a link to a result. Paste one that ends in /r/ and a code of ten characters"
NOTHING = "Paste the link of a result"


@bp.get("/compare")
def choose() -> Response | tuple[str, int]:
    """Redirect to the comparison of the pasted links, or show the form and which link is wrong."""
    links = {name: query(name).strip() for name in LABELS}
    codes = [code for link in links.values() if (code := code_in(link))]
    adds = bool(query("add"))
    if not adds and not any(name in request.args for name in links):
        return cacheable_response(form(links), HTML)
    wrong = {name: NO_LINK for name, link in links.items() if link and not code_in(link)}
    if len(codes) < 2 and not adds:
        # A result links here with its own code, and without the other.
        wrong |= {name: NOTHING for name in ("before", "after") if name in request.args and not links[name]}
    if len(codes) > 1 and not wrong and not adds:
        return redirect(url_for(".comparison", codes="/".join(codes)))
    in_order = {name: wrong[name] for name in links if name in wrong}
    return form(links, in_order), 422 if wrong else 200


def form(links: dict[str, str], wrong: dict[str, str] | None = None) -> str:
    """The form with these links in its fields, and what is wrong with them."""
    # Whoever has filled the first two, or one of the others, wants to see them all.
    unfolded = bool((links["before"] and links["after"]) or any(list(links.values())[2:]))
    return render_template("choose.html", labels=LABELS, links=links, wrong=wrong or {}, unfolded=unfolded)


def form_address(codes: list[str]) -> str:
    """The address of the form with these codes in it, to add one more."""
    return f"{url_for('.choose')}?{urlencode([*zip(LABELS, codes, strict=False), ('add', 1)])}"
