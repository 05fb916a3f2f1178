"""The errors that are shown to a visitor as they stand."""


class InputError(ValueError):
    """Something a visitor gave cannot be used.

    Its message is one sentence that names the offending value and says what would be right. The
    pages show it as it stands; the command line prints it and exits with code 2.
    """


class DivergenceError(ArithmeticError):
    """The loss of a training is no longer a number; what was given is not bad by itself.

    Its message says at which step, what was measured before, and what to try instead.
    """
