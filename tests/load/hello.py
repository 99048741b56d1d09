"""The smallest Flask application, to measure ours against."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """The greeting."""
    return "Hello, World!"
