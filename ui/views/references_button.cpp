// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/references_button.h"

#include "analysis/gene_statistics.h"
#include "viewmodels/gene_text.h"
#include "views/menu_text.h"

#include <algorithm>
#include <utility>

namespace diploscope::ui {
namespace {

QString referenceName(const GeneReport& report, const Variant& variant) {
    const std::optional<size_t> at = report.find(variant);
    return at ? variantText(report.variants[*at]) : QString::fromStdString(toText(variant));
}

} // namespace

ReferencesButton::ReferencesButton(std::function<Now()> now, QWidget* parent)
    : QToolButton(parent), m_now(std::move(now)) {
    setText(tr("LD"));
    setObjectName(QStringLiteral("references"));
    setAccessibleName(tr("LD references, and eQTL effects beside an SNV"));
    setToolTip(tr("Which SNVs LD is with, and beside which one eQTL effects are"));
    setProperty("role", "tiny");
    setPopupMode(QToolButton::InstantPopup);
    setMenu(&m_menu);
    connect(&m_menu, &QMenu::aboutToShow, this, &ReferencesButton::fill);
}

QAction* ReferencesButton::add(QMenu& menu, const QString& text, const QString& word, const QString& step,
                               const SnvReferences& references) {
    QAction* action = menu.addAction(menuText(text));
    action->setData(word);
    connect(action, &QAction::triggered, this, [this, step, references] { Q_EMIT chosen(step, references); });
    return action;
}

void ReferencesButton::fillFor(QMenu& menu, size_t variant) {
    const Now now = m_now();
    const VariantResult& snv = now.report->variants[variant];
    const QString name = variantText(snv);
    const bool pinned = now.references.isPinned(snv);
    const QString pin =
        pinned ? tr("Unpin the LD reference %1").arg(name) : tr("Make %1 an LD reference").arg(name);
    add(menu, pin, pinned ? QStringLiteral("unpin") : QStringLiteral("pin"), pin,
        withPinned(now.references, snv, !pinned))
        ->setEnabled(pinned || (now.report->isGenotyped(variant) &&
                                now.references.pinned.size() < SnvReferences::MostPinned));
    const bool given = now.references.given == snv;
    QAction* beside = given ? add(menu, tr("eQTL of each SNV alone"), QStringLiteral("alone"),
                                  tr("eQTL of each SNV alone"), withGiven(now.references, std::nullopt))
                            : add(menu, tr("eQTL given %1").arg(name), QStringLiteral("given"),
                                  tr("eQTL given %1").arg(name), withGiven(now.references, snv));
    beside->setEnabled(given || now.report->isGenotyped(variant));
}

void ReferencesButton::fillGiven(QMenu& menu) {
    const Now now = m_now();
    if (!now.report)
        return;
    const auto choice = [&](const QString& text, const QString& word, const std::optional<Variant>& given) {
        QAction* action = add(menu, text, word, text, withGiven(now.references, given));
        action->setCheckable(true);
        action->setChecked(now.references.given == given);
    };
    choice(tr("eQTL of each SNV alone"), QStringLiteral("alone"), std::nullopt);
    std::vector<Variant> offered;
    const auto offer = [&offered](const Variant& variant) {
        if (std::find(offered.begin(), offered.end(), variant) == offered.end())
            offered.push_back(variant);
    };
    if (now.references.given)
        offer(*now.references.given);
    if (now.selected)
        offer(now.report->variants[*now.selected]);
    for (const Variant& variant : now.references.pinned)
        offer(variant);
    if (const std::optional<size_t> lead = leadOf(*now.report))
        offer(now.report->variants[*lead]);
    for (const Variant& variant : offered)
        if (const std::optional<size_t> at = now.report->find(variant); at && now.report->isGenotyped(*at))
            choice(tr("eQTL given %1").arg(referenceName(*now.report, variant)), QStringLiteral("given"),
                   variant);
}

void ReferencesButton::fill() {
    m_menu.clear();
    const Now now = m_now();
    if (!now.report) {
        m_menu.addAction(tr("No gene is shown"))->setEnabled(false);
        return;
    }
    if (now.selected)
        fillFor(m_menu, *now.selected);
    else
        m_menu.addAction(tr("Select an SNV to hold others against it"))->setEnabled(false);
    if (!now.references.pinned.empty()) {
        m_menu.addSeparator();
        for (const Variant& variant : now.references.pinned) {
            const QString text = tr("Unpin the LD reference %1").arg(referenceName(*now.report, variant));
            if (!now.selected || now.report->variants[*now.selected] != variant)
                add(m_menu, text, QStringLiteral("unpin"), text, withPinned(now.references, variant, false));
        }
        SnvReferences none = now.references;
        none.pinned.clear();
        add(m_menu, tr("Unpin all LD references"), QStringLiteral("unpin all"), tr("Unpin all LD references"),
            none);
    }
    m_menu.addSeparator();
    fillGiven(m_menu);
}

} // namespace diploscope::ui
