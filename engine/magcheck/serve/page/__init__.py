"""The web page at `/`: plain files that ask the endpoints of this service. No advice stands in them."""
