// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/model_kind.h"

#include <functional>
#include <string>
#include <vector>

namespace diploscope {

/// All kinds of models, in the order in which people are told of them. Any thread.
[[nodiscard]] std::vector<const ModelKind*> modelKinds();

/// The table of those that the program has. Its kinds know their engines, which this folder must not: so it
/// is declared here and defined in core/engines/model_kinds.cpp, and a program without it does not link.
[[nodiscard]] std::vector<const ModelKind*> builtInModelKinds();

/// One more, behind the others and for as long as the process lives; of one that is known by its name,
/// nothing happens. Called before models are read, as a model read before would not know it. Any thread.
void addModelKind(const ModelKind& kind);

/// Keys of model.json that belong to other kinds and not to `kind`, in the order of modelKinds(), each once.
[[nodiscard]] std::vector<std::string> keysOfOtherKinds(const ModelKind& kind);

/// "a sequential model or an Enformer": the kinds of which something is true.
[[nodiscard]] std::string anyKind(const std::function<bool(const ModelKind&)>& isTrue);

} // namespace diploscope
