"""The web panel: every operation of the hallway as a screen, in Polish and English; it adds no logic of its own."""
