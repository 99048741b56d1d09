"""The headers that every answer carries: what a browser may do with it, and nothing besides."""

from flask import Response, current_app, request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    # With “no-referrer” a browser would send our own form with `Origin: null`, which crosssite.py refuses.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # What `frame-ancestors` says, for browsers and scanners that know only this.
    "X-Frame-Options": "DENY",
}

A_YEAR = "max-age=31536000"


def protect(response: Response) -> Response:
    """Add the headers; Strict-Transport-Security only where the application is reached over HTTPS."""
    response.headers.extend(ALWAYS)
    if request.is_secure or str(current_app.config["PUBLIC_URL"]).startswith("https://"):
        response.headers["Strict-Transport-Security"] = A_YEAR
    return response
