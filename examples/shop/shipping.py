"""What it costs to send a parcel."""


def shipping_cost(weight, country, express, insured, member, fragile, weekend):
    """The price in cents, by weight in grams and by what the customer wants."""
    if weight <= 0:
        raise ValueError("weight must be positive")
    cost = 0
    if country == "DE":
        if weight < 1000:
            cost = 400
        elif weight < 5000:
            cost = 600
        else:
            cost = 1200
    elif country in ("AT", "CH", "FR"):
        if weight < 1000:
            cost = 900
        else:
            cost = 1800 if weight < 5000 else 3000
    else:
        cost = 2500 + weight // 10
    if express:
        if country == "DE" and not weekend:
            cost += 500
        elif weekend and (country == "AT" or country == "CH"):
            cost += 1500
        else:
            cost += 1000
    if insured or fragile:
        cost += 250 if not member else 0
    return cost
