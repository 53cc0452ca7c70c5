"""Microsoft Teams: the edge that translates between its activities and the domain."""
