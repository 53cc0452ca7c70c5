"""What happens when somebody does something, or time passes."""
