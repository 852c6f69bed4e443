"""A training step of the article's network in PyTorch on a GPU: eager, and as a CUDA graph.

Needs PyTorch with CUDA, NumPy and Pillow. Prints one JSON object: PyTorch's version, the GPU's name and,
for each batch and depth, milliseconds a step, with float32 products and the gradient norms at x_in and
x_res. Without a GPU it prints {"absent": why}.

    python3 article_cuda.py --batches 32 128 512 --depths 1 8 --steps 200
"""
import argparse
import json
import time

import torch
import torch.nn.functional as F
from torch import nn

from article_pytorch import Net

WARM_UP = 10


class Deep(Net):
    def __init__(self, depth):
        super().__init__("residual")
        self.more = nn.ModuleList(
            nn.Sequential(nn.Conv2d(64, 64, 3, padding="same"), nn.ReLU(),
                          nn.Conv2d(64, 64, 3, padding="same"), nn.ReLU())
            for _ in range(depth - 1))

    def forward(self, x):
        x = F.relu(self.b1c2(F.relu(self.b1c1(x))))
        x = F.max_pool2d(self.b1c3(x), 4)
        self.x_in, self.x_res = x.clone(), x.clone()
        self.x_in.retain_grad()
        self.x_res.retain_grad()
        y = F.relu(self.b2c2(F.relu(self.b2c1(self.x_in)))) + self.x_res
        for block in self.more:
            y = block(y) + y
        return self.cls(F.max_pool2d(y, 4).flatten(1))


def step_of(batch, depth):
    net = Deep(depth).cuda()
    optimizer = torch.optim.Adam(net.parameters(), lr=3e-4, capturable=True)
    x = torch.rand(batch, 3, 32, 32, device="cuda")
    t = torch.randint(0, 10, (batch,), device="cuda")

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(x), t)
        loss.backward()
        norms = net.x_in.grad.norm(), net.x_res.grad.norm()
        optimizer.step()
        return loss, norms
    return step


def graph_of(step):
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            step()
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=stream):
            kept = step()
    graph.kept = step, kept  # their memory is what the graph works on
    return graph.replay


def milliseconds(step, steps):
    for _ in range(WARM_UP):
        step()
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    torch.cuda.synchronize()
    return 1e3 * (time.perf_counter() - start) / steps


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--batches", type=int, nargs="+", default=[32])
    p.add_argument("--depths", type=int, nargs="+", default=[1])
    p.add_argument("--steps", type=int, default=200)
    a = p.parse_args()
    if not torch.cuda.is_available():
        print(json.dumps({"absent": f"PyTorch {torch.__version__} finds no GPU"}))
        return
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    rows = []
    for depth in a.depths:
        for batch in a.batches:
            graph = graph_of(step_of(batch, depth))
            for way, step in [("CUDA graph", graph), ("eager", step_of(batch, depth))]:
                rows.append({"way": way, "batch": batch, "depth": depth,
                             "milliseconds": milliseconds(step, a.steps)})
    print(json.dumps({"note": f"PyTorch {torch.__version__} on {torch.cuda.get_device_name()}",
                      "steps": rows}))


if __name__ == "__main__":
    main()
