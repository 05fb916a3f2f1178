"""An address as a picture for a phone's camera."""

import segno
import streamlit as st


def show_qr_code(address: str, width: int = 180) -> None:
    """Shows the QR code of an address.

    Args:
        address: The address.
        width: Pixels.

    Raises:
        segno.DataOverflowError: The address is too long.
    """
    code = segno.make(address, error="m", micro=False)
    picture = code.svg_inline(scale=4, dark="#000", light="#fff")
    st.image(picture, width=width, alt="QR code of the link")
