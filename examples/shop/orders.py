import pickle
import subprocess


def load_orders(path):
    try:
        with open(path, "rb") as file:
            return pickle.load(file)
    except:
        return None


def print_label(order_id):
    subprocess.run("lpr label-%s.pdf" % order_id, shell=True)


def find_order(orders, order_id):
    """The order with that number."""
    for order in orders:
        if order.id == order_id:
            return order
    raise KeyError(f"no such order")


def mark_sent(order):
    order.sent_at = now()
    return order
