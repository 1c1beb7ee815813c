#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures ../weights/fixtures/state_dict/*.pt of tests/weights/tst_torch_file.cpp, from PyTorch (Debian 12: 1.13.1).

All values are multiples of 1/4 below 32, which every floating type holds exactly.
Run: /usr/bin/python3 tests/reference/state_dicts.py
"""
import collections
import os

import torch

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "weights", "fixtures", "state_dict")


def values(*shape):
    count = 1
    for size in shape:
        count *= size
    return ((torch.arange(count) % 61) * 0.25 - 7).reshape(shape)


def save(name, what, **options):
    torch.save(what, os.path.join(FOLDER, name), **options)


class Harmful:
    def __reduce__(self):
        return (os.system, ("touch harmful_was_here",))


os.makedirs(FOLDER, exist_ok=True)
save("types.pt", collections.OrderedDict(
    float32=values(3, 5), float64=values(3, 5).double(), float16=values(3, 5).half(), bfloat16=values(3, 5).bfloat16(),
    whole=torch.arange(4), none=torch.zeros(0, 3), scalar=torch.tensor(2.5)))
big = values(6, 8)
save("views.pt", {"all": big, "column": big[:, 3], "turned": big.t(), "middle": big[2:4], "again": big})
model = torch.nn.Sequential(torch.nn.Conv1d(4, 2, 3), torch.nn.BatchNorm1d(2))
with torch.no_grad():
    for parameter in model.parameters():
        parameter.copy_(values(*parameter.shape))
save("module.pt", model.state_dict())  # an OrderedDict with _metadata
save("parameters.pt", {"w": torch.nn.Parameter(values(2, 3))})
save("nested.pt", {"epoch": 3, "loss": 0.5, "name": "x", "history": [1, (2.5, None, True, -70000, 1 << 40)],
                   "optimizer": {"state": {0: {"exp_avg": values(2)}}}, "state_dict": {"w": values(2, 3)}})
save("ambiguous.pt", {"model": {"w": values(2)}, "ema": {"w": values(2)}})
save("tensor_alone.pt", values(2))
save("whole_module.pt", model)
save("harmful.pt", {"w": values(2), "x": Harmful()})
save("protocol4.pt", {"w": values(2, 3)}, pickle_protocol=4)
save("before_1_6.pt", {"w": values(2)}, _use_new_zipfile_serialization=False)
