"""Writes connections.json: what the package's connections give, and their gradients, in float64 by PyTorch.

    python3 tests/reference/connections.py

The cases are those of layers.py, of which this takes the layers inside, the numbers and the loss.
"""

import json
import pathlib

import torch

from layers import IMAGE, LAYERS, ROWS, SERIES, case


def inner(described, x, weights):
    """What a layer inside gives, and the weights that it leaves."""
    layer, _ = LAYERS[described["layer"]]
    count = len(inner_shapes(described, list(x.shape)))
    return layer(x, weights[:count], described["config"]), weights[count:]


def inner_shapes(described, shape):
    _, shapes = LAYERS[described["layer"]]
    return shapes(shape, described["config"])


def branches(x, weights, config):
    """block(x), shortcut(x), and the weights that they leave."""
    block, weights = inner(config["block"], x, weights)
    if "shortcut" not in config:
        return block, x, weights
    shortcut, weights = inner(config["shortcut"], x, weights)
    return block, shortcut, weights


def branch_shapes(shape, config):
    return [
        each
        for name in ("block", "shortcut")
        if name in config
        for each in inner_shapes(config[name], shape)
    ]


def residual(x, weights, config):
    block, shortcut, _ = branches(x, weights, config)
    return block + shortcut


def residual_a(x, weights, config):
    block, shortcut, _ = branches(x, weights[1:], config)
    return weights[0] * block + shortcut


def a_shapes(shape, config):
    if config.get("a") != "channel":
        return [[], *branch_shapes(shape, config)]
    block = config["block"]["config"]
    return [[block.get("units") or block["filters"]], *branch_shapes(shape, config)]


def skip(x, weights, config):
    block, shortcut, left = branches(x, weights, config)
    merge = config["merge"]
    if merge == "add":
        return shortcut + block
    if merge == "concat":
        return torch.cat([shortcut, block], -1)
    if merge == "multiply":
        return shortcut * block
    layer, _ = LAYERS[merge["layer"]]
    return layer([shortcut, block], left, merge["config"])


def highway(x, weights, config):
    block, shortcut, left = branches(x, weights, config)
    if "gate" in config:
        t, _ = inner(config["gate"], x, left)
    else:
        t = torch.sigmoid(x @ left[0] + left[1])
    return t * block + (1 - t) * shortcut


def highway_shapes(shape, config):
    shapes = branch_shapes(shape, config)
    if "gate" in config:
        return shapes + inner_shapes(config["gate"], shape)
    return [*shapes, [shape[-1], shape[-1]], [shape[-1]]]


def dropped(x, config):
    """x of the instances that are kept, scaled, in training."""
    if not config.get("training"):
        return x
    kept = torch.tensor(config["kept"]).reshape(-1, *[1] * (x.dim() - 1))
    return x * kept / (1 - config["rate"])


def stochastic_depth(x, weights, config):
    block, shortcut, _ = branches(x, weights, config)
    return dropped(block, config) + shortcut


LAYERS.update(
    {
        "dropPath": (lambda x, _weights, config: dropped(x, config), lambda _shape, _config: []),
        "highway": (highway, highway_shapes),
        "residual": (residual, branch_shapes),
        "residualA": (residual_a, a_shapes),
        "skip": (skip, branch_shapes),
        "stochasticDepth": (stochastic_depth, branch_shapes),
    }
)


def dense(units, activation="tanh"):
    return {"layer": "dense", "config": {"units": units, "activation": activation}}


def convolution(filters, size, **config):
    config = {"filters": filters, "kernelSize": size, "padding": "same", **config}
    return {"layer": "conv2d", "config": config}


def merging(name, **config):
    return {"layer": name, "config": config}


HALVED = {
    "block": convolution(4, 3, strides=2, activation="tanh"),
    "shortcut": convolution(4, 1, strides=2),
}

# The instances of three that a seed of TensorFlow.js keeps at a rate of one half, by the seed.
KEPT = {
    0: [1, 1, 0],
    1: [1, 0, 0],
    2: [0, 1, 1],
    3: [0, 0, 0],
    5: [0, 0, 1],
    11: [1, 0, 1],
    12: [1, 1, 1],
    17: [0, 1, 0],
}

CASES = [
    ("dropPath", {"rate": 0.25, "seed": 6}, [IMAGE]),
    ("dropPath", {"rate": 0.25, "seed": 6, "kept": [0, 1], "training": True}, [IMAGE]),
    *[
        (
            "stochasticDepth",
            {
                "block": {"layer": "dense", "config": {"units": 4, "activation": "tanh", "inputShape": [4]}},
                "rate": 0.5,
                "seed": seed,
                "kept": kept,
                "training": True,
            },
            [ROWS],
        )
        for seed, kept in KEPT.items()
    ],
    ("highway", {"block": dense(4)}, [ROWS]),
    ("highway", {"block": convolution(3, 3, activation="tanh")}, [IMAGE]),
    ("highway", {"block": dense(4), "gate": dense(4, "sigmoid")}, [ROWS]),
    ("highway", {**HALVED, "gate": convolution(4, 3, strides=2, activation="sigmoid")}, [IMAGE]),
    ("residual", {"block": dense(4)}, [ROWS]),
    ("residual", {"block": convolution(3, 3, activation="tanh")}, [IMAGE]),
    ("residual", HALVED, [IMAGE]),
    ("residualA", {"block": dense(4)}, [ROWS]),
    ("residualA", HALVED, [IMAGE]),
    ("residualA", {"block": dense(4), "a": "channel"}, [ROWS]),
    ("residualA", {"block": dense(3), "a": "channel"}, [SERIES]),
    ("residualA", {**HALVED, "a": "channel"}, [IMAGE]),
    ("skip", {"block": dense(4), "merge": "add"}, [ROWS]),
    ("skip", {"block": dense(4), "merge": "multiply"}, [ROWS]),
    ("skip", {"block": dense(3), "merge": "concat"}, [ROWS]),
    ("skip", {"block": dense(2), "shortcut": dense(3), "merge": "concat"}, [SERIES]),
    ("skip", {"block": convolution(2, 3, activation="tanh"), "merge": "concat"}, [IMAGE]),
    ("skip", {"block": dense(3), "merge": merging("concatenate", axis=1)}, [SERIES]),
    ("skip", {"block": dense(4), "merge": merging("maximum")}, [ROWS]),
    ("skip", {**HALVED, "merge": merging("average")}, [IMAGE]),
    ("skip", {"block": dense(3), "merge": merging("dot", axes=[2, 2])}, [SERIES]),
]

if __name__ == "__main__":
    about = "What the connections give and their gradients, by PyTorch in float64: connections.py"
    cases = [case(*each) for each in CASES]
    lines = ",\n".join(json.dumps(each) for each in cases)
    path = pathlib.Path(__file__).with_name("connections.json")
    path.write_text(f'{{"about": {json.dumps(about)}, "cases": [\n{lines}\n]}}\n')
    print(f"{len(cases)} cases")
