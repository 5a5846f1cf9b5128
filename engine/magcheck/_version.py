"""The version of the machine; the rules carry their own."""

__version__ = "0.1.0"
