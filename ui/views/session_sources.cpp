// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/session_sources.h"

#include "base/log.h"
#include "base/paths.h"
#include "figures/used_inputs.h"

#include <utility>

namespace diploscope::ui {

FigureOrigin originOf(const Session& session) {
    const Session::Settings& settings = session.settings();
    FigureOrigin origin{session.study()->file(),
                        {},
                        askedStatistics(settings.statistics, settings.thresholds, settings.allele)};
    const auto add = [&](const QString& choice, std::string name) {
        const std::string place = choice.toStdString();
        const ScoreRequest asked = session.model().requestOf(place);
        // What the study says itself need not be said again.
        origin.models.push_back(
            {std::move(name), place, asked == origin.study.scoreOf(place) ? ScoreRequest() : asked});
    };
    if (session.isPublished())
        return origin;
    if (!session.model().choice().isEmpty())
        add(session.model().choice(), session.model().name());
    for (const std::filesystem::path& folder : origin.study.models)
        if (const QString choice = QString::fromStdString(folder.string());
            choice != session.model().choice())
            add(choice, {});
    return origin;
}

SourceSettings sourcesOf(const Session& session) {
    const Session::Settings& settings = session.settings();
    SourceSettings sources;
    sources.predictor = settings.predictorOptions();
    sources.selfCheckEvery = settings.selfCheckEvery;
    if (const auto workspace = session.workspace())
        sources.cache = workspace->cache;
    sources.study = session.study();
    if (const auto predictor = session.model().predictor()) {
        const std::string choice = session.model().choice().toStdString();
        sources.models[choice] = predictor;
        sources.models[resolvedPath({}, choice).string()] = predictor;
    }
    sources.tell = [](const std::string& note) { logLine("figure", note); };
    return sources;
}

} // namespace diploscope::ui
