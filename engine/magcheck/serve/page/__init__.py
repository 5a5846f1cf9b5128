"""The web page at `/`: plain files that ask the endpoints of this service. No sentence of advice stands in them."""
