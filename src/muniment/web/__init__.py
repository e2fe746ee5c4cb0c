"""The pages of a case, served on this machine alone. They ask the case and nothing behind it."""

from muniment.web.app import create_app
from muniment.web.serving import serve

__all__ = ["create_app", "serve"]
