"""NumPy and PyTorch with the article's network; prints one JSON line a peer. The argument is seconds for each."""

import json
import os
import statistics
import sys
import time

# The table is about one core; libraries read these when they are imported.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

ROWS, HIDDEN, EPOCHS = 9, 10, 100
RATE, BETA1, BETA2, EPSILON = 0.001, 0.9, 0.999, 1e-8


def numpy_networks(np, count):
    """Trains `count` networks at once (arrays of count × …) and returns their mean squared errors."""
    rng = np.random.default_rng()
    sequence = np.arange(ROWS + 1, dtype=np.float32) / np.float32(10)
    rows = np.stack([sequence[:-1], sequence[1:]], axis=-1)
    limit = np.sqrt(6 / (1 + HIDDEN))
    parameters = [
        rng.uniform(-limit, limit, (count, 1, HIDDEN)).astype(np.float32),
        np.zeros((count, 1, HIDDEN), np.float32),
        rng.uniform(-limit, limit, (count, HIDDEN, 1)).astype(np.float32),
        np.zeros((count, 1, 1), np.float32),
    ]
    first = [np.zeros_like(each) for each in parameters]
    second = [np.zeros_like(each) for each in parameters]
    for epoch in range(1, EPOCHS + 1):
        order = rng.permuted(np.tile(np.arange(ROWS), (count, 1)), axis=1)
        x, y = rows[order, 0][..., None], rows[order, 1][..., None]
        w1, b1, w2, b2 = parameters
        h = x @ w1 + b1
        error = (h @ w2 + b2 - y) * np.float32(2 / ROWS)
        back = error @ w2.transpose(0, 2, 1)
        gradients = [
            x.transpose(0, 2, 1) @ back,
            back.sum(axis=1, keepdims=True),
            h.transpose(0, 2, 1) @ error,
            error.sum(axis=1, keepdims=True),
        ]
        step = np.float32(RATE * np.sqrt(1 - BETA2**epoch) / (1 - BETA1**epoch))
        for p, g, m, v in zip(parameters, gradients, first, second):
            m *= np.float32(BETA1)
            m += np.float32(1 - BETA1) * g
            v *= np.float32(BETA2)
            v += np.float32(1 - BETA2) * g * g
            p -= step * m / (np.sqrt(v) + np.float32(EPSILON))
    w1, b1, w2, b2 = parameters
    predicted = (rows[:, 0][None, :, None] @ w1 + b1) @ w2 + b2
    return (np.square(predicted[..., 0] - rows[:, 1], dtype=np.float64)).mean(axis=1).tolist()


def torch_network(torch):
    """Trains one network and returns its mean squared error."""
    sequence = torch.arange(ROWS + 1, dtype=torch.float32) / 10
    inputs, targets = sequence[:-1, None], sequence[1:, None]
    model = torch.nn.Sequential(torch.nn.Linear(1, HIDDEN), torch.nn.Linear(HIDDEN, 1))
    for layer in model:
        torch.nn.init.xavier_uniform_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.Adam(model.parameters())
    loss = torch.nn.MSELoss()
    for _ in range(EPOCHS):
        order = torch.randperm(ROWS)
        optimizer.zero_grad()
        loss(model(inputs[order]), targets[order]).backward()
        optimizer.step()
    with torch.no_grad():
        return [loss(model(inputs), targets).item()]


def report(name, version, train, seconds):
    train()  # the first one pays for what is loaded on demand
    scores = []
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        scores += train()
    rate = len(scores) / (time.perf_counter() - began)
    print(json.dumps({"name": name, "version": version, "rate": rate, "median": statistics.median(scores)}), flush=True)


def missing(*names):
    for name in names:
        print(json.dumps({"name": name, "missing": "not installed"}), flush=True)


def main(seconds):
    try:
        import numpy as np

        report("NumPy", np.__version__, lambda: numpy_networks(np, 1), seconds)
        report("NumPy, 1,000 networks at once", np.__version__, lambda: numpy_networks(np, 1000), seconds)
    except ImportError:
        missing("NumPy", "NumPy, 1,000 networks at once")
    try:
        import torch

        torch.set_num_threads(1)
        report("PyTorch", torch.__version__, lambda: torch_network(torch), seconds)
    except ImportError:
        missing("PyTorch")


main(float(sys.argv[1]))
