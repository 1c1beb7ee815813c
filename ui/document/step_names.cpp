// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/step_names.h"

#include "analysis/gene_report.h"
#include "viewmodels/counted_text.h"
#include "viewmodels/gene_text.h"

#include <QObject>

namespace diploscope::ui {

namespace {

QString selecting(const QString& what) {
    return QObject::tr("Select %1").arg(what);
}

QString clearing() {
    return QObject::tr("Clear the selection");
}

} // namespace

QString nameOfSelecting(const Selected& before, const Selected& now, const GeneReport* report) {
    const auto variants = static_cast<qsizetype>(now.variants.size());
    const auto people = static_cast<qsizetype>(now.people.size());
    if (now.variants != before.variants && variants > 1)
        return selecting(countedText(variants, counted::snvs));
    if (now.variants != before.variants && variants == 1) {
        const Variant& variant = *now.variants.begin();
        const std::optional<size_t> known = report == nullptr ? std::nullopt : report->find(variant);
        return selecting(known ? variantText(report->variants[*known])
                               : QString::fromStdString(toText(variant)));
    }
    if (now.people != before.people && people > 1)
        return selecting(countedText(people, counted::people));
    if (now.people != before.people && people == 1)
        return selecting(shownName(*now.people.begin()));
    return clearing();
}

QString nameOfSelecting(const QSet<QString>& genes, const GenomeTable& table) {
    if (genes.isEmpty())
        return clearing();
    if (genes.size() > 1)
        return selecting(countedText(genes.size(), counted::genes));
    const std::string id = genes.begin()->toStdString();
    const std::optional<size_t> row = table.rowOfGene(id);
    return selecting(shownName(row ? table.genes()[*row].geneName : id));
}

QString shortModelName(const QString& model) {
    return shownName(model.section(QLatin1Char('/'), -1).toStdString());
}

QString shortened(const QString& typed) {
    constexpr qsizetype most = 40;
    const QString shown = shownName(typed.trimmed().toStdString());
    return shown.size() <= most ? shown : shown.left(most) + QStringLiteral("…");
}

} // namespace diploscope::ui
