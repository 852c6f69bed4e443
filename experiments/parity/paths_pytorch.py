"""Three of the claims' measures in PyTorch: paths held back, signal to noise by path, use before strength.

Trains the article's network (article_pytorch.py) for 600 steps with both gradients, and with that at x_in
or at x_res held back from the layers below (`detach()`), and prints the records of these runs as JSON,
one in a line, in the form that the claims are decided from.

Needs PyTorch, NumPy and Pillow (Debian: python3-torch python3-numpy python3-pil).

    /usr/bin/python3 paths_pytorch.py --data DIR_WITH_THE_IDX_FILES --seeds 0 1 2 3 4
"""
import argparse
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "benchmarks"))

from article_pytorch import BATCH, Net, batches
import torch
import torch.nn.functional as F

STEPS = 600
EPOCH = 1875
BELOW = ("b1c1", "b1c2", "b1c3")


class SplitNet(Net):
    """The network with the gradient at x_in or at x_res held back, or without the block's output."""

    def __init__(self):
        super().__init__("residual")
        self.detached = None

    def x(self, images):
        hidden = F.relu(self.b1c2(F.relu(self.b1c1(images))))
        return F.max_pool2d(self.b1c3(hidden), 4)

    def block(self, x):
        return F.relu(self.b2c2(F.relu(self.b2c1(x))))

    def above(self, y):
        return self.cls(F.max_pool2d(y, 4).flatten(1))

    def forward(self, images):
        x = self.x(images)
        self.x_in = x.detach() if self.detached == "x_in" else x.clone()
        self.x_res = x.detach() if self.detached == "x_res" else x.clone()
        for copy in (self.x_in, self.x_res):
            if copy.requires_grad:
                copy.retain_grad()
        return self.above(self.block(self.x_in) + self.x_res)

    def loss_without_block(self, images, labels):
        with torch.no_grad():
            return F.cross_entropy(self.above(self.x(images)), labels).item()

    def weights_below(self):
        return [weight for name, weight in self.named_parameters() if name.split(".")[0] in BELOW]


def signal_to_noise(net, measured, detached):
    """‖E g‖² / tr Cov g of the gradient of the weights below the block, both estimated without bias."""
    net.detached = detached
    gradients = []
    for images, labels in measured:
        loss = F.cross_entropy(net(images), labels)
        parts = torch.autograd.grad(loss, net.weights_below())
        gradients.append(torch.cat([part.flatten() for part in parts]).double())
    net.detached = None
    g = torch.stack(gradients)
    k = len(g)
    squares, of_sum = (g ** 2).sum(), (g.sum(0) ** 2).sum()
    signal = (of_sum - squares) / (k * (k - 1))
    noise = (squares - of_sum / k) / (k - 1)
    return (signal / noise).item()


def often_at_first(step):
    return step % (5 if step < 200 else 25) == 0


def record(case, seed, columns, steps=STEPS, diagnostics=False):
    experiment, each = case.split("/")
    configuration = {"experiment": experiment, "case": each, "seed": seed, "steps": steps, "data": "MNIST"}
    if diagnostics:
        configuration["measures"] = "diagnostics"
    rounded = {name: [float(f"{value:.5g}") for value in column] for name, column in columns.items()}
    print(json.dumps({"configuration": configuration,
                      "environment": {"backend": f"PyTorch {torch.__version__}"},
                      "results": {}, "columns": rounded}), flush=True)


def train(case, seed, detached, data, measured):
    torch.manual_seed(seed)
    net = SplitNet()
    if case == "both":
        snr = {"step": [0], "x_in_snr": [signal_to_noise(net, measured, "x_res")],
               "x_res_snr": [signal_to_noise(net, measured, "x_in")]}
        record("noise/relu", seed, {"step": [0], "loss": [0]}, steps=1)
        record("noise/relu", seed, snr, steps=1, diagnostics=True)
    net.detached = detached
    optimizer = torch.optim.Adam(net.parameters(), lr=3e-4)
    every = {"step": [], "loss": []}
    some = {"step": [], "loss": [], "loss_zeroed": []}
    if detached is None:
        every |= {"x_in": [], "x_res": []}
    for step, (images, labels) in enumerate(data):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        every["step"].append(step)
        every["loss"].append(loss.item())
        if detached is None:
            every["x_in"].append(net.x_in.grad.norm().item())
            every["x_res"].append(net.x_res.grad.norm().item())
            if often_at_first(step):
                some["step"].append(step)
                some["loss"].append(loss.item())
                some["loss_zeroed"].append(net.loss_without_block(images, labels))
        optimizer.step()
    record(f"paths/{case}", seed, every)
    if detached is None:
        record(f"paths/{case}", seed, some, diagnostics=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    all_batches = list(batches(given.data, EPOCH))
    data, measured = all_batches[:STEPS], all_batches[-32:]
    for seed in given.seeds:
        for case, detached in (("both", None), ("x_in-detached", "x_in"), ("x_res-detached", "x_res")):
            train(case, seed, detached, data, measured)


if __name__ == "__main__":
    main()
