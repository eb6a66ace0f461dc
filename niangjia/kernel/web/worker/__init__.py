"""The worker's side (职工端): home, services, my own things; what the lines of work bring to it is declared."""
