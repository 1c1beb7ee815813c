// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/table/table_kind.h"

#include "model/opened_model.h"

namespace diploscope {

std::optional<InputShape> TableKind::defaultInput() const {
    constexpr int64_t length = 196608;
    return InputShape{length, length / 2, StrandRule::Forward};
}

Result<ModelInfo> TableKind::listedInfo(const ModelManifest& model, const std::string& digests) {
    DS_ASSIGN(ModelInfo info, infoOf(model));
    info.scoresOf = ScoresOf::Listed;
    info.checksum = checksumOf(model, digests);
    return info;
}

} // namespace diploscope
