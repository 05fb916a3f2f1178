"""What the Break it page is made of."""
