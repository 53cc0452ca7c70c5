"""Drafts: people and rules in, pairs with their proof out, and those who are left."""
