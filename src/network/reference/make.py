"""Reference numbers for the zoo: the same models in PyTorch, double precision, automatic differentiation.

Writes numbers.jsonl beside this file, a model a line: the data that both sides read, and what every frame gives.
Run with any Python that has torch and numpy: python3 src/network/reference/make.py
"""

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
cases = {}
EPS = 1e-5


class Data:
    """The numbers of one model: drawn from its own seed, three decimals, named as in the model."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.entries = {}

    def put(self, name, role, value, domain=None):
        value = np.asarray(value, dtype=float)
        self.entries[name] = {"role": role, "value": value.tolist(), **({"domain": domain} if domain else {})}
        return torch.tensor(value, requires_grad=role == "param")

    def draw(self, name, role, *shape, scale=0.7):
        return self.put(name, role, np.round(self.random.normal(0, scale, shape), 3))

    def given(self, name, *shape):
        return self.draw(name, "given", *shape, scale=1)

    def param(self, name, *shape):
        return self.draw(name, "param", *shape)

    def onehot(self, name, at, classes):
        rows = np.eye(classes)[at]
        return self.put(name, "given", rows, "onehot")

    def params(self, **shapes):
        return {name: self.param(name, *shape) for name, shape in shapes.items()}


def plain(value):
    return value.detach().tolist() if torch.is_tensor(value) else value


def run(name, data, forward, params=None, make=None, frames=2, loss="L", penalty=None, rate=None):
    """Trains `params` by the optimizer that `make` makes, and notes values, gradients and renewed parameters."""
    params = params or {}
    optimizer = make(list(params.values())) if make else None
    schedule = rate(optimizer) if rate else None
    noted = []
    for _ in range(frames if optimizer else 1):
        out = forward()
        row = {key: plain(value) for key, value in out.items()}
        if params:
            gradients = torch.autograd.grad(out[loss], params.values(), retain_graph=True)
            row |= {f"d{loss}/d{key}": plain(g) for key, g in zip(params, gradients)}
        if optimizer:
            optimizer.zero_grad()
            (out[loss] + (penalty() if penalty else 0)).backward()
            optimizer.step()
            row |= {f"new {key}": plain(p) for key, p in params.items()}
            if schedule:
                schedule.step()
                row["new eta"] = optimizer.param_groups[0]["lr"]
        noted.append(row)
    cases[name] = {"data": data.entries, "frames": noted}


def run_batches(name, data, forward, params, make, size, frames, reduce=torch.mean):
    """The same on mini-batches of the samples x and t, in turn; values are those of each sample, gradients reduced."""
    optimizer = make(list(params.values()))
    x, t = (torch.tensor(data.entries[key]["value"]) for key in "xt")
    noted = []
    for frame in range(frames):
        rows = [(frame * size + k) % len(x) for k in range(size)]
        out = forward(x[rows], t[rows])
        loss = reduce(out["L"])
        gradients = torch.autograd.grad(loss, params.values(), retain_graph=True)
        row = {key: plain(value) for key, value in out.items()}
        row |= {f"dL/d{key}": plain(g) for key, g in zip(params, gradients)}
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        noted.append(row | {f"new {key}": plain(p) for key, p in params.items()})
    cases[name] = {"data": data.entries, "frames": noted}


def sgd(step, **more):
    return lambda params: torch.optim.SGD(params, lr=step, **more)


def half(t, y):
    return ((t - y) ** 2).sum() / 2


# Perceptron: the rule is no derivative; Rosenblatt's, over the four rows of AND.
def perceptron():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    t = np.array([0, 0, 0, 1], dtype=float)
    w, b, eta = np.array([0.3, -0.2]), 0.1, 0.25
    data = Data(0)
    data.put("x", "given", x), data.put("t", "given", t)
    data.put("w", "param", w), data.put("b", "param", b)
    frames = []
    for _ in range(6):
        y = (x @ w + b >= 0).astype(float)
        w, b = w + eta * (t - y) @ x, b + eta * (t - y).sum()
        frames.append({"y": y.tolist(), "new w": w.tolist(), "new b": b})
    cases["perceptron"] = {"data": data.entries, "frames": frames}


# One unit: linear and logistic regression over six rows.
def regressions():
    d = Data(1)
    x, t = d.given("x", 6, 3), d.given("t", 6)
    p = d.params(w=(3,), b=())

    def linear():
        y = x @ p["w"] + p["b"]
        return {"y": y, "L": ((t - y) ** 2).sum() / 6}

    run("linear regression", d, linear, p, sgd(0.1), frames=3)
    d = Data(2)
    x, t = d.given("x", 6, 3), d.put("t", "given", [0, 1, 1, 0, 1, 0], "mask")
    q = d.params(w=(3,), b=())

    def logistic():
        y = torch.sigmoid(x @ q["w"] + q["b"])
        return {"y": y, "L": F.binary_cross_entropy(y, t, reduction="sum") / 6}

    run("logistic regression", d, logistic, q, sgd(0.5), frames=3)


activations = {
    "step": lambda z: (z >= 0).double(),
    "linear": lambda z: z,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "softplus": F.softplus,
    "softmax": lambda z: F.softmax(z, -1),
}


def single_layers():
    for seed, (name, f) in enumerate(activations.items()):
        d = Data(10 + seed)
        x, t = d.given("x", 3), d.given("t", 4)
        p = d.params(W1=(4, 3), b1=(4,))

        def forward():
            net = p["W1"] @ x + p["b1"]
            y = f(net)
            return {"net1": net, "y": y, "L": ((t - y) ** 2).sum()}

        if name == "step":
            run(f"activation {name}", d, lambda: forward(), frames=1)
        else:
            run(f"activation {name}", d, forward, p, sgd(0.1))


def losses():
    def probabilities(f):
        def forward(p, x, t, loss):
            h1 = torch.tanh(p["W1"] @ x + p["b1"])
            net = p["W2"] @ h1 + p["b2"]
            y = f(net)
            return {"h1": h1, "net2": net, "y": y, "L": loss(net, y, t)}

        return forward

    multi = lambda net, y, t: F.binary_cross_entropy_with_logits(net, t, reduction="sum")
    entropy = lambda net, y, t: F.cross_entropy(net[None], t[None], reduction="sum")
    table = {
        "squared error": ("linear", lambda net, y, t: ((t - y) ** 2).sum()),
        "half squared error": ("sigmoid", lambda net, y, t: half(t, y)),
        "mean squared error": ("linear", lambda net, y, t: F.mse_loss(y, t)),
        "cross-entropy": ("softmax", entropy),
        "fused cross-entropy": ("softmax", entropy),
        "multi-label cross-entropy": ("sigmoid", multi),
        "fused multi-label cross-entropy": ("sigmoid", multi),
    }
    for seed, (name, (f, loss)) in enumerate(table.items()):
        d = Data(30 + seed)
        x = d.given("x", 4)
        if f == "softmax":
            t = d.onehot("t", 1, 3)
        elif "multi" in name:
            t = d.put("t", "given", [1, 0, 1], "mask")
        else:
            t = d.given("t", 3)
        p = d.params(W1=(5, 4), b1=(5,), W2=(3, 5), b2=(3,))
        run(f"loss {name}", d, lambda: probabilities(activations[f])(p, x, t, loss), p, sgd(0.2))
    d = Data(39)
    t = d.onehot("t", 0, 3)
    x = d.put("x", "given", [800.0, -3.0])
    p = {"W1": d.put("W1", "param", [[1, 2], [-1, 0.5], [0.2, 1]]), "b1": d.put("b1", "param", [0.1, 0.2, 0.3])}

    def confident():
        net = p["W1"] @ x + p["b1"]
        return {"net1": net, "y": F.softmax(net, -1), "L": entropy(net, None, t)}

    run("confident logits", d, confident, p, sgd(0.001))


def perceptrons():
    d = Data(50)
    x, t = d.given("x", 3), d.given("t", 2)
    p = d.params(W1=(4, 3), b1=(4,), W2=(3, 4), b2=(3,), W3=(3, 3), b3=(3,), W4=(2, 3), b4=(2,))

    def deep():
        h1 = torch.tanh(p["W1"] @ x + p["b1"])
        h2 = torch.relu(p["W2"] @ h1 + p["b2"])
        h3 = F.softplus(p["W3"] @ h2 + p["b3"])
        net = p["W4"] @ h3 + p["b4"]
        net.retain_grad()
        y = torch.sigmoid(net)
        return {"h1": h1, "h2": h2, "h3": h3, "y": y, "L": half(t, y)}

    run("deep perceptron", d, deep, p, sgd(0.5), frames=3)

    d = Data(51)
    x, t = d.given("x", 5), d.given("t", 1)
    q = d.params(W1=(3, 5), b1=(3,), W2=(1, 3), b2=(1,))

    def ku():
        net1 = q["W1"] @ x + q["b1"]
        h1 = torch.sigmoid(net1)
        y = q["W2"] @ h1 + q["b2"]
        L = half(t, y)
        d1 = -torch.autograd.grad(L, net1, retain_graph=True)[0]
        return {"h1": h1, "y": y, "L": L, "δ1": d1, "δ2": t - y}

    run("KU 5-3-1", d, ku, q, sgd(0.1), frames=3)

    for label, x in (("1, -1", [1.0, -1.0]), ("0, 0", [0.0, 0.0])):
        d = Data(52)
        v = d.put("x", "given", x)
        w = {
            "W1": [[1, -2], [-1, 1]], "b1": [1, 0],
            "W2": [[2, -1], [-2, -1]], "b2": [0, 0],
            "W3": [[3, -1], [-1, 4]], "b3": [-2, 2],
        }
        p = {key: d.put(key, "param", value) for key, value in w.items()}

        def forward():
            h1 = torch.sigmoid(p["W1"] @ v + p["b1"])
            h2 = torch.sigmoid(p["W2"] @ h1 + p["b2"])
            return {"h1": h1, "h2": h2, "y": torch.sigmoid(p["W3"] @ h2 + p["b3"])}

        run(f"L3 forward {label}", d, forward)


def training():
    def net(seed):
        d = Data(seed)
        x, t = d.given("x", 3), d.given("t", 2)
        p = d.params(W1=(4, 3), b1=(4,), W2=(2, 4), b2=(2,))

        def forward():
            y = p["W2"] @ torch.tanh(p["W1"] @ x + p["b1"]) + p["b2"]
            return {"y": y, "L": ((t - y) ** 2).sum()}

        return d, p, forward

    d, p, forward = net(60)
    run("optimizer sgd", d, forward, p, sgd(0.1), frames=4)
    d, p, forward = net(61)
    run("optimizer momentum", d, forward, p, sgd(0.05, momentum=0.8), frames=5)
    d, p, forward = net(62)
    adam = lambda params: torch.optim.Adam(params, lr=0.02, betas=(0.8, 0.95), eps=1e-8)
    run("optimizer adam", d, forward, p, adam, frames=6)
    d, p, forward = net(63)
    l1 = lambda: 0.03 * (p["W1"].abs().sum() + p["W2"].abs().sum())
    run("regularizer l1", d, forward, p, sgd(0.1), frames=3, penalty=l1)
    d, p, forward = net(64)
    l2 = lambda: 0.03 * ((p["W1"] ** 2).sum() + (p["W2"] ** 2).sum())
    run("regularizer l2 with adam", d, forward, p, adam, frames=3, penalty=l2)
    schedules = torch.optim.lr_scheduler
    d, p, forward = net(65)
    run("rate constant", d, forward, p, sgd(0.1), frames=3, rate=lambda o: schedules.ConstantLR(o, 1, 1))
    d, p, forward = net(66)
    run("rate decay", d, forward, p, sgd(0.1), frames=4, rate=lambda o: schedules.ExponentialLR(o, 0.9))
    d, p, forward = net(67)
    run("rate decay every", d, forward, p, sgd(0.1), frames=5, rate=lambda o: schedules.StepLR(o, 2, 0.5))
    d, p, forward = net(68)
    restarts = lambda o: schedules.CosineAnnealingWarmRestarts(o, 3, eta_min=0.01)
    run("rate periodic", d, forward, p, sgd(0.1), frames=7, rate=restarts)


def regularised_layers():
    for mode in (1, 0):
        d = Data(70)
        x, t = d.given("x", 4), d.given("t", 2)
        r = d.put("r2", "given", [0.1, 0.9, 0.35, 0.6, 0.2])
        training = d.put("training", "given", mode, "mask")
        p = d.params(W1=(5, 4), b1=(5,), W3=(2, 5), b3=(2,))

        def forward():
            h1 = torch.tanh(p["W1"] @ x + p["b1"])
            h2 = h1 * (r >= 0.3).double() / 0.7 if training else h1
            y = p["W3"] @ h2 + p["b3"]
            return {"h2": h2, "y": y, "L": ((t - y) ** 2).sum()}

        run(f"dropout, {'training' if mode else 'evaluating'}", d, forward, p, sgd(0.1))
    for mode in (1, 0):
        d = Data(71)
        x, t = d.given("x", 4, 3), d.given("t", 4, 2)
        d.put("training", "given", mode, "mask")
        p = d.params(W1=(3, 3), b1=(3,), γ2=(3,), β2=(3,), W3=(2, 3))
        running = {"mean2": d.draw("mean2", "state", 3), "spread2": d.put("spread2", "state", [0.8, 1.1, 1.4])}

        def forward():
            h1 = x @ p["W1"].T + p["b1"]
            mean, spread = (value.clone() for value in running.values())
            h2 = F.batch_norm(h1, mean, spread, p["γ2"], p["β2"], bool(mode), 0.1, EPS)
            if mode:
                running["mean2"] = mean.clone()
                # PyTorch's running variance divides by n − 1; ours, as the batch's own, by n.
                running["spread2"] = 0.9 * running["spread2"] + 0.1 * h1.detach().var(0, unbiased=False)
            y = torch.tanh(h2) @ p["W3"].T
            L = ((t - y) ** 2).sum() / 4
            return {"h2": h2, "y": y, "L": L, **{f"new {key}": value for key, value in running.items()}}

        run(f"batch normalisation, {'training' if mode else 'evaluating'}", d, forward, p, sgd(0.1))


def images():
    d = Data(80)
    x, t = d.given("x", 2, 6, 5), d.given("t", 2)
    p = d.params(K1=(3, 2, 3, 3), b1=(3,), W2=(2, 3, 3, 3), b2=(2,))

    def strided():
        net = F.conv2d(x[None], p["K1"], p["b1"], stride=2, padding=1)[0]
        h1 = torch.relu(net)
        y = (p["W2"] * h1).sum((1, 2, 3)) + p["b2"]
        return {"net1": net, "h1": h1, "y": y, "L": half(t, y)}

    run("convolution, stride 2, padding 1, channels", d, strided, p, sgd(0.05))

    d = Data(81)
    x, t = d.given("x", 8, 8), d.onehot("t", 2, 3)
    q = d.params(K1=(2, 3, 3), b1=(2,), W3=(3, 2, 3, 3), b3=(3,))

    def lenet():
        h1 = torch.relu(F.conv2d(x[None, None], q["K1"][:, None], q["b1"])[0])
        h2 = F.max_pool2d(h1, 2)
        net = (q["W3"] * h2).sum((1, 2, 3)) + q["b3"]
        return {"h2": h2, "y": F.softmax(net, -1), "L": F.cross_entropy(net[None], t[None])}

    run("convolution and max-pool", d, lenet, q, sgd(0.1))

    d = Data(82)
    x, t = d.given("x", 3, 7, 7), d.given("t", 3, 3, 3)
    r = d.params(K1=(3, 3, 1, 1), b1=(3,))

    def overlapping():
        h1 = torch.tanh(F.conv2d(x[None], r["K1"], r["b1"])[0])
        y = F.avg_pool2d(h1, 3, stride=2)
        return {"y": y, "L": ((t - y) ** 2).sum()}

    run("overlapping average pooling", d, overlapping, r, sgd(0.1))

    edge, blur = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], np.ones((3, 3)) / 9
    for name, kernel in (("edge detection", edge), ("box blur", blur)):
        d = Data(83)
        x = d.given("x", 5, 6)
        k = d.put("K1", "param", kernel)
        run(f"TZ {name}", d, lambda: {"y": F.conv2d(x[None, None], k[None, None])[0, 0]})
    for name, pool in (("max", F.max_pool2d), ("average", F.avg_pool2d)):
        d = Data(84)
        x = d.put("x", "given", [[2, 2, 7, 3], [9, 4, 6, 1], [8, 5, 2, 4], [3, 1, 2, 6]])
        run(f"TZ {name} pooling", d, lambda: {"y": pool(x[None], 2)[0]})

    d = Data(85)
    x, t = d.given("x", 4), d.given("t", 4)
    s = d.params(V1=(4, 4), a1=(4,), W1=(4, 4), b1=(4,))

    def residual():
        r1 = torch.tanh(s["V1"] @ x + s["a1"])
        y = torch.tanh(x + s["W1"] @ r1 + s["b1"])
        return {"y": y, "L": ((t - y) ** 2).sum()}

    run("residual block", d, residual, s, sgd(0.1))

    d = Data(86)
    x, t = d.given("x", 2, 4, 4), d.given("t", 2)
    u = d.params(V1=(2, 2, 3, 3), a1=(2,), W1=(2, 2, 3, 3), b1=(2,), W2=(2, 2, 4, 4), b2=(2,))

    def residual_image():
        r1 = torch.relu(F.conv2d(x[None], u["V1"], u["a1"], padding=1))
        h1 = torch.relu(x[None] + F.conv2d(r1, u["W1"], u["b1"], padding=1))[0]
        y = (u["W2"] * h1).sum((1, 2, 3)) + u["b2"]
        return {"h1": h1, "y": y, "L": ((t - y) ** 2).sum()}

    run("residual block on images", d, residual_image, u, sgd(0.01))


def sequences():
    d = Data(90)
    x, t = d.given("x", 5, 2), d.given("t", 1)
    p = d.params(W1=(3, 2), U1=(3, 3), b1=(3,), W3=(1, 3), b3=(1,))

    def recurrent():
        h, all_h = torch.zeros(3), []
        for step in x:
            h = torch.tanh(p["W1"] @ step + p["U1"] @ h + p["b1"])
            all_h.append(h)
        y = p["W3"] @ h + p["b3"]
        return {"h1": torch.stack(all_h), "y": y, "L": ((t - y) ** 2).sum()}

    run("recurrent net, loss on the last output", d, recurrent, p, sgd(0.1))

    d = Data(91)
    x, t = d.given("x", 4, 2), d.given("t", 2)
    gates = "fiog"
    q = {}
    for g in gates:
        q |= d.params(**{f"W{g}1": (3, 2), f"U{g}1": (3, 3), f"b{g}1": (3,)})
    q |= d.params(W3=(2, 3), b3=(2,))

    def lstm():
        # PyTorch's own cell, its gates in the order i, f, g, o.
        order = "ifgo"
        cell = [torch.cat([q[f"{kind}{g}1"] for g in order]) for kind in "WUb"]
        h, c = torch.zeros(1, 3), torch.zeros(1, 3)
        for step in x:
            h, c = torch.ops.aten.lstm_cell(step[None], [h, c], cell[0], cell[1], cell[2], torch.zeros(12))
        y = q["W3"] @ h[0] + q["b3"]
        return {"y": y, "L": half(t, y)}

    run("LSTM", d, lstm, q, sgd(0.1))

    d = Data(92)
    words = d.put("x", "given", [2, 5, 1, 2], "index")
    t = d.onehot("t", 4, 5)
    e = d.params(E1=(5, 3), W2=(3, 3), U2=(3, 3), b2=(3,), W4=(5, 3), b4=(5,))

    def embedding():
        h = torch.zeros(3)
        for word in words.long():
            h = torch.tanh(e["W2"] @ F.embedding(word - 1, e["E1"]) + e["U2"] @ h + e["b2"])
        net = e["W4"] @ h + e["b4"]
        return {"y": F.softmax(net, -1), "L": F.cross_entropy(net[None], t[None])}

    run("word embedding", d, embedding, e, sgd(0.2))

    for causal in (False, True):
        d = Data(93)
        x, t = d.given("x", 4, 3), d.given("t", 4, 2)
        a = d.params(γ1=(3,), β1=(3,), WQ2=(2, 3), WK2=(2, 3), WV2=(2, 3), W3=(2, 2), b3=(2,))

        def attention():
            h1 = F.layer_norm(x, (3,), a["γ1"], a["β1"], EPS)
            Q, K, V = (h1 @ a[f"W{part}2"].T for part in "QKV")
            scores = Q @ K.T / 2**0.5
            later = torch.ones(4, 4).triu(1).bool()
            h2 = F.softmax(scores.masked_fill(later, -torch.inf) if causal else scores, -1) @ V
            y = h2 @ a["W3"].T + a["b3"]
            return {"h1": h1, "h2": h2, "y": y, "L": half(t, y)}

        run(f"{'causal ' if causal else ''}self-attention with layer norm", d, attention, a, sgd(0.1))
    d = Data(94)
    x, t = d.given("x", 4), d.given("t", 4)
    n = d.params(γ1=(4,), β1=(4,))

    def layer_norm():
        y = torch.tanh(F.layer_norm(x, (4,), n["γ1"], n["β1"], EPS))
        return {"y": y, "L": ((t - y) ** 2).sum()}

    run("layer norm of a vector", d, layer_norm, n, sgd(0.1))


def gan():
    """One number at a time: both nets take a step from the same forward pass."""
    d = Data(100)
    x, z = d.put("x", "given", [1.3]), d.put("z", "given", [0.4])
    judge = d.params(W1=(3, 1), b1=(3,), Wr=(1, 3), br=(1,))
    maker = d.params(Wa=(3, 1), ba=(3,), Wg=(1, 3), bg=(1,))
    steps = torch.optim.Adam(judge.values(), lr=0.01), torch.optim.SGD(maker.values(), lr=0.1)
    frames = []
    for _ in range(3):
        g = maker["Wg"] @ torch.tanh(maker["Wa"] @ z + maker["ba"]) + maker["bg"]
        score = lambda v: torch.sigmoid(judge["Wr"] @ torch.tanh(judge["W1"] @ v + judge["b1"]) + judge["br"])
        r, f = score(x), score(g)
        losses = {"LD": (-torch.log(r) - torch.log(1 - f)).sum(), "LG": -torch.log(f).sum()}
        row = {"g": plain(g), "r": plain(r), "f": plain(f), **{key: plain(v) for key, v in losses.items()}}
        for step, params, (name, loss) in zip(steps, (judge, maker), losses.items()):
            for (key, p), gradient in zip(params.items(), torch.autograd.grad(loss, params.values(), retain_graph=True)):
                p.grad = gradient
                row[f"d{name}/d{key}"] = plain(gradient)
        for step, params in zip(steps, (judge, maker)):
            step.step()
            row |= {f"new {key}": plain(p) for key, p in params.items()}
        frames.append(row)
    cases["GAN, both at once"] = {"data": d.entries, "frames": frames}


def batches():
    """Models written for one sample, taken in batches."""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    t = np.array([0, 0, 0, 1], dtype=float)
    w, b, eta = np.array([0.3, -0.2]), 0.1, 0.25
    d = Data(120)
    d.put("x", "sample", x), d.put("t", "sample", t), d.put("w", "param", w), d.put("b", "param", b)
    frames = []
    for frame in range(24):
        row = frame % 4
        y = float(x[row] @ w + b >= 0)
        w, b = w + eta * (t[row] - y) * x[row], b + eta * (t[row] - y)
        frames.append({"y": y, "new w": w.tolist(), "new b": b})
    cases["perceptron, sample by sample"] = {"data": d.entries, "frames": frames}

    def net(seed):
        d = Data(seed)
        d.draw("x", "sample", 6, 2, scale=1), d.draw("t", "sample", 6, 1, scale=1)
        p = d.params(W1=(3, 2), b1=(3,), W2=(1, 3), b2=(1,))

        def forward(x, t):
            h1 = torch.tanh(x @ p["W1"].T + p["b1"])
            y = h1 @ p["W2"].T + p["b2"]
            return {"h1": h1, "y": y, "L": ((t - y) ** 2).sum(1)}

        return d, forward, p

    d, forward, p = net(121)
    run_batches("mini-batches, mean", d, forward, p, sgd(0.1), 2, 7)
    d, forward, p = net(122)
    run_batches("mini-batches that do not divide the samples, sum", d, forward, p, sgd(0.02), 4, 5, torch.sum)
    d, forward, p = net(123)
    run_batches("one batch of all", d, forward, p, sgd(0.1, momentum=0.9), 6, 4)

    d = Data(124)
    d.draw("x", "sample", 4, 3, scale=1), d.put("t", "sample", np.eye(2)[[0, 1, 1, 0]], "onehot")
    q = d.params(W1=(3, 3), b1=(3,), γ2=(3,), β2=(3,), W4=(2, 3), b4=(2,))

    def normalised(x, t):
        h1 = x @ q["W1"].T + q["b1"]
        h2 = F.batch_norm(h1, None, None, q["γ2"], q["β2"], True, 0.1, EPS)
        net = torch.relu(h2) @ q["W4"].T + q["b4"]
        return {"h2": h2, "y": F.softmax(net, -1), "L": F.cross_entropy(net, t, reduction="none")}

    run_batches("batch normalisation of a batch", d, normalised, q, sgd(0.2), 4, 3)

    d = Data(125)
    d.draw("x", "sample", 3, 6, 6, scale=1), d.put("t", "sample", np.eye(2)[[0, 1, 1]], "onehot")
    c = d.params(K1=(2, 3, 3), b1=(2,), γ2=(2,), β2=(2,), W4=(2, 2, 2, 2), b4=(2,))

    def images(x, t):
        h1 = F.conv2d(x[:, None], c["K1"][:, None], c["b1"])
        h2 = F.batch_norm(h1, None, None, c["γ2"], c["β2"], True, 0.1, EPS)
        h3 = F.max_pool2d(h2, 2)
        net = torch.einsum("ncpq,kcpq->nk", h3, c["W4"]) + c["b4"]
        return {"h2": h2, "y": F.softmax(net, -1), "L": F.cross_entropy(net, t, reduction="none")}

    run_batches("batch normalisation of images", d, images, c, sgd(0.1), 3, 2)

    d = Data(126)
    x, z = d.put("x", "given", [1.3]), d.put("z", "given", [0.4])
    judge = d.params(W1=(3, 1), b1=(3,), Wr=(1, 3), br=(1,))
    maker = d.params(Wa=(3, 1), ba=(3,), Wg=(1, 3), bg=(1,))
    steps = torch.optim.Adam(judge.values(), lr=0.05), torch.optim.Adam(maker.values(), lr=0.02)
    score = lambda v: torch.sigmoid(judge["Wr"] @ torch.tanh(judge["W1"] @ v + judge["b1"]) + judge["br"])
    frames = []
    for _ in range(3):
        g = maker["Wg"] @ torch.tanh(maker["Wa"] @ z + maker["ba"]) + maker["bg"]
        r, f = score(x), score(g)
        LD = (-torch.log(r) - torch.log(1 - f)).sum()
        row = {"g": plain(g), "r": plain(r), "f": plain(f), "LD": plain(LD)}
        for (key, p), gradient in zip(judge.items(), torch.autograd.grad(LD, judge.values(), retain_graph=True)):
            p.grad = gradient
            row[f"dLD/d{key}"] = plain(gradient)
        steps[0].step()
        # The generator is judged by the discriminator that has just learnt.
        g = maker["Wg"] @ torch.tanh(maker["Wa"] @ z + maker["ba"]) + maker["bg"]
        fooled = score(g)
        LG = -torch.log(fooled).sum()
        row |= {"fooled": plain(fooled), "LG": plain(LG)}
        for (key, p), gradient in zip(maker.items(), torch.autograd.grad(LG, maker.values())):
            p.grad = gradient
            row[f"dLG/d{key}"] = plain(gradient)
        steps[1].step()
        frames.append(row | {f"new {key}": plain(p) for key, p in (judge | maker).items()})
    cases["GAN, in turns"] = {"data": d.entries, "frames": frames}


def chains():
    d = Data(110)
    x = d.put("x", "param", 0.3)

    def ku():
        y = x + 2
        z = torch.exp(y)
        return {"y": y, "z": z, "s": z**2 - z}

    run("KU chain rule", d, ku, {"x": x}, frames=1, loss="s")
    d = Data(111)
    v = d.put("x", "param", 0.7)

    def first():
        y = torch.sin(v)
        return {"y": y, "z": torch.exp(y)}

    run("L3 chain rule, case 1", d, first, {"x": v}, frames=1, loss="z")
    d = Data(112)
    s = d.put("s", "param", 0.8)

    def second():
        x, y = s**2, torch.cos(s)
        return {"x": x, "y": y, "z": x * y + x}

    run("L3 chain rule, case 2", d, second, {"s": s}, frames=1, loss="z")


for make in (perceptron, regressions, single_layers, losses, perceptrons, training, regularised_layers, images, sequences, gan, batches, chains):
    make()
lines = [json.dumps({"name": name, **case}, ensure_ascii=False) + "\n" for name, case in cases.items()]
Path(__file__).with_name("numbers.jsonl").write_text("".join(lines))
print(f"{len(cases)} models, written with torch {torch.__version__} and numpy {np.__version__}")
