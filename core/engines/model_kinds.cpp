// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_kinds.h"

#include "engines/elsewhere_kind.h"
#include "engines/ensemble_kind.h"
#include "engines/program/program_kind.h"
#include "engines/sequential/sequential_kind.h"
#include "engines/table/effects_kind.h"
#include "engines/table/predictions_kind.h"
#include "engines/torch/script_kind.h"
#include "engines/transformer/enformer_kind.h"

namespace diploscope {

std::vector<const ModelKind*> modelKinds() {
    return {
        &sequentialKind(), &scriptKind(),  &enformerKind(),    &ensembleKind(),
        &programKind(),    &effectsKind(), &predictionsKind(), &elsewhereKind(),
    };
}

} // namespace diploscope
