"""The blueprint of accounts, which the modules beside it fill."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)
