#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The percentiles of tests/analysis/tst_effect_background.cpp (sharesBelow): Debian 12's SciPy 1.10."""
from scipy.stats import percentileofscore

background = [0, 0, .1, .25, .25, .25, .5, 1, 1.5, 4]
for effect in [0, .05, .1, -.1, .25, .26, -.5, 1, 3.9, 4, 5]:
    print(effect, percentileofscore(background, abs(effect), kind="strict"))
