"""A till: what stays in Python here is called by what is translated."""
