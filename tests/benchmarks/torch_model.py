"""The transformer of https://github.com/karpathy/nanoGPT as anyone would write it in PyTorch."""

from typing import Any, NamedTuple


class Shape(NamedTuple):
    """What the model is made of."""

    vocabulary_size: int
    num_layers: int
    num_heads: int
    hidden_dim: int
    context: int
    use_bias: bool
    activation: str
    """`"none"` or `"tanh"`: which GELU, as PyTorch names it."""


def make_torch_model(shape: Shape) -> Any:
    """A pre-norm decoder-only model with learned positions and tied embeddings; ids -> logits."""
    import torch
    from torch import nn
    from torch.nn import functional

    width, bias = shape.hidden_dim, shape.use_bias

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention_norm = nn.LayerNorm(width)
            self.query_key_value = nn.Linear(width, 3 * width, bias=bias)
            self.output = nn.Linear(width, width, bias=bias)
            self.feed_forward_norm = nn.LayerNorm(width)
            self.up = nn.Linear(width, 4 * width, bias=bias)
            self.down = nn.Linear(4 * width, width, bias=bias)

        def forward(self, x):
            joined = self.query_key_value(self.attention_norm(x)).chunk(3, dim=-1)
            heads = (part.unflatten(-1, (shape.num_heads, -1)).transpose(1, 2) for part in joined)
            attended = functional.scaled_dot_product_attention(*heads, is_causal=True)
            x = x + self.output(attended.transpose(1, 2).flatten(2))
            up = functional.gelu(self.up(self.feed_forward_norm(x)), approximate=shape.activation)
            return x + self.down(up)

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.tokens = nn.Embedding(shape.vocabulary_size, width)
            self.positions = nn.Embedding(shape.context, width)
            self.blocks = nn.Sequential(*(Block() for _ in range(shape.num_layers)))
            self.norm = nn.LayerNorm(width)
            for matrix in (weight for weight in self.parameters() if weight.dim() >= 2):
                nn.init.normal_(matrix, std=0.02)

        def forward(self, token_ids):
            places = torch.arange(token_ids.shape[1], device=token_ids.device)
            x = self.tokens(token_ids) + self.positions(places)
            return self.norm(self.blocks(x)) @ self.tokens.weight.T

    return Model()


def make_torch_optimizer(model: Any, **settings: Any) -> Any:
    """AdamW that decays matrices only, as ours does."""
    import torch

    matrices = [weight for weight in model.parameters() if weight.dim() >= 2]
    others = [weight for weight in model.parameters() if weight.dim() < 2]
    return torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}],
        lr=1e-3,
        betas=(0.9, 0.99),
        **settings,
    )
