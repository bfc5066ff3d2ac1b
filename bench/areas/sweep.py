"""The baseline of the sweep: each parameter set priced by itself, all its days and legs at once.

Reads the sets once, then answers each line on standard input with one line of results. What a set needs is handed
to it ready made: the days of each trade, strikes, forwards, volatilities. It prices, sizes and adds up.
"""
import json
import sys

import numpy as np

try:
    from scipy.special import ndtr
except ImportError:
    def ndtr(x):
        # Hart's rational approximation, as in West, "Better approximations to cumulative normal functions" (2005).
        z = np.abs(x)
        e = np.exp(-0.5 * z * z)
        top = (((((3.52624965998911e-2 * z + 0.700383064443688) * z + 6.37396220353165) * z + 33.912866078383) * z
                + 112.079291497871) * z + 221.213596169931) * z + 220.206867912376
        low = ((((((8.83883476483184e-2 * z + 1.75566716318264) * z + 16.064177579207) * z + 86.7807322029461) * z
                 + 296.564248779674) * z + 637.333633378831) * z + 793.826512519948) * z
        tail = e * top / ((low + 440.413735824752))
        return np.where(x > 0, 1 - tail, tail)


def main():
    head = json.loads(sys.stdin.readline())
    growth = np.cumprod(1 + np.array(head["interest"]))
    data = np.fromfile(head["file"], dtype=np.float64)
    books = [book_of(book, data) for book in head["books"]]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        results = [run(books[book], risk, head["start"], growth) for book, risk in head["sets"]]
        sys.stdout.write(json.dumps(results) + "\n")
        sys.stdout.flush()


def book_of(book, data):
    size = book["size"]
    columns = data[book["offset"]:book["offset"] + 6 * 4 * size].reshape(6, 4, size)
    return {**book, "columns": columns, "days": np.array(book["days"])}


SIGN = np.array([1.0, -1.0, -1.0, 1.0])[:, None]
SIDE = np.array([-1.0, -1.0, 1.0, 1.0])[:, None]


def run(book, risk, start, growth):
    forward, strike, volatility, years, discount, _ = book["columns"]
    deviation = volatility * np.sqrt(years)
    d1 = np.log(forward / strike) / deviation + 0.5 * deviation
    price = discount * SIDE * (forward * ndtr(SIDE * d1) - strike * ndtr(SIDE * (d1 - deviation)))
    marks = (SIGN * np.floor(price * 10000 + 0.5)).sum(axis=0)
    flows = np.zeros(len(growth))
    value = np.zeros(len(growth))
    days = book["days"]
    base = float(start)
    pending = []
    wins = 0
    for first, last, entry, end, width, paid in book["trades"]:
        for open_ in [each for each in pending if each[0] <= entry]:
            base += open_[1] / growth[open_[0]]
            pending.remove(open_)
        equity = base * growth[entry] + value[entry]
        credit = -marks[first]
        contracts = np.floor(risk * equity / (width - credit))
        base += contracts * credit / growth[entry]
        flows[entry] += contracts * credit
        value[days[first:last]] += contracts * marks[first:last]
        wins += credit + paid > 0
        if end < len(growth):
            flows[end] += contracts * paid
            pending.append((end, contracts * paid))
    equity = growth * (start + np.cumsum(flows / growth)) + value
    drawdown = 1 - np.min(equity / np.maximum.accumulate(equity))
    return [float(equity[-1]), float(drawdown), int(wins)]


main()
