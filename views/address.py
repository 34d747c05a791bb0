"""Addresses of this portal: where a person may be led back to."""

import re
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")
"""A path; two slashes, backslashes and control signs could make a browser leave the portal."""
_NEVER_BACK = frozenset({"session.sign_in", "session.sign_out", "static"})


def portal_address() -> str:
    """Where people reach the portal, as "https://baocao.example"; empty while the settings do not say."""
    return str(current_app.config["SETTINGS"].public_url)


def is_own_page(address: str) -> bool:
    """Whether ``address`` is the path of a page of this portal that can be opened."""
    if not _OWN.fullmatch(address):
        return False
    try:
        path = urlsplit(address).path
        endpoint, _values = current_app.url_map.bind(request.host).match(path, method="GET")
    except (HTTPException, RequestRedirect, ValueError):
        return False
    return endpoint not in _NEVER_BACK


def wanted_page() -> str:
    """The page named by the parameter ``next``, if it is one of ours, else home."""
    wanted = request.values.get("next", "")
    return wanted if is_own_page(wanted) else url_for("home.show")


def form_page() -> str:
    """The page on which the posted form stands: where it was sent from, else where it was sent to, else home."""
    referrer = urlsplit(request.referrer or "")
    came_from = f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path
    if referrer.netloc == request.host and is_own_page(came_from):
        return came_from
    return request.path if is_own_page(request.path) else url_for("home.show")
