"""`alongside serve` with every logger at DEBUG, asyncio's own included: what it never says then, it never says."""

import asyncio
import importlib
import logging
import sys
from importlib import import_module

from bot import logs, serving

PLATFORMS = ("bot.slack.platform", "bot.teams.platform")
"""Imported before anything is set: loggers that come into being later would keep the level that they are given."""

if __name__ == "__main__":
    for platform in PLATFORMS:
        import_module(platform)
    logs.set_up(level=logging.DEBUG)
    for platform in ("bot.slack.platform", "bot.teams.platform"):
        importlib.import_module(platform)  # Serve does so when it needs one, and its loggers begin quiet.
    for name in ["", *logging.root.manager.loggerDict]:
        logging.getLogger(name).setLevel(logging.DEBUG)
    sys.exit(asyncio.run(serving.run_until_told(), debug=True))
