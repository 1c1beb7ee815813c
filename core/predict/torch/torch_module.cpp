// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/version.h>

extern "C" const char* diploscopeTorchVersion() {
    return TORCH_VERSION;
}
