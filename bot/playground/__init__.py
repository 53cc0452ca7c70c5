"""A strict Slack workspace on loopback, with people who press buttons: for the demo and for the stories."""
