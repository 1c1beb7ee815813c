// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/rate_meter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope {

namespace {

constexpr double kMemorySeconds = 15; ///< after which a report counts 1/e
constexpr double kMostFading = 0.25;  ///< of one report
constexpr double kLeastSeconds = 0.2; ///< below, a rate would be noise

} // namespace

void RateMeter::take(const Progress& progress, Clock::time_point now) {
    const int64_t worked = progress.done - progress.given;
    m_left = progress.total - progress.done;
    if (progress.stage != m_stage || worked < m_worked) {
        m_stage = progress.stage;
        m_items = m_seconds = 0;
        m_last = now;
    } else if (worked > m_worked) {
        const double seconds = std::chrono::duration<double>(now - m_last).count();
        // However slow the items, the last few decide together.
        const double fade = std::exp(-std::min(seconds / kMemorySeconds, kMostFading));
        m_items = m_items * fade + static_cast<double>(worked - m_worked);
        m_seconds = m_seconds * fade + seconds;
        m_last = now;
    } else if (worked == 0 && progress.detail.empty()) { // nothing is being worked on yet
        m_last = now;
    }
    m_worked = worked;
}

double RateMeter::perSecond() const {
    return m_seconds >= kLeastSeconds ? m_items / m_seconds : 0;
}

double RateMeter::secondsLeft() const {
    const double rate = perSecond();
    return rate > 0 && m_left >= 0 ? static_cast<double>(m_left) / rate : -1;
}

std::string countWords(int64_t count) {
    std::string text = std::to_string(count);
    for (size_t end = text.size(); end > 3; end -= 3)
        text.insert(end - 3, ",");
    return text;
}

std::string rateWords(double perSecond) {
    if (perSecond <= 0)
        return {};
    const bool slow = perSecond < 0.1;
    const double rate = slow ? 60 * perSecond : perSecond;
    const char* const unit = slow ? "/min" : "/s";
    return rate < 10 ? fmt::format("{:.2g} {}", rate, unit)
                     : fmt::format("{} {}", countWords(std::llround(rate)), unit);
}

std::string timeLeftWords(double seconds) {
    if (seconds < 0)
        return {};
    const double whole = std::ceil(seconds);
    if (whole < 90)
        return fmt::format("{:.0f} s left", whole);
    if (whole < 90 * 60)
        return fmt::format("{:.0f} min left", std::ceil(whole / 60));
    return fmt::format("{:.0f} h left", std::ceil(whole / 3600));
}

std::string progressWords(const Progress& progress, const RateMeter& meter) {
    std::string text = progress.stage;
    if (progress.total > 0)
        text += fmt::format(" {} of {}", countWords(progress.done), countWords(progress.total));
    if (progress.done == progress.total && progress.total > 0)
        return text;
    for (const std::string& part :
         {rateWords(meter.perSecond()), timeLeftWords(meter.secondsLeft()), progress.detail})
        if (!part.empty())
            text += " · " + part;
    return text;
}

RunContext contextOfItem(const RunContext& context, const Progress& whole, const std::string& name) {
    RunContext item = context;
    if (context.onProgress)
        item.onProgress = [context, whole, name,
                           meter = std::make_shared<RateMeter>()](const Progress& progress) {
            meter->take(progress);
            Progress told = whole;
            told.detail = name + ": " + progressWords(progress, *meter);
            context.onProgress(told);
        };
    return item;
}

} // namespace diploscope
