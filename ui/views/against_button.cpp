// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/against_button.h"

#include "views/elided_text.h"
#include "views/menu_text.h"

#include <QActionGroup>

#include <utility>

namespace diploscope::ui {
namespace {

constexpr int mostOfName = 90; ///< pixels: two panels stand side by side

} // namespace

AgainstButton::AgainstButton(QString observed, QString reads, QWidget* parent)
    : QToolButton(parent), m_observed(std::move(observed)), m_reads(std::move(reads)) {
    setObjectName(QStringLiteral("against"));
    setProperty("role", "tiny");
    setPopupMode(QToolButton::InstantPopup);
    setMenu(&m_menu);
    connect(&m_menu, &QMenu::aboutToShow, this, &AgainstButton::fill);
    setModels({}, {}, false);
}

void AgainstButton::setModels(std::vector<ShownModel> models, const std::string& against, bool hasReads) {
    m_models = std::move(models);
    m_hasReads = hasReads && !m_reads.isEmpty();
    m_isOfReads = m_hasReads && against == AgainstReads;
    m_other.reset();
    for (const ShownModel& model : m_models)
        if (model.model == against)
            m_other = model;
    const QString name = m_other ? m_other->title : m_isOfReads ? m_reads : m_observed;
    setText(elidedTo(mostOfName, name, fontMetrics(), Qt::ElideMiddle));
    setAccessibleName(tr("The model is held against %1").arg(name));
    const QString choices =
        m_hasReads
            ? tr("Choose what the model is held against: what is observed, reads by copy, or "
                 "another model of the study")
            : tr("Choose what the model is held against: what is observed, or another model of the study");
    setToolTip((tr("Against %1.").arg(name) + QLatin1Char(' ') + choices).toHtmlEscaped());
    setVisible(hasChoice());
}

void AgainstButton::fill() {
    m_menu.clear();
    auto* group = new QActionGroup(&m_menu);
    const auto add = [&](const QString& text, const QString& model, bool isNow) {
        QAction* action = m_menu.addAction(menuText(text));
        action->setCheckable(true);
        action->setChecked(isNow);
        action->setData(model);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, model] { Q_EMIT chosen(model); });
    };
    add(m_observed, QString(), !m_other && !m_isOfReads);
    if (m_hasReads)
        add(m_reads, QLatin1String(AgainstReads), m_isOfReads);
    for (const ShownModel& model : m_models)
        add(model.title, QString::fromStdString(model.model), m_other && m_other->model == model.model);
}

} // namespace diploscope::ui
