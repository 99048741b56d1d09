"""What browsers are told and refused: security headers, and posts from other sites."""

from flask import Response, abort, current_app, request

from .blueprint import SUFFIXES, bp
from .urls import scheme, without_default_port

HEADERS = {
    # connect-src: share.js fetches the decision record to copy it.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    # With `no-referrer`, browsers would send `Origin: null` with our own form, and it would be refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # The same as `frame-ancestors`, for older browsers and for scanners.
    "X-Frame-Options": "DENY",
}


@bp.before_app_request
def refuse_cross_site() -> None:
    """Abort with 403 if the browser says that another site made the request, as Go's CrossOriginProtection does."""
    # What Flask has refused, for its host perhaps, is not looked at again.
    if request.method in {"GET", "HEAD", "OPTIONS"} or request.routing_exception:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    public_url: str = current_app.config["PUBLIC_URL"] or ""
    own = f"{scheme()}://{request.headers.get('Host', '')}", "/".join(public_url.split("/")[:3])
    ours = origin is None or without_default_port(origin) in map(without_default_port, own)
    if not (ours if site is None else site in {"same-origin", "none"}):
        abort(403)


@bp.after_app_request
def add_headers(response: Response) -> Response:
    """Add the headers to every response; scripts of other sites may read what is made for machines."""
    response.headers.extend(HEADERS)
    if request.path == "/healthz":
        response.cache_control.no_store = True
    if request.path.endswith(SUFFIXES):
        response.access_control_allow_origin = "*"
    if request.is_secure or (current_app.config["PUBLIC_URL"] or "").startswith("https://"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
