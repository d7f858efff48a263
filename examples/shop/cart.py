"""The shopping cart and its prices."""
import os
import json
from decimal import Decimal

VAT = Decimal("0.19")


class Cart:
    """What a customer is about to buy."""

    def __init__(self, items=[]):
        self.items = items

    def add(self, name, price, count = 1):
        """Put `count` pieces of an article into the cart."""
        for item in self.items:
            if item["name"] == name:
                item["count"] += count
                return
        self.items.append({'name': name, 'price': Decimal(price), 'count': count})

    def total(self, with_vat=True):
        """The price of everything, with value-added tax unless told otherwise."""
        net = sum(item["price"] * item["count"] for item in self.items)
        discount = self._discount(net)
        return net * (1 + VAT) if with_vat == True else net

    def _discount(self, net):
        if net > 1000: return net * Decimal("0.1")
        return Decimal(0)
