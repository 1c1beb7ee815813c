// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/about_dialog.h"

#include "charts/own_font.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace diploscope::ui {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Diploscope"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* icon = new QLabel(this);
    icon->setPixmap(QIcon(QStringLiteral(":/diploscope/icons/diploscope.svg")).pixmap(72, 72));
    auto* words = new QLabel(
        tr("<p style='font-size:18px'><b>Diploscope</b> %1</p>"
           "<p>Compares sequence-to-expression models with a cohort's genomes and observed expression, gene "
           "by "
           "gene.<br>The method: Sasse et al. 2023, "
           "<a href='https://doi.org/10.1101/2023.03.16.532969'>doi:10.1101/2023.03.16.532969</a>.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later; it comes with no "
           "warranty.<br><a href='https://www.gnu.org/licenses/gpl-3.0.html'>gnu.org/licenses/gpl-3.0</a></p>"
           "<p>Built with Qt %2 and Qt Charts, LibTorch, htslib, Eigen, SQLite, Boost, fmt, xxHash, "
           "nlohmann-json and CLI11.<br>Set in Inter, &copy; The Inter Project Authors, which is in the "
           "program "
           "under the SIL Open Font License 1.1.</p>")
            .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())),
        this);
    words->setTextFormat(Qt::RichText);
    words->setOpenExternalLinks(true);
    words->setTextInteractionFlags(Qt::TextBrowserInteraction);
    auto* top = new QHBoxLayout;
    top->setSpacing(22);
    top->addWidget(icon, 0, Qt::AlignTop);
    top->addWidget(words, 1);
    auto* licence = new QPlainTextEdit(ownFontLicence(), this);
    licence->setObjectName(QStringLiteral("fontLicence"));
    licence->setAccessibleName(tr("Licence of Inter"));
    licence->setReadOnly(true);
    licence->setMinimumHeight(220);
    licence->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* show = buttons->addButton(tr("Licence of Inter"), QDialogButtonBox::HelpRole);
    show->setObjectName(QStringLiteral("showFontLicence"));
    show->setCheckable(true);
    connect(show, &QPushButton::toggled, licence, &QPlainTextEdit::setVisible);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(26, 22, 26, 18);
    layout->addLayout(top);
    layout->addWidget(licence);
    layout->addWidget(buttons);
}

} // namespace diploscope::ui
