"""The error that is shown to a visitor as it stands."""


class InputError(ValueError):
    """Something a visitor gave cannot be used.

    Its message is one sentence that names the offending value and says what would be right. The
    pages show it as it stands; the command line prints it and exits with code 2.
    """
