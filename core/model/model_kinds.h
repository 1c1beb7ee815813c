// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

#include <functional>
#include <string>
#include <vector>

namespace diploscope {

/// All kinds of models that the program has, in the order in which people are told of them. Any thread.
/// They know their engines, which this folder must not: so the table is declared here and defined in
/// core/engines/model_kinds.cpp, and a program without one does not link.
[[nodiscard]] std::vector<const ModelKind*> modelKinds();

/// Keys of model.json that belong to other kinds and not to `kind`, in the order of modelKinds(), each once.
[[nodiscard]] std::vector<std::string> keysOfOtherKinds(const ModelKind& kind);

/// "a sequential model or an Enformer": the kinds of which something is true.
[[nodiscard]] std::string anyKind(const std::function<bool(const ModelKind&)>& isTrue);

} // namespace diploscope
