"""A script that compares a Keras model with its translation, for the machine it was made on."""

from collections.abc import Mapping
from keyword import iskeyword

from tfplay.checkpoints.keras_files.spec import KerasFile, every_layer

_LIBRARIES = ("keras_hub", "keras_nlp")


def comparison_script(file: KerasFile, file_name: str, answers: Mapping[str, str]) -> str | None:
    """Python to run beside the classes of the model; it tells the largest difference.

    Args:
        file: The checked file.
        file_name: Its name on the machine where the script runs.
        answers: What the file cannot tell, by the questions' names.

    Returns:
        The script's text; `None` if the model reads texts, on which nothing is compared, or if a
        class has a name that none can have in Python.
    """
    layers = [file.model, *every_layer(file.model.layers)]
    own = sorted({layer.class_name for layer in layers if not layer.package} - {""})
    # Names are written into Python that somebody runs.
    is_writable = all(name.isidentifier() and not iskeyword(name) for name in own)
    if file.vocabularies or not is_writable:
        return None
    libraries = sorted({layer.package for layer in layers} & {*_LIBRARIES})
    names = ", ".join(own) if file.is_graph else "make_model"
    classes = ", ".join(f"{name!r}: {name}" for name in own)
    made = [f"model = keras.saving.load_model(path, {{{classes}}}, compile=False)"]
    if not file.is_graph:
        made = ["model = make_model()", "model.load_weights(path)"]
    lines = [
        *(f"import {library}  # has layers of the model" for library in libraries),
        "import keras",
        "from tfplay.checkpoints.keras_files.opening import open_keras_file",
        "from tfplay.store import largest_difference",
        *([f"from my_model import {names}  # your own code"] if names else []),
        "",
        f"path = {file_name!r}",
        *made,
        f"translation = open_keras_file(path, {dict(answers)!r})",
        "print(translation.sentence)",
        'print(f"The largest difference: {largest_difference(model, translation):.1e}")',
    ]
    return "\n".join(lines) + "\n"
