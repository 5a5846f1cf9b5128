"""CDS Hooks 2.0 over the same checks: a record system asks while a chart is open or an order is written.

`services.py`: what is offered. `request.py`: what was sent, and what was not. `cards.py`: what is answered.
`tokens.py`: who may ask. `endpoints.py`: the routes.
"""
