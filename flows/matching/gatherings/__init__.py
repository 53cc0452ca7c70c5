"""The formats that bring people together in another way than mentee by mentor."""
