"""The local Teams tenant."""
