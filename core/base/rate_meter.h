// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/run_context.h"

#include <chrono>
#include <string>

namespace diploscope {

/// How fast a stage goes, from its reports: the recent past counts most, what came from the cache and the
/// time before the first computed item (making the model ready) do not count. A new stage begins anew.
class RateMeter {
public:
    using Clock = std::chrono::steady_clock;

    void take(const Progress& progress, Clock::time_point now = Clock::now());
    /// For so long the work waited for other work.
    void skip(Clock::duration pause) { m_last += pause; }

    [[nodiscard]] double perSecond() const;   ///< items a second; 0 while unknown
    [[nodiscard]] double secondsLeft() const; ///< of the stage; negative while unknown

private:
    std::string m_stage;
    Clock::time_point m_last;
    int64_t m_worked = 0; ///< items that cost something, at the last report
    int64_t m_left = 0;   ///< items to do
    double m_items = 0;   ///< both fade with time, so that their ratio follows the recent past
    double m_seconds = 0;
};

/// "1,204".
[[nodiscard]] std::string countWords(int64_t count);
/// "41 /s", "0.63 /s", "4.2 /min"; empty for 0.
[[nodiscard]] std::string rateWords(double perSecond);
/// "12 s left", "2 min left", "3 h left"; empty for a negative time.
[[nodiscard]] std::string timeLeftWords(double seconds);
/// "Predicting haplotypes 1,204 of 1,678 · 41 /s · 12 s left".
[[nodiscard]] std::string progressWords(const Progress& progress, const RateMeter& meter);

/// A context for one item of many: its progress becomes the detail of the whole's.
/// \param whole  what the many together have come to: stage, done, total, given
/// \param name   of the item: "GSTM3"
[[nodiscard]] RunContext contextOfItem(const RunContext& context, const Progress& whole,
                                       const std::string& name);

} // namespace diploscope
