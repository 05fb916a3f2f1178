"""One operation that the library tf2onnx lacks, and that GELU needs: erfc(x) = 1 - erf(x)."""

from typing import Any

import numpy as np


def teach_gelu() -> None:
    """Tells tf2onnx how to write TensorFlow's Erfc."""
    from tf2onnx.handler import tf_op

    @tf_op("Erfc")
    class _Erfc:
        @classmethod
        def version_9(cls, context: Any, node: Any, **_: Any) -> None:
            erf = context.make_node("Erf", node.input)
            one = context.make_const(f"{node.name}/one", np.array(1, "float32"))
            output = node.output[0]
            shapes, dtypes = [context.get_shape(output)], [context.get_dtype(output)]
            context.remove_node(node.name)
            context.make_node(
                "Sub",
                [one.output[0], erf.output[0]],
                name=node.name,
                outputs=[output],
                shapes=shapes,
                dtypes=dtypes,
            )
