"""python3 peers.py NAME FOLDER: measures one Python library and prints the result as a line of JSON."""

import json
import os
import pathlib
import statistics
import sys
import time
import types
import warnings

# The tables are about one core; libraries read these when they are imported.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

RATE, BETA1, BETA2, EPSILON = 0.001, 0.9, 0.999, 1e-8


def read_task(folder):
    """What is to be trained, with the data as bytes of float32, a row after the other."""
    folder = pathlib.Path(folder)
    task = types.SimpleNamespace(**json.loads((folder / "task.json").read_text()))
    task.inputs = bytearray((folder / "inputs").read_bytes())
    task.targets = bytearray((folder / "targets").read_bytes())
    task.units = [layer["units"] for layer in task.layers]
    task.activations = [layer["activation"] for layer in task.layers]
    task.classifies = task.loss == "categorical_crossentropy"
    return task


class NumpyNetworks:
    """`count` networks trained at once: every array is count × …, float32, and allocated once a training.

    The parameters of a network are one row of `parameters`, so that Adam is a few calls for all of them.
    """

    def __init__(self, np, task, count):
        self.np, self.task, self.count = np, task, count
        self.inputs = np.frombuffer(task.inputs, np.float32).reshape(task.rows, -1)
        self.targets = np.frombuffer(task.targets, np.float32).reshape(task.rows, -1)
        self.widths = [task.features, *task.units]
        size = sum((wide + 1) * units for wide, units in zip(self.widths, self.widths[1:]))
        self.parameters, self.gradient, self.first, self.second, self.scratch = np.zeros((5, count, size), np.float32)
        self.layers, self.gradients = self.views(self.parameters), self.views(self.gradient)
        self.buffers = {}
        self.rng = np.random.default_rng()
        for wide, units, (kernel, _) in zip(self.widths, self.widths[1:], self.layers):
            limit = np.sqrt(6 / (wide + units))
            kernel[...] = self.rng.uniform(-limit, limit, kernel.shape)

    def views(self, flat):
        """(kernel, bias) of each layer: count × inputs × units and count × 1 × units."""
        found, start = [], 0
        for wide, units in zip(self.widths, self.widths[1:]):
            middle, end = start + wide * units, start + (wide + 1) * units
            kernel = flat[:, start:middle].reshape(self.count, wide, units)
            found.append((kernel, flat[:, None, middle:end]))
            start = end
        return found

    def buffers_for(self, rows):
        """Values, errors and masks of each layer, and targets; a last batch may be smaller and has its own."""
        if rows not in self.buffers:
            empty = lambda width, kind: self.np.empty((self.count, rows, width), kind)
            values = [empty(width, self.np.float32) for width in self.widths]
            errors = [empty(width, self.np.float32) for width in self.widths[1:]]
            masks = [empty(width, bool) for width in self.widths[1:]]
            self.buffers[rows] = values, errors, masks, empty(self.widths[-1], self.np.float32)
        return self.buffers[rows]

    def forward(self, rows):
        """Values of the batch whose row numbers are `rows` (count × batch)."""
        np = self.np
        buffers = self.buffers_for(rows.shape[1])
        values, _, _, targets = buffers
        np.take(self.inputs, rows, axis=0, out=values[0], mode="clip")  # "clip" writes straight into `out`
        np.take(self.targets, rows, axis=0, out=targets, mode="clip")
        for value, output, (kernel, bias), activation in zip(values, values[1:], self.layers, self.task.activations):
            np.matmul(value, kernel, out=output)
            output += bias
            if activation == "relu":
                np.maximum(output, 0, out=output)
            elif activation == "softmax":
                output -= output.max(axis=2, keepdims=True)
                np.exp(output, out=output)
                output /= output.sum(axis=2, keepdims=True)
        return buffers

    def backward(self, values, errors, masks, targets):
        np = self.np
        rows = targets.shape[1]
        # Both losses have this gradient: mean squares behind linear units, cross-entropy behind softmax.
        np.subtract(values[-1], targets, out=errors[-1])
        errors[-1] *= 1 / rows if self.task.classifies else 2 / (rows * targets.shape[2])
        for layer in reversed(range(len(self.layers))):
            kernel, bias = self.gradients[layer]
            np.matmul(values[layer].transpose(0, 2, 1), errors[layer], out=kernel)
            np.sum(errors[layer], axis=1, keepdims=True, out=bias)
            if layer > 0:
                np.matmul(errors[layer], self.layers[layer][0].transpose(0, 2, 1), out=errors[layer - 1])
                if self.task.activations[layer - 1] == "relu":
                    np.greater(values[layer], 0, out=masks[layer - 1])
                    errors[layer - 1] *= masks[layer - 1]

    def adam(self, step):
        np, scratch = self.np, self.scratch
        self.first *= BETA1
        np.multiply(self.gradient, 1 - BETA1, out=scratch)
        self.first += scratch
        self.second *= BETA2
        np.multiply(self.gradient, self.gradient, out=scratch)
        scratch *= 1 - BETA2
        self.second += scratch
        np.sqrt(self.second, out=scratch)
        scratch += EPSILON
        np.divide(self.first, scratch, out=scratch)
        scratch *= RATE * (1 - BETA2**step) ** 0.5 / (1 - BETA1**step)
        self.parameters -= scratch

    def batches(self, order):
        return (order[:, start : start + self.task.batch] for start in range(0, self.task.rows, self.task.batch))

    def scores(self):
        """Each network's loss on all rows."""
        np = self.np
        sums = np.zeros(self.count)
        for rows in self.batches(np.tile(np.arange(self.task.rows), (self.count, 1))):
            values, _, _, targets = self.forward(rows)
            if self.task.classifies:
                sums -= (targets * np.log(np.maximum(values[-1], 1e-7))).sum(axis=(1, 2), dtype=np.float64)
            else:
                sums += np.square(values[-1] - targets).mean(axis=2).sum(axis=1, dtype=np.float64)
        return (sums / self.task.rows).tolist()

    def train(self):
        order = self.np.tile(self.np.arange(self.task.rows), (self.count, 1))
        step = 0
        for _ in range(self.task.epochs):
            self.rng.permuted(order, axis=1, out=order)
            for rows in self.batches(order):
                step += 1
                self.backward(*self.forward(rows))
                self.adam(step)
        return self.scores()


def numpy_peer(task, count=1):
    import numpy as np

    return np.__version__, lambda: NumpyNetworks(np, task, count).train(), None


def torch_peer(task):
    import torch

    torch.set_num_threads(1)
    inputs = torch.frombuffer(task.inputs, dtype=torch.float32).reshape(task.rows, -1)
    targets = torch.frombuffer(task.targets, dtype=torch.float32).reshape(task.rows, -1)
    # Softmax is part of its cross-entropy, which is fastest with numbers of classes.
    loss = torch.nn.CrossEntropyLoss() if task.classifies else torch.nn.MSELoss()
    targets = targets.argmax(dim=1) if task.classifies else targets

    def build():
        modules = []
        for wide, units, activation in zip([task.features, *task.units], task.units, task.activations):
            linear = torch.nn.Linear(wide, units)
            torch.nn.init.xavier_uniform_(linear.weight)
            torch.nn.init.zeros_(linear.bias)
            modules += [linear, torch.nn.ReLU()] if activation == "relu" else [linear]
        return torch.nn.Sequential(*modules)

    def train():
        model = build()
        optimizer = torch.optim.Adam(model.parameters(), RATE, (BETA1, BETA2), EPSILON)
        for _ in range(task.epochs):
            for rows in torch.randperm(task.rows).split(task.batch):
                optimizer.zero_grad()
                loss(model(inputs[rows]), targets[rows]).backward()
                optimizer.step()
        with torch.no_grad():
            return [loss(model(inputs), targets).item()]

    return torch.__version__, train, None


def sklearn_peer(task):
    import numpy as np
    import sklearn
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.metrics import log_loss, mean_squared_error
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    warnings.simplefilter("ignore", ConvergenceWarning)  # it is to stop where the others do
    inputs = np.frombuffer(task.inputs, np.float32).reshape(task.rows, -1)
    targets = np.frombuffer(task.targets, np.float32).reshape(task.rows, -1)
    targets = targets.argmax(axis=1) if task.classifies else targets.squeeze()
    options = dict(
        hidden_layer_sizes=task.units[:-1],
        activation=task.activations[0],
        solver="adam",
        learning_rate_init=RATE,
        beta_1=BETA1,
        beta_2=BETA2,
        epsilon=EPSILON,
        alpha=0,
        batch_size=task.batch,
        max_iter=task.epochs,
        tol=0,
        n_iter_no_change=task.epochs + 1,
        early_stopping=False,
    )

    def train():
        if task.classifies:
            return [log_loss(targets, MLPClassifier(**options).fit(inputs, targets).predict_proba(inputs))]
        return [mean_squared_error(targets, MLPRegressor(**options).fit(inputs, targets).predict(inputs))]

    return sklearn.__version__, train, "biases start at random"


# By name: task → version, a function that trains and returns scores, and a note or None.
PEERS = {
    "NumPy": numpy_peer,
    "NumPy, 1,000 networks at once": lambda task: numpy_peer(task, 1000),
    "PyTorch": torch_peer,
    "scikit-learn": sklearn_peer,
}


def peak_megabytes():
    """Linux' rusage would count what the parent held when it forked; VmHWM begins with the program."""
    try:
        lines = pathlib.Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
    except (OSError, StopIteration):
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measure(train, budget):
    train()  # the first one pays for what is loaded on demand
    runs, scores = 0, []
    began = time.perf_counter()
    elapsed = lambda: time.perf_counter() - began
    while (runs < budget["trainings"] or elapsed() < budget["seconds"]) and elapsed() < budget["atMost"]:
        scores += train()
        runs += 1
    rate = len(scores) / elapsed()
    # NumPy's float32, which some libraries return, is nothing that JSON knows.
    return {"rate": rate, "megabytes": peak_megabytes(), "median": float(statistics.median(scores))}


def main(name, folder):
    task = read_task(folder)
    try:
        version, train, note = PEERS[name](task)
    except ImportError:
        return {"missing": "not installed"}
    return {"version": version, "note": note, **measure(train, task.budget)}


print(json.dumps(main(*sys.argv[1:])))
