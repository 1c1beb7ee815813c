// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/machine_dialog.h"

#include "views/dialog_parts.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace diploscope::ui {

namespace {

QString words(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

MachineDialog::MachineDialog(JobRunner& jobs, const std::filesystem::path& cacheFile, QWidget* parent)
    : QDialog(parent)
    , m_waiting(makeText(tr("Loading LibTorch and measuring…"), "muted"))
    , m_area(new QScrollArea)
    , m_copy(new QPushButton(tr("&Copy"))) {
    setWindowTitle(tr("This machine"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->hide();
    m_copy->setEnabled(false);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_copy, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(LargeGap, LargeGap, LargeGap, LargeGap);
    layout->setSpacing(Gap);
    layout->addWidget(m_waiting, 1, Qt::AlignCenter);
    layout->addWidget(m_area, 1);
    layout->addWidget(buttons);
    resize(760, 640);

    jobs.run<MachineInfo>(
        tr("This machine"), QStringLiteral("machine"), JobRunner::Priority::Seen,
        [cacheFile](const RunContext& context) { return lookAtMachine(cacheFile, context); }, this,
        [this](Result<MachineInfo> info) {
            if (!info) {
                m_waiting->setText(words(info.error().message()));
                return;
            }
            info->libraries.insert(info->libraries.begin(), {"Qt", qVersion()});
            showInfo(*info);
        });
}

void MachineDialog::showInfo(const MachineInfo& info) {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, SmallGap, 0);
    column->setSpacing(Gap);
    m_text = QStringLiteral("Diploscope ") + QCoreApplication::applicationVersion() + QLatin1Char('\n');
    for (const std::string& warning : warningsOf(info)) {
        column->addWidget(makeText(QStringLiteral("⚠ ") + words(warning), "warning", true));
        m_text += tr("Warning: %1").arg(words(warning)) + QLatin1Char('\n');
    }
    for (const FactGroup& group : factsOf(info)) {
        const Card card = makeCard(words(group.title));
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(Gap);
        grid->setVerticalSpacing(SmallGap);
        grid->setColumnMinimumWidth(0, 110);
        grid->setColumnStretch(1, 1);
        m_text += QLatin1Char('\n') + words(group.title) + QLatin1Char('\n');
        for (const Fact& fact : group.facts) {
            const int row = grid->rowCount();
            grid->addWidget(makeText(words(fact.name), "muted"), row, 0, Qt::AlignTop);
            grid->addWidget(makeText(words(fact.value), "", true), row, 1);
            m_text += QStringLiteral("  %1 %2\n").arg(words(fact.name), -14).arg(words(fact.value));
        }
        card.layout->addLayout(grid);
        column->addWidget(card.frame);
    }
    column->addStretch();
    m_area->setWidget(page);
    m_waiting->hide();
    m_area->show();
    m_copy->setEnabled(true);
}

} // namespace diploscope::ui
