"""The logger of Slack's libraries: they log requests and bodies from DEBUG to INFO, so it never goes below ERROR."""

import logging
from typing import Final

LIBRARIES: Final = logging.getLogger("alongside.slack.libraries")
LIBRARIES.setLevel(logging.ERROR)
