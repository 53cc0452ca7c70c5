"""A strict Microsoft Teams tenant on loopback: a Bot Connector, the people of the company, and what they do."""
