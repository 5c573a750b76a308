"""Each page as blocks made from one edition; notebooks run, exported and built into a folder."""

__all__: list[str] = []
