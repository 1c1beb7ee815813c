// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "weights/pickle_value.h"

#include <memory>
#include <string_view>

namespace diploscope {

/// Runs a pickle as torch.save() writes it (`data.pkl`). A pickle is a program for a small stack machine;
/// this one knows the instructions that build numbers, texts, lists and dicts, and from the outside world
/// only OrderedDict, PyTorch's tensors, parameters and storages. Objects of other classes, which checkpoints
/// of trainings hold, stay Foreign. Nothing is ever called. \return what the pickle holds, with all that it
/// refers to. \error Unsupported naming the first thing from outside that no training saves (a function of
/// the system, a tensor of a strange kind); BadInput with the byte for what is no pickle, is cut off, too
/// deep or too large, and for tensors whose sizes and strides contradict each other.
[[nodiscard]] Result<std::shared_ptr<const PickleValue>> unpickle(std::string_view pickle);

} // namespace diploscope
