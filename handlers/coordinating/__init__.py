"""What coordinators do: one file a noun, all behind the gate of the desk."""
