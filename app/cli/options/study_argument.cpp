// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/options/study_argument.h"

#include "cli/options/console.h"

namespace diploscope::cli {

Result<std::shared_ptr<const Study>> usableStudy(const std::filesystem::path& file,
                                                 const RunContext& context) {
    const StudyCheck check = openStudy(file, context);
    if (check.study)
        return check.study;
    for (size_t i = 1; i < check.problems.size(); ++i)
        reportError(check.problems[i]);
    return fail(check.problems.front());
}

} // namespace diploscope::cli
