"""magcheck as tools of an assistant (Model Context Protocol), a thin face of `Checker`.

The SDK's low-level server is used: the other one writes the words of a refused profile into its log, and puts the
name of the tool in front of them.
"""
