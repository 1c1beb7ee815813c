// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/drawing/make_guide.h"

#include "base/atomic_file.h"
#include "cli/drawing/figures.h"
#include "guide/guide_export.h"

#include <string_view>

namespace diploscope::cli {

Result<void> writeGuide(const std::filesystem::path& file, const RunContext& context) {
    needApplication();
    DS_ASSIGN(const QByteArray bytes,
              file.extension() == ".pdf" ? ui::guidePdf(context) : ui::guideHtml(context));
    return writeFileAtomically(file, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
}

} // namespace diploscope::cli
