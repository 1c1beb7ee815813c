// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/person_story.h"

#include "viewmodels/counted_text.h"
#include "viewmodels/effect_text.h"
#include "viewmodels/gene_text.h"
#include "viewmodels/language.h"
#include "viewmodels/number_text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <map>

namespace diploscope::ui {
namespace {

const QString between = QStringLiteral(" · ");

/// Builds a story; knows which variant has which index.
class Teller {
public:
    Teller(const PersonPaths& paths, const GeneReport* report) : m_paths(paths), m_report(report) {}

    PersonStory story;

    void tellHaplotypes() {
        const bool ofTwo = !m_paths.against.empty();
        for (size_t p = 0; p < m_paths.paths.size(); ++p) {
            const PersonPath& path = m_paths.paths[p];
            const Waterfall* steps = waterfall(p);
            const auto effects = steps != nullptr ? effectsOf(*steps) : std::map<Variant, double>();
            const QString end = copyName(m_paths.sample, path.toCopy);
            if (ofTwo)
                story.rows.push_back(row(copyName(m_paths.against, path.fromCopy), path.from, path.to,
                                         effects,
                                         steps != nullptr && std::isfinite(steps->from)
                                             ? steps->from
                                             : reported(m_paths.against, path.fromCopy)));
            story.rows.push_back(row(end, path.to, path.from, effects,
                                     steps != nullptr && std::isfinite(steps->to)
                                         ? steps->to
                                         : reported(m_paths.sample, path.toCopy)));
            PersonStory::Path told;
            told.start = ofTwo ? copyName(m_paths.against, path.fromCopy) : QStringLiteral("reference");
            told.end = end;
            if (steps != nullptr)
                tellSteps(*steps, told);
            story.paths.push_back(std::move(told));
        }
    }

    /// Null where the report has nobody of that name.
    [[nodiscard]] const PersonResult* resultOf(const std::string& sample) const {
        const auto found = m_report != nullptr ? m_report->findPerson(sample) : std::nullopt;
        return found ? &m_report->people[*found] : nullptr;
    }

    void tellInWords() {
        story.title = shownName(m_paths.sample);
        if (!m_paths.against.empty())
            story.title = shownName(m_paths.against) + QStringLiteral(" → ") + story.title;
        const PersonResult* person = resultOf(m_paths.sample);
        const PersonResult* other = resultOf(m_paths.against);
        const double predicted = std::isfinite(m_paths.to()) ? m_paths.to()
                                 : person != nullptr         ? person->predicted
                                                             : PersonStory::notYet;
        QStringList values;
        if (std::isfinite(predicted) && m_paths.against.empty())
            values << QStringLiteral("predicted ") + effectText(predicted);
        if (person != nullptr && m_paths.against.empty())
            values << QStringLiteral("observed ") + effectText(person->observed);
        if (person != nullptr && other != nullptr)
            values << QStringLiteral("observed %1 → %2")
                          .arg(effectText(other->observed), effectText(person->observed));
        story.summary = values.join(QStringLiteral(", "));
        if (!std::isfinite(m_paths.from()) || !std::isfinite(m_paths.to()))
            return;
        story.words =
            QStringLiteral("%1 from %2: %3 %4, %5 %6")
                .arg(changeText(m_paths.to() - m_paths.from()),
                     m_paths.against.empty() ? QStringLiteral("the reference") : shownName(m_paths.against),
                     story.paths[0].end, changeText(story.paths[0].to - story.paths[0].from),
                     story.paths[1].end, changeText(story.paths[1].to - story.paths[1].from));
        const PersonStory::Step* largest = nullptr;
        const PersonStory::Path* where = nullptr;
        const auto size = [](const PersonStory::Step& step) { return std::abs(step.after - step.before); };
        for (const PersonStory::Path& path : story.paths)
            for (const PersonStory::Step& step : path.steps)
                if (step.variant && std::isfinite(size(step)) &&
                    (largest == nullptr || size(step) > size(*largest))) {
                    largest = &step;
                    where = &path;
                }
        if (largest != nullptr)
            story.largest = QStringLiteral("largest step: %1 %2 on %3")
                                .arg(largest->name, changeText(largest->after - largest->before), where->end);
    }

private:
    [[nodiscard]] const Waterfall* waterfall(size_t path) const {
        return path < m_paths.found.each.size() ? &m_paths.found.each[path] : nullptr;
    }
    [[nodiscard]] QString copyName(const std::string& sample, int copy) const {
        return m_paths.against.empty() ? QStringLiteral("copy %1").arg(copy)
                                       : QStringLiteral("%1:%2").arg(shownName(sample)).arg(copy);
    }
    /// What the report knows of a haplotype's score.
    [[nodiscard]] double reported(const std::string& sample, int copy) const {
        const std::optional<size_t> person =
            m_report != nullptr ? m_report->findPerson(sample) : std::nullopt;
        if (!person)
            return PersonStory::notYet;
        const PersonResult& result = m_report->people[*person];
        return copy == 1 ? result.haplotype1 : result.haplotype2;
    }
    /// Of each allele by itself; one that goes while another comes is not told apart.
    static std::map<Variant, double> effectsOf(const Waterfall& steps) {
        std::map<Variant, double> effects;
        for (const WaterfallStep& step : steps.steps) {
            if (step.in)
                effects[*step.in] = step.effect;
            else if (step.out)
                effects[*step.out] = -step.effect;
        }
        return effects;
    }
    size_t indexOf(const Variant& variant) {
        const auto [known, isNew] = m_index.try_emplace(variant, story.variants.size());
        if (isNew) {
            story.variants.push_back(variant);
            const auto id = m_paths.idOf.find(variant);
            story.names.push_back(id != m_paths.idOf.end()
                                      ? shownName(id->second)
                                      : QStringLiteral("%1:%2").arg(shownName(variant.contig),
                                                                    countText(variant.position + 1)));
        }
        return known->second;
    }
    PersonStory::Row row(const QString& name, const std::vector<Variant>& own,
                         const std::vector<Variant>& others, const std::map<Variant, double>& effects,
                         double score) {
        PersonStory::Row row{name, score, {}};
        for (const Variant& variant : own) {
            const auto effect = effects.find(variant);
            row.alleles.push_back(
                {double(variant.position + 1), effect == effects.end() ? PersonStory::notYet : effect->second,
                 std::find(others.begin(), others.end(), variant) != others.end(), indexOf(variant)});
        }
        return row;
    }
    void tellSteps(const Waterfall& waterfall, PersonStory::Path& told) {
        told.from = waterfall.from;
        told.to = waterfall.to;
        told.changes = waterfall.steps.size();
        double before = waterfall.from;
        // One step more than fits is no reason for "1 other".
        const size_t single = waterfall.steps.size() <= PersonStory::mostSteps + 1 ? waterfall.steps.size()
                                                                                   : PersonStory::mostSteps;
        for (size_t i = 0; i < single; ++i) {
            const WaterfallStep& step = waterfall.steps[i];
            const size_t variant = indexOf(step.place());
            told.steps.push_back(
                {story.names[variant], before, step.score, before + step.leaveOneOut, step.effect, variant});
            before = step.score;
        }
        if (single < waterfall.steps.size())
            told.steps.push_back({countedText(int64_t(waterfall.steps.size() - single), counted::others),
                                  before,
                                  waterfall.to,
                                  PersonStory::notYet,
                                  PersonStory::notYet,
                                  {}});
    }

    const PersonPaths& m_paths;
    const GeneReport* m_report;
    std::map<Variant, size_t> m_index;
};

} // namespace

QString PersonStory::alleleText(size_t row, size_t allele) const {
    const Allele& told = rows[row].alleles[allele];
    QStringList parts{names[told.variant], placeText(variants[told.variant])};
    if (std::isfinite(told.effect))
        parts << QStringLiteral("alone ") + changeText(told.effect);
    if (told.shared)
        parts << QStringLiteral("on both");
    return parts.join(between);
}

QString PersonStory::stepText(size_t path, size_t step) const {
    const Step& told = paths[path].steps[step];
    QStringList parts;
    if (std::isfinite(told.effect))
        parts << QStringLiteral("alone ") + changeText(told.effect);
    if (std::isfinite(told.after - told.before))
        parts << QStringLiteral("in its turn ") + changeText(told.after - told.before);
    if (std::isfinite(told.withoutOthers))
        parts << QStringLiteral("left out alone ") + changeText(told.withoutOthers - told.before);
    return told.name + QStringLiteral(": ") + parts.join(between);
}

PersonStory personStory(const PersonPaths& paths, const Gene& gene, const std::string& unit,
                        const GeneReport* report) {
    const EnglishTexts english; // it is drawn
    Teller teller(paths, report);
    PersonStory& story = teller.story;
    story.gene = geneText(gene);
    story.xTitle = positionTitle(QString::fromStdString(paths.window.contig));
    story.scoreTitle = withUnit(QStringLiteral("Predicted"), unitText(unit));
    story.windowStart = double(paths.window.start + 1);
    story.windowEnd = double(paths.window.end);
    story.tss = double(gene.tss() + 1);
    story.strand = gene.strand;
    story.isCentre = gene.centre.has_value();
    story.complete = paths.isComplete();
    teller.tellHaplotypes();
    teller.tellInWords();
    return std::move(teller.story);
}

} // namespace diploscope::ui
