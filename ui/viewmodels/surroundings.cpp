// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/surroundings.h"

#include "base/blas_info.h"
#include "base/crash_note.h"

namespace diploscope::ui {

namespace {

/// "OpenBLAS 0.3.21" of "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH SkylakeX MAX_THREADS=64".
QString shortName(const BlasInfo& info) {
    const QStringList words = QString::fromStdString(info.name).split(QLatin1Char(' '));
    return info.isSlow ? words.join(QLatin1Char(' ')) : words.mid(0, 2).join(QLatin1Char(' '));
}

} // namespace

Surroundings lookAround(bool takeNotes) {
    Surroundings found{listModels({}), shortName(blasInfo()), QString::fromStdString(blasWarning()), {}};
    if (takeNotes)
        for (const std::filesystem::path& note : takeNewCrashNotes())
            found.crashNotes << QString::fromStdString(note.string());
    return found;
}

} // namespace diploscope::ui
