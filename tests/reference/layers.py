"""Writes layers.json: what layers of Keras give, and their gradients, computed by PyTorch in float64.

    python3 tests/reference/layers.py

Each case is a layer of TensorFlow.js, its options and the shapes of its inputs. Inputs and weights are
sines of their places, rounded to float32; the loss is the sum of sin(1 + i) times the i-th number of the
result. None of it comes from TensorFlow.js.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def numbers(shape, kind, which):
    """The numbers of an input or a weight: the same as layer_cases.ts makes."""
    i = np.arange(math.prod(shape), dtype=np.float64)
    values = {
        "input": lambda: 0.8 * np.sin(2.3 * i + 0.4 + which),
        "weight": lambda: 0.5 * np.sin(1.7 * i + 0.9 * which + 0.3),
        "variance": lambda: 1 + 0.3 * np.sin(i),
        "index": lambda: np.floor(i * 1.7 + which) % 5,
    }[kind]()
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(shape))


# Shapes ---------------------------------------------------------------------------------------------


def pair(value, count=2):
    return list(value) if isinstance(value, (list, tuple)) else [value] * count


def channels_first(x):
    return x.movedim(-1, 1)


def channels_last(x):
    return x.movedim(1, -1)


def pads(size, window, stride, dilation, padding):
    """How much padding there is before and after an axis, as TensorFlow has it."""
    if padding == "valid":
        return 0, 0
    if padding == "causal":
        return dilation * (window - 1), 0
    out = math.ceil(size / stride)
    total = max((out - 1) * stride + (window - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def padded(x, windows, strides, dilations, padding, value=0.0):
    """x, [batch, channels, ...], with the padding of each axis."""
    both = [
        pads(size, window, stride, dilation, padding)
        for size, window, stride, dilation in zip(x.shape[2:], windows, strides, dilations)
    ]
    return F.pad(x, [side for before_after in reversed(both) for side in before_after], value=value)


# Functions ------------------------------------------------------------------------------------------


def hard_sigmoid(x):
    return torch.clamp(0.2 * x + 0.5, 0, 1)


ACTIVATIONS = {
    "linear": lambda x: x,
    "elu": F.elu,
    "gelu": lambda x: 0.5 * x * (1 + torch.erf(x / math.sqrt(2))),
    "gelu_new": lambda x: 0.5 * x
    * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "hardSigmoid": hard_sigmoid,
    "logSoftmax": lambda x: F.log_softmax(x, -1),
    "mish": lambda x: x * torch.tanh(F.softplus(x)),
    "relu": F.relu,
    "relu6": lambda x: torch.clamp(x, 0, 6),
    "selu": F.selu,
    "sigmoid": torch.sigmoid,
    "softmax": lambda x: F.softmax(x, -1),
    "softplus": F.softplus,
    "softsign": lambda x: x / (1 + x.abs()),
    "swish": lambda x: x * torch.sigmoid(x),
    "tanh": torch.tanh,
}


def activated(x, config):
    return ACTIVATIONS[config.get("activation", "linear")](x)


def convolved(x, w, config, count):
    """A convolution of x, [batch, ..., channels], by w, [..., in, out]."""
    strides = pair(config.get("strides", 1), count)
    dilations = pair(config.get("dilationRate", 1), count)
    first = channels_first(x)
    first = padded(first, w.shape[:count], strides, dilations, config.get("padding", "valid"))
    kernel = w.permute(count + 1, count, *range(count))
    convolution = [F.conv1d, F.conv2d, F.conv3d][count - 1]
    return channels_last(convolution(first, kernel, stride=strides, dilation=dilations))


def convolution(count):
    def layer(x, weights, config):
        first = config.get("dataFormat") == "channelsFirst"
        y = convolved(channels_last(x) if first else x, weights[0], config, count)
        if config.get("useBias", True):
            y = y + weights[1]
        y = activated(y, config)
        return channels_first(y) if first else y

    def shapes(shape, config):
        channels = shape[1] if config.get("dataFormat") == "channelsFirst" else shape[-1]
        kernel = [*pair(config["kernelSize"], count), channels, config["filters"]]
        return [kernel, [config["filters"]]] if config.get("useBias", True) else [kernel]

    return layer, shapes


def transposed(count):
    def layer(x, weights, config):
        strides = pair(config.get("strides", 1), count)
        kernel = weights[0].permute(count + 1, count, *range(count))
        convolve = [None, F.conv_transpose2d, F.conv_transpose3d][count - 1]
        full = convolve(channels_first(x), kernel, stride=strides)
        for axis, stride in enumerate(strides):
            size, window = x.shape[1 + axis], kernel.shape[2 + axis]
            same = config.get("padding", "valid") == "same"
            out = size * stride if same else size * stride + max(window - stride, 0)
            before = max((size - 1) * stride + window - out, 0) // 2 if same else 0
            full = F.pad(full.movedim(2 + axis, -1), [0, max(0, before + out - full.shape[2 + axis])])
            full = full[..., before : before + out].movedim(-1, 2 + axis)
        return activated(channels_last(full) + weights[1], config)

    def shapes(shape, config):
        kernel = [*pair(config["kernelSize"], count), config["filters"], shape[-1]]
        return [kernel, [config["filters"]]]

    return layer, shapes


def depthwise(x, w, config):
    """A depthwise convolution of x, [batch, height, width, in], by w, [height, width, in, multiplier]."""
    strides, dilations = pair(config.get("strides", 1)), pair(config.get("dilationRate", 1))
    first = padded(channels_first(x), w.shape[:2], strides, dilations, config.get("padding", "valid"))
    kernel = w.permute(2, 3, 0, 1).reshape(-1, 1, *w.shape[:2])
    y = F.conv2d(first, kernel, stride=strides, dilation=dilations, groups=x.shape[-1])
    return channels_last(y)


def depthwise_layer(x, weights, config):
    first = config.get("dataFormat") == "channelsFirst"
    y = depthwise(channels_last(x) if first else x, weights[0], config) + weights[1]
    y = activated(y, config)
    return channels_first(y) if first else y


def depthwise_shapes(shape, config):
    channels = shape[1] if config.get("dataFormat") == "channelsFirst" else shape[-1]
    multiplier = config.get("depthMultiplier", 1)
    return [[*pair(config["kernelSize"]), channels, multiplier], [channels * multiplier]]


def pooled(x, config, count, mode):
    windows = pair(config.get("poolSize", 2), count)
    strides = pair(config.get("strides", config.get("poolSize", 2)), count)
    ones = [1] * count
    padding = config.get("padding", "valid")
    first = config.get("dataFormat") == "channelsFirst"
    x = x if first else channels_first(x)
    if mode == "max":
        pool = [F.max_pool1d, F.max_pool2d, F.max_pool3d][count - 1]
        y = pool(padded(x, windows, strides, ones, padding, -math.inf), windows, strides)
    else:
        pool = [F.avg_pool1d, F.avg_pool2d, F.avg_pool3d][count - 1]
        y = pool(padded(x, windows, strides, ones, padding), windows, strides)
        y = y / pool(padded(torch.ones_like(x), windows, strides, ones, padding), windows, strides)
    return y if first else channels_last(y)


def resized(x, size, place):
    """x, [batch, height, width, channels], interpolated at place(i, from, to) of each axis."""
    for axis, to in enumerate(size):
        length = x.shape[1 + axis]
        weights = torch.zeros(to, length)
        for i in range(to):
            at = min(max(place(i, length, to), 0), length - 1)
            low, share = math.floor(at), at - math.floor(at)
            weights[i, low] += 1 - share
            weights[i, min(low + 1, length - 1)] += share
        x = torch.tensordot(x, weights, ([1 + axis], [1])).movedim(-1, 1 + axis)
    return x


def aligned(i, length, to):
    return i * (length - 1) / (to - 1) if to > 1 else 0


# Recurrent layers: a step gives the output and the next state ----------------------------------------


def simple_rnn_step(x, state, weights, config):
    kernel, recurrent, bias = weights
    act = ACTIVATIONS[config.get("activation", "tanh")]
    h = act(x @ kernel + bias + state[0] @ recurrent)
    return h, [h]


def lstm_step(x, state, weights, config):
    kernel, recurrent, bias = weights
    act = ACTIVATIONS[config.get("activation", "tanh")]
    gate = ACTIVATIONS[config.get("recurrentActivation", "hardSigmoid")]
    h, c = state
    i, f, g, o = torch.chunk(x @ kernel + h @ recurrent + bias, 4, -1)
    c = gate(f) * c + gate(i) * act(g)
    h = gate(o) * act(c)
    return h, [h, c]


def gru_step(x, state, weights, config):
    kernel, recurrent, bias = weights
    units = config["units"]
    act = ACTIVATIONS[config.get("activation", "tanh")]
    gate = ACTIVATIONS[config.get("recurrentActivation", "hardSigmoid")]
    h = state[0]
    xz, xr, xh = torch.chunk(x @ kernel + bias, 3, -1)
    z = gate(xz + h @ recurrent[:, :units])
    r = gate(xr + h @ recurrent[:, units : 2 * units])
    candidate = act(xh + (r * h) @ recurrent[:, 2 * units :])
    h = z * h + (1 - z) * candidate
    return h, [h]


def conv_lstm_step(x, state, weights, config):
    kernel, recurrent, bias = weights
    act = ACTIVATIONS[config.get("activation", "tanh")]
    gate = ACTIVATIONS[config.get("recurrentActivation", "hardSigmoid")]
    h, c = state
    both = convolved(x, kernel, config, 2) + convolved(h, recurrent, {"padding": "same"}, 2) + bias
    i, f, g, o = torch.chunk(both, 4, -1)
    c = gate(f) * c + gate(i) * act(g)
    h = gate(o) * act(c)
    return h, [h, c]


STEPS = {"simpleRNN": (simple_rnn_step, 1), "lstm": (lstm_step, 4), "gru": (gru_step, 3)}


def unrolled(x, state, step, config):
    times = range(x.shape[1])
    outputs = []
    for t in reversed(times) if config.get("goBackwards") else times:
        y, state = step(x[:, t], state)
        outputs.append(y)
    return torch.stack(outputs, 1) if config.get("returnSequences") else outputs[-1]


def recurrent(name):
    step, gates = STEPS[name]

    def layer(x, weights, config):
        zero = torch.zeros(x.shape[0], config["units"])
        state = [zero, zero] if name == "lstm" else [zero]
        return unrolled(x, state, lambda x, s: step(x, s, weights, config), config)

    def shapes(shape, config):
        units = config["units"]
        return [[shape[-1], gates * units], [units, gates * units], [gates * units]]

    return layer, shapes


def conv_lstm(x, weights, config):
    kernel = weights[0]
    first = convolved(x[:, 0], kernel, config, 2)
    zero = torch.zeros(*first.shape[:-1], config["filters"])
    step = lambda x, s: conv_lstm_step(x, s, weights, config)
    return unrolled(x, [zero, zero], step, config)


def conv_lstm_shapes(shape, config):
    size, filters = pair(config["kernelSize"]), config["filters"]
    return [[*size, shape[-1], 4 * filters], [*size, filters, 4 * filters], [4 * filters]]


def bidirectional(x, weights, config):
    inner = config["layer"]
    layer, _ = LAYERS[inner["layer"]]
    half = len(weights) // 2
    forward = layer(x, weights[:half], inner["config"])
    backward = layer(x, weights[half:], {**inner["config"], "goBackwards": True})
    if inner["config"].get("returnSequences"):
        backward = backward.flip(1)
    return {
        "concat": lambda: torch.cat([forward, backward], -1),
        "sum": lambda: forward + backward,
        "ave": lambda: (forward + backward) / 2,
        "mul": lambda: forward * backward,
    }[config.get("mergeMode", "concat")]()


def inner_shapes(shape, config, times):
    inner = config["layer"]
    _, shapes = LAYERS[inner["layer"]]
    return shapes(shape, inner["config"]) * times


def time_distributed(x, weights, config):
    inner = config["layer"]
    layer, _ = LAYERS[inner["layer"]]
    return torch.stack([layer(x[:, t], weights, inner["config"]) for t in range(x.shape[1])], 1)


def stacked(x, weights, config):
    cells = config["cell"]
    states = []
    for cell in cells:
        zero = torch.zeros(x.shape[0], cell["config"]["units"])
        states.append([zero, zero] if cell["layer"] == "lstmCell" else [zero])

    def step(x, states):
        left, after = list(weights), []
        for cell, state in zip(cells, states):
            name = cell["layer"].removesuffix("Cell")
            x, state = STEPS[name][0](x, state, left[:3], cell["config"])
            after.append(state)
            left = left[3:]
        return x, after

    return unrolled(x, states, step, config)


def stacked_shapes(shape, config):
    shapes, size = [], shape[-1]
    for cell in config["cell"]:
        name, units = cell["layer"].removesuffix("Cell"), cell["config"]["units"]
        gates = STEPS[name][1]
        shapes += [[size, gates * units], [units, gates * units], [gates * units]]
        size = units
    return shapes


# Normalization --------------------------------------------------------------------------------------


def batch_normalization(x, weights, config):
    gamma, beta, mean, variance = weights
    if config.get("training"):
        axes = list(range(x.dim() - 1))
        mean, variance = x.mean(axes), x.var(axes, unbiased=False)
    return gamma * (x - mean) / torch.sqrt(variance + config.get("epsilon", 1e-3)) + beta


def layer_normalization(x, weights, config):
    gamma, beta = weights
    mean = x.mean(-1, keepdim=True)
    variance = x.var(-1, unbiased=False, keepdim=True)
    return gamma * (x - mean) / torch.sqrt(variance + config.get("epsilon", 1e-3)) + beta


# Layers: a function of the input (or inputs) and weights, and the shapes of the weights -----------------


def no_weights(function):
    return lambda x, _weights, config: function(x, config), lambda _shape, _config: []


def dense_shapes(shape, config):
    return [[shape[-1], config["units"]], [config["units"]]]


def dot(x, config):
    a, b = x
    axes = pair(config["axes"])
    if config.get("normalize"):
        a = a / torch.sqrt((a * a).sum(axes[0], keepdim=True))
        b = b / torch.sqrt((b * b).sum(axes[1], keepdim=True))
    a, b = a.movedim(axes[0], -1), b.movedim(axes[1], -1)
    if a.dim() == 2 and b.dim() == 2:
        return (a * b).sum(-1, keepdim=True)
    return a.reshape(a.shape[0], -1, a.shape[-1]) @ b.reshape(b.shape[0], -1, b.shape[-1]).mT


def masked_lstm(x, weights, config):
    """An LSTM that passes over the steps whose numbers are all the mask's value."""
    batch = []
    for row in x:
        keep = (row != config["mask"]).any(-1)
        layer, _ = recurrent("lstm")
        batch.append(layer(row[keep][None], weights, config)[0])
    return torch.stack(batch)


def up_sampled(x, config):
    if config.get("dataFormat") == "channelsFirst":
        return channels_first(up_sampled(channels_last(x), {**config, "dataFormat": None}))
    height, width = config.get("size", [2, 2])
    if config.get("interpolation") == "bilinear":
        size = [x.shape[1] * height, x.shape[2] * width]
        return resized(x, size, lambda i, length, to: i * length / to)
    return x.repeat_interleave(height, 1).repeat_interleave(width, 2)


def resize_layer(x, config):
    size = [config["height"], config["width"]]
    if config.get("interpolation") == "nearest":
        return resized(x, size, lambda *axis: math.floor(aligned(*axis) + 0.5))
    return resized(x, size, aligned)


def centered(x, config):
    top = (x.shape[1] - config["height"]) // 2
    left = (x.shape[2] - config["width"]) // 2
    return x[:, top : top + config["height"], left : left + config["width"]]


def encoded(x, config):
    """How often each token is in a row, or whether it is."""
    counts = torch.stack([torch.bincount(row, minlength=config["numTokens"]) for row in x.long()])
    return counts.double() if config["outputMode"] == "count" else counts.clamp(max=1).double()


def thresholded(x, config):
    return torch.where(x > config["theta"], x, torch.zeros_like(x))


LAYERS = {
    "activation": no_weights(activated),
    "add": no_weights(lambda x, _: sum(x)),
    "average": no_weights(lambda x, _: sum(x) / len(x)),
    "averagePooling1d": no_weights(lambda x, config: pooled(x, config, 1, "average")),
    "averagePooling2d": no_weights(lambda x, config: pooled(x, config, 2, "average")),
    "averagePooling3d": no_weights(lambda x, config: pooled(x, config, 3, "average")),
    "batchNormalization": (batch_normalization, lambda shape, _: [[shape[-1]]] * 4),
    "bidirectional": (bidirectional, lambda shape, config: inner_shapes(shape, config, 2)),
    "categoryEncoding": no_weights(encoded),
    "centerCrop": no_weights(centered),
    "concatenate": no_weights(lambda x, config: torch.cat(x, config.get("axis", -1))),
    "conv1d": convolution(1),
    "conv2d": convolution(2),
    "conv2dTranspose": transposed(2),
    "conv3d": convolution(3),
    "conv3dTranspose": transposed(3),
    "convLstm2d": (conv_lstm, conv_lstm_shapes),
    "cropping2D": no_weights(
        lambda x, config: x[
            :,
            config["cropping"][0][0] : x.shape[1] - config["cropping"][0][1],
            config["cropping"][1][0] : x.shape[2] - config["cropping"][1][1],
        ]
    ),
    "dense": (lambda x, w, config: activated(x @ w[0] + w[1], config), dense_shapes),
    "depthwiseConv2d": (depthwise_layer, depthwise_shapes),
    "dot": no_weights(dot),
    "elu": no_weights(lambda x, config: F.elu(x, config.get("alpha", 1.0))),
    "embedding": (
        lambda x, w, _: w[0][x.long()],
        lambda _, config: [[config["inputDim"], config["outputDim"]]],
    ),
    "flatten": no_weights(
        lambda x, config: (
            channels_last(x) if config.get("dataFormat") == "channelsFirst" else x
        ).reshape(x.shape[0], -1)
    ),
    "globalAveragePooling1d": no_weights(lambda x, _: x.mean(1)),
    "globalAveragePooling2d": no_weights(lambda x, _: x.mean([1, 2])),
    "globalMaxPooling1d": no_weights(lambda x, _: x.amax(1)),
    "globalMaxPooling2d": no_weights(lambda x, _: x.amax([1, 2])),
    "gru": recurrent("gru"),
    "layerNormalization": (layer_normalization, lambda shape, _: [[shape[-1]]] * 2),
    "leakyReLU": no_weights(lambda x, config: F.leaky_relu(x, config.get("alpha", 0.3))),
    "lstm": recurrent("lstm"),
    "maskedLstm": (masked_lstm, recurrent("lstm")[1]),
    "maximum": no_weights(lambda x, _: torch.stack(x).amax(0)),
    "maxPooling1d": no_weights(lambda x, config: pooled(x, config, 1, "max")),
    "maxPooling2d": no_weights(lambda x, config: pooled(x, config, 2, "max")),
    "maxPooling3d": no_weights(lambda x, config: pooled(x, config, 3, "max")),
    "minimum": no_weights(lambda x, _: torch.stack(x).amin(0)),
    "multiply": no_weights(lambda x, _: torch.stack(x).prod(0)),
    "permute": no_weights(lambda x, config: x.permute(0, *config["dims"])),
    "prelu": (
        lambda x, w, _: torch.where(x >= 0, x, w[0] * x),
        lambda shape, config: [
            [1 if axis + 1 in config.get("sharedAxes", []) else n for axis, n in enumerate(shape[1:])]
        ],
    ),
    "reLU": no_weights(lambda x, config: torch.clamp(x, 0, config.get("maxValue", math.inf))),
    "repeatVector": no_weights(lambda x, config: x[:, None].repeat(1, config["n"], 1)),
    "rescaling": no_weights(lambda x, config: x * config["scale"] + config["offset"]),
    "reshape": no_weights(lambda x, config: x.reshape(x.shape[0], *config["targetShape"])),
    "resizing": no_weights(resize_layer),
    "rnn": (stacked, stacked_shapes),
    "separableConv2d": (
        lambda x, w, config: activated(
            convolved(depthwise(x, w[0], config), w[1], {}, 2) + w[2], config
        ),
        lambda shape, config: [
            [*pair(config["kernelSize"]), shape[-1], config.get("depthMultiplier", 1)],
            [1, 1, shape[-1] * config.get("depthMultiplier", 1), config["filters"]],
            [config["filters"]],
        ],
    ),
    "simpleRNN": recurrent("simpleRNN"),
    "softmax": no_weights(lambda x, config: F.softmax(x, config.get("axis", -1))),
    "thresholdedReLU": no_weights(thresholded),
    "timeDistributed": (time_distributed, lambda shape, config: inner_shapes(shape[:1] + shape[2:], config, 1)),
    "upSampling2d": no_weights(up_sampled),
    "zeroPadding2d": no_weights(
        lambda x, config: channels_last(
            F.pad(
                channels_first(x),
                [*config["padding"][1], *config["padding"][0]],
            )
        )
    ),
}

# Cases: the layer, its options, the shapes of its inputs -------------------------------------------------

IMAGE, SERIES, ROWS = [2, 5, 6, 3], [2, 5, 3], [3, 4]

CASES = [
    *[("activation", {"activation": name}, [ROWS]) for name in ACTIVATIONS],
    ("elu", {}, [ROWS]),
    ("elu", {"alpha": 0.7}, [ROWS]),
    ("leakyReLU", {}, [ROWS]),
    ("leakyReLU", {"alpha": 0.1}, [IMAGE]),
    ("prelu", {}, [ROWS]),
    ("prelu", {}, [IMAGE]),
    ("prelu", {"sharedAxes": [1, 2]}, [IMAGE]),
    ("reLU", {}, [ROWS]),
    ("reLU", {"maxValue": 0.5}, [ROWS]),
    ("softmax", {}, [ROWS]),
    ("softmax", {"axis": -1}, [SERIES]),
    ("thresholdedReLU", {"theta": 0.3}, [ROWS]),
    ("dense", {"units": 3}, [ROWS]),
    ("dense", {"units": 3, "activation": "relu"}, [SERIES]),
    ("dense", {"units": 5, "activation": "softmax"}, [ROWS]),
    ("conv1d", {"filters": 2, "kernelSize": 3}, [SERIES]),
    ("conv1d", {"filters": 2, "kernelSize": 2, "strides": 2, "padding": "same"}, [SERIES]),
    ("conv1d", {"filters": 2, "kernelSize": 2, "dilationRate": 2, "padding": "causal"}, [SERIES]),
    ("conv2d", {"filters": 4, "kernelSize": 3, "padding": "same", "activation": "relu"}, [IMAGE]),
    ("conv2d", {"filters": 2, "kernelSize": 3, "useBias": False}, [IMAGE]),
    ("conv2d", {"filters": 2, "kernelSize": 1}, [IMAGE]),
    ("conv2d", {"filters": 2, "kernelSize": [3, 1], "strides": 2}, [IMAGE]),
    ("conv2d", {"filters": 2, "kernelSize": 2, "strides": 3, "padding": "same"}, [IMAGE]),
    ("conv2d", {"filters": 2, "kernelSize": 3, "strides": [1, 2], "padding": "same"}, [IMAGE]),
    ("conv2d", {"filters": 2, "kernelSize": 2, "dilationRate": 2}, [IMAGE]),
    (
        "conv2d",
        {"filters": 2, "kernelSize": 2, "dilationRate": 2, "padding": "same", "activation": "relu"},
        [IMAGE],
    ),
    (
        "conv2d",
        {"filters": 2, "kernelSize": 3, "padding": "same", "dataFormat": "channelsFirst"},
        [[2, 3, 5, 6]],
    ),
    (
        "conv2d",
        {"filters": 2, "kernelSize": 2, "dilationRate": [1, 2], "dataFormat": "channelsFirst"},
        [[2, 3, 5, 6]],
    ),
    ("conv2dTranspose", {"filters": 2, "kernelSize": 3, "padding": "same"}, [IMAGE]),
    ("conv2dTranspose", {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same"}, [IMAGE]),
    ("conv2dTranspose", {"filters": 2, "kernelSize": [2, 3], "strides": 2}, [IMAGE]),
    ("conv3d", {"filters": 2, "kernelSize": 2}, [[1, 3, 4, 3, 2]]),
    ("conv3d", {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same"}, [[1, 3, 4, 3, 2]]),
    ("conv3d", {"filters": 2, "kernelSize": [1, 2, 1], "strides": 2, "padding": "same"}, [[1, 3, 4, 3, 2]]),
    ("conv3d", {"filters": 2, "kernelSize": 2, "dilationRate": [1, 2, 1]}, [[1, 3, 4, 3, 2]]),
    ("conv3dTranspose", {"filters": 2, "kernelSize": 2, "strides": 2, "padding": "same"}, [[1, 2, 3, 2, 2]]),
    ("conv3dTranspose", {"filters": 2, "kernelSize": 2}, [[1, 2, 3, 2, 2]]),
    ("depthwiseConv2d", {"kernelSize": 3, "padding": "same"}, [IMAGE]),
    ("depthwiseConv2d", {"kernelSize": 3, "padding": "same"}, [[2, 5, 9, 10]]),
    ("depthwiseConv2d", {"kernelSize": [2, 3], "strides": 2, "depthMultiplier": 2}, [IMAGE]),
    ("depthwiseConv2d", {"kernelSize": 2, "dilationRate": 2, "padding": "same"}, [IMAGE]),
    ("depthwiseConv2d", {"kernelSize": [2, 1], "dilationRate": [2, 1]}, [IMAGE]),
    (
        "depthwiseConv2d",
        {"kernelSize": 2, "padding": "same", "dataFormat": "channelsFirst"},
        [[2, 3, 5, 6]],
    ),
    ("separableConv2d", {"filters": 2, "kernelSize": 2, "dilationRate": 2}, [IMAGE]),
    (
        "separableConv2d",
        {"filters": 4, "kernelSize": 3, "strides": 2, "padding": "same", "depthMultiplier": 2},
        [IMAGE],
    ),
    ("separableConv2d", {"filters": 2, "kernelSize": [1, 3], "activation": "tanh"}, [IMAGE]),
    ("averagePooling1d", {"poolSize": 2, "strides": 1, "padding": "same"}, [SERIES]),
    ("averagePooling2d", {"poolSize": 2}, [IMAGE]),
    ("averagePooling2d", {"poolSize": [3, 2], "strides": [2, 1], "padding": "same"}, [IMAGE]),
    ("averagePooling2d", {"poolSize": 2, "dataFormat": "channelsFirst"}, [[2, 3, 5, 6]]),
    ("averagePooling3d", {"poolSize": 2, "strides": 1, "padding": "same"}, [[1, 3, 4, 3, 2]]),
    ("maxPooling1d", {"poolSize": 3, "strides": 2, "padding": "same"}, [SERIES]),
    ("maxPooling2d", {"poolSize": 2}, [IMAGE]),
    ("maxPooling2d", {"poolSize": [3, 2], "strides": [2, 1], "padding": "same"}, [IMAGE]),
    ("maxPooling2d", {"poolSize": 2, "strides": 3}, [IMAGE]),
    ("maxPooling3d", {"poolSize": 2}, [[1, 3, 4, 4, 2]]),
    ("maxPooling3d", {"poolSize": 2, "strides": 1, "padding": "same"}, [[1, 3, 4, 3, 2]]),
    ("maxPooling3d", {"poolSize": [1, 2, 3], "strides": 1}, [[1, 3, 4, 3, 2]]),
    ("maxPooling3d", {"poolSize": [2, 1, 2], "strides": [3, 2, 1], "padding": "same"}, [[1, 5, 4, 3, 2]]),
    ("averagePooling3d", {"poolSize": [2, 1, 2], "strides": [3, 2, 1], "padding": "same"}, [[1, 5, 4, 3, 2]]),
    ("globalAveragePooling1d", {}, [SERIES]),
    ("globalAveragePooling2d", {}, [IMAGE]),
    ("globalMaxPooling1d", {}, [SERIES]),
    ("globalMaxPooling2d", {}, [IMAGE]),
    ("upSampling2d", {"size": [2, 3]}, [IMAGE]),
    ("upSampling2d", {"size": [2, 2], "interpolation": "bilinear"}, [IMAGE]),
    ("upSampling2d", {"size": [2, 2], "dataFormat": "channelsFirst"}, [[2, 3, 5, 6]]),
    ("zeroPadding2d", {"padding": [[1, 0], [2, 1]]}, [IMAGE]),
    ("cropping2D", {"cropping": [[1, 1], [2, 0]]}, [IMAGE]),
    ("centerCrop", {"height": 3, "width": 4}, [IMAGE]),
    ("centerCrop", {"height": 4, "width": 5}, [IMAGE]),
    ("resizing", {"height": 7, "width": 4}, [IMAGE]),
    ("resizing", {"height": 7, "width": 4, "interpolation": "nearest"}, [IMAGE]),
    ("rescaling", {"scale": 0.5, "offset": -1}, [IMAGE]),
    ("flatten", {}, [IMAGE]),
    ("flatten", {"dataFormat": "channelsFirst"}, [IMAGE]),
    ("permute", {"dims": [3, 1, 2]}, [IMAGE]),
    ("repeatVector", {"n": 3}, [ROWS]),
    ("reshape", {"targetShape": [2, 2]}, [ROWS]),
    ("add", {}, [ROWS, ROWS, ROWS]),
    ("average", {}, [ROWS, ROWS, ROWS]),
    ("maximum", {}, [ROWS, ROWS, ROWS]),
    ("minimum", {}, [ROWS, ROWS]),
    ("multiply", {}, [ROWS, ROWS, ROWS]),
    ("concatenate", {}, [ROWS, ROWS]),
    ("concatenate", {"axis": 1}, [SERIES, [2, 2, 3]]),
    ("dot", {"axes": 1}, [ROWS, ROWS]),
    ("dot", {"axes": -1, "normalize": True}, [ROWS, ROWS]),
    ("dot", {"axes": [2, 1]}, [SERIES, [2, 3, 4]]),
    ("embedding", {"inputDim": 5, "outputDim": 3}, [[2, 4]]),
    ("categoryEncoding", {"numTokens": 5, "outputMode": "count"}, [[2, 4]]),
    ("categoryEncoding", {"numTokens": 5, "outputMode": "multiHot"}, [[2, 4]]),
    ("simpleRNN", {"units": 2}, [SERIES]),
    ("simpleRNN", {"units": 2, "returnSequences": True, "goBackwards": True}, [SERIES]),
    ("lstm", {"units": 2}, [SERIES]),
    ("lstm", {"units": 2, "recurrentActivation": "sigmoid", "returnSequences": True}, [SERIES]),
    ("gru", {"units": 2}, [SERIES]),
    ("gru", {"units": 2, "recurrentActivation": "sigmoid", "returnSequences": True}, [SERIES]),
    ("maskedLstm", {"units": 2, "mask": 0}, [[2, 4, 3]]),
    ("convLstm2d", {"filters": 2, "kernelSize": 2, "padding": "same"}, [[1, 3, 4, 3, 2]]),
    ("convLstm2d", {"filters": 2, "kernelSize": 2, "returnSequences": True}, [[1, 3, 4, 3, 2]]),
    ("bidirectional", {"layer": {"layer": "lstm", "config": {"units": 2}}}, [SERIES]),
    (
        "bidirectional",
        {
            "layer": {"layer": "gru", "config": {"units": 2, "returnSequences": True}},
            "mergeMode": "mul",
        },
        [SERIES],
    ),
    (
        "bidirectional",
        {"layer": {"layer": "simpleRNN", "config": {"units": 2}}, "mergeMode": "ave"},
        [SERIES],
    ),
    ("timeDistributed", {"layer": {"layer": "dense", "config": {"units": 2}}}, [SERIES]),
    (
        "timeDistributed",
        {"layer": {"layer": "conv2d", "config": {"filters": 2, "kernelSize": 2}}},
        [[1, 2, 4, 3, 2]],
    ),
    (
        "rnn",
        {
            "cell": [
                {"layer": "lstmCell", "config": {"units": 2}},
                {"layer": "gruCell", "config": {"units": 3}},
                {"layer": "simpleRNNCell", "config": {"units": 2}},
            ],
            "returnSequences": True,
        },
        [SERIES],
    ),
    ("batchNormalization", {}, [IMAGE]),
    ("batchNormalization", {"training": True}, [IMAGE]),
    ("batchNormalization", {"training": True, "epsilon": 0.01}, [ROWS]),
    ("layerNormalization", {}, [ROWS]),
    ("layerNormalization", {"epsilon": 0.01}, [SERIES]),
]


def rounded(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def case(name, config, shapes):
    layer, weight_shapes = LAYERS[name]
    kind = "index" if name in ("embedding", "categoryEncoding") else "input"
    inputs = [numbers(shape, kind, which) for which, shape in enumerate(shapes)]
    if name == "maskedLstm":
        inputs[0][0, 1] = 0
        inputs[0][1, 3] = 0
    weights = [
        numbers(shape, "variance" if (name, which) == ("batchNormalization", 3) else "weight", which)
        for which, shape in enumerate(weight_shapes(shapes[0], config))
    ]
    trained = weights[:2] if name == "batchNormalization" else weights
    differentiated = [*([] if kind == "index" else inputs), *trained]
    for tensor in differentiated:
        tensor.requires_grad_()
    y = layer(inputs if len(inputs) > 1 else inputs[0], weights, config)
    loss = (y.flatten() * torch.sin(1 + torch.arange(y.numel(), dtype=torch.float64))).sum()
    if differentiated:
        loss.backward()
    gradients = [rounded(tensor.grad) for tensor in differentiated]
    count = 0 if kind == "index" else len(inputs)
    return {
        "layer": name,
        "config": config,
        "inputs": shapes,
        "weights": [list(weight.shape) for weight in weights],
        "output": {"shape": list(y.shape), "values": rounded(y)},
        "inputGradients": gradients[:count],
        "weightGradients": gradients[count:],
    }


if __name__ == "__main__":
    about = "What layers of Keras give and their gradients, by PyTorch in float64: layers.py"
    cases = [case(*each) for each in CASES]
    lines = ",\n".join(json.dumps(each) for each in cases)
    path = pathlib.Path(__file__).with_name("layers.json")
    path.write_text(f'{{"about": {json.dumps(about)}, "cases": [\n{lines}\n]}}\n')
    print(f"{len(cases)} cases")
