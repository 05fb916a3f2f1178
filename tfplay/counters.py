"""What `/metrics` tells of this process, counted where it happens."""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()

TOKENS = Counter(
    "tfplay_tokens", "Tokens that models wrote in Chat, on Write and for /v1.", registry=REGISTRY
)
REFUSALS = Counter(
    "tfplay_refusals",
    "What was refused, by the limit that refused it.",
    ["limit"],
    registry=REGISTRY,
)
PAGE_SECONDS = Histogram(
    "tfplay_page_seconds",
    "How long the server took for a page, from the request to the last element.",
    ["page"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30),
    registry=REGISTRY,
)
