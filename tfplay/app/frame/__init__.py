"""What every page has: layout, navigation, the visitor, the state of widgets."""
