"""How far down a page its picture begins."""

from playwright.sync_api import Page

PICTURES = ", ".join(
    [
        ".js-plotly-plot",
        '[data-testid="stDataFrame"]',
        '[data-testid="stBidiComponentIsolated"]:not([class*="-link"])',
        "p.spans",
        '[data-testid="stPageLink"]',  # the cards of the concepts
    ]
)
LARGE = "each => each.offsetWidth > 100 && each.offsetHeight > 30"
MEASURED = {"a wide screen": (1280, 800, 420), "a phone": (390, 844, 700)}
"""Width and height of a screen, and above which y its picture must begin, in pixels."""


def late_pictures(page: Page) -> list[str]:
    """On which screens the page's picture begins too far down, and where; leaves its size alone."""
    size, late = page.viewport_size, []
    for screen, (width, height, lowest) in MEASURED.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"[...document.querySelectorAll(`{PICTURES}`)].some({LARGE})")
        top = page.evaluate(
            f"Math.min(...[...document.querySelectorAll(`{PICTURES}`)].filter({LARGE})"
            ".map((each) => each.getBoundingClientRect().top))"
            " + document.querySelector('[data-testid=stMain]').scrollTop"
        )
        if top >= lowest:
            late.append(f"on {screen} at {top:.0f}")
    page.set_viewport_size(size)
    return late
