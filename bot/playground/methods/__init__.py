"""The Web API methods that the workspace answers, by family; a method that is in no table is unknown."""
