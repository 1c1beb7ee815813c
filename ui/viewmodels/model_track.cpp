// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/model_track.h"

#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/locus_layout.h"

#include <QObject>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace diploscope::ui {
namespace {

std::string lastPart(const std::string& model) {
    const std::string name = std::filesystem::path(model).filename().string();
    return name.empty() ? model : name;
}

} // namespace

std::vector<ShownModel> otherModelsOf(const std::vector<std::filesystem::path>& ofStudy,
                                      const std::string& open) {
    std::vector<ShownModel> models;
    for (const std::filesystem::path& path : ofStudy) {
        const std::string model = path.string();
        const std::string name = lastPart(model);
        // The open one counts, so that another one's key is the same whichever is open.
        const auto same = std::count_if(ofStudy.begin(), ofStudy.end(), [&](const std::filesystem::path& p) {
            return &p < &path && lastPart(p.string()) == name;
        });
        const std::string which = same == 0 ? std::string() : fmt::format(" ({})", same + 1);
        if (model != open)
            models.push_back({fmt::format("{}{}{}", ModelTrackPrefix, name, which),
                              shownName(name) + QString::fromStdString(which), model});
    }
    return models;
}

std::optional<size_t> sameInOther(const GeneReport& report, size_t variant, const GeneReport& other) {
    const VariantResult& own = report.variants[variant];
    const std::optional<size_t> at = other.find(own);
    if (!at || !std::isfinite(own.ism))
        return std::nullopt;
    const VariantResult& theirs = other.variants[*at];
    return theirs.effectAllele == own.effectAllele && std::isfinite(theirs.ism) ? at : std::nullopt;
}

ModelTrack modelTrack(const GeneReport& report, const ShownModel& model) {
    ModelTrack shown;
    shown.key = model.key;
    shown.title = model.title;
    shown.against = shownName(report.model.name);
    shown.note = model.note;
    shown.yTitle = QObject::tr("%1, ISM effect").arg(model.title);
    if (!model.report)
        return shown;
    const GeneReport& other = *model.report;
    shown.yTitle = withUnit(shown.yTitle, unitText(other.model.unit));
    for (size_t v = 0; v < report.variants.size(); ++v) {
        const std::optional<size_t> at = sameInOther(report, v, other);
        if (!at)
            continue;
        const double effect = other.variants[*at].ism;
        const SignAgreement agreement =
            signAgreement(report.variants[v].ism, report.scoreRounding, effect, other.scoreRounding);
        shown.snvs.push_back({static_cast<double>(report.variants[v].position + 1), effect, agreement, v});
        ++shown.counts[static_cast<size_t>(agreement)];
    }
    if (shown.snvs.empty())
        shown.note = QObject::tr("no SNV of this window is in the model's");
    return shown;
}

QString agreementText(SignAgreement agreement) {
    switch (agreement) {
    case SignAgreement::Same:
        return QObject::tr("same sign");
    case SignAgreement::Opposite:
        return QObject::tr("opposite sign");
    case SignAgreement::NoEffect:
        break;
    }
    return QObject::tr("one has no effect");
}

QString modelsToolTip(const GeneReport& report, size_t variant, const std::vector<ShownModel>& models) {
    QString html;
    for (const ShownModel& model : models) {
        const std::optional<size_t> at =
            model.report ? sameInOther(report, variant, *model.report) : std::nullopt;
        if (!at)
            continue;
        const double effect = model.report->variants[*at].ism;
        const SignAgreement agreement = signAgreement(report.variants[variant].ism, report.scoreRounding,
                                                      effect, model.report->scoreRounding);
        html += QStringLiteral("<br>") + QObject::tr("%1: ISM %2, %3")
                                             .arg(model.title, effectText(effect), agreementText(agreement))
                                             .toHtmlEscaped();
    }
    return html;
}

} // namespace diploscope::ui
