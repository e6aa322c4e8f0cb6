"""Measures of Portalis itself: how many planted faults verification catches, what `confidence` is worth."""
