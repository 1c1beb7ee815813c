// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/column_guide.h"

#include "experiment/whole_glossary.h"

#include <QObject>

namespace diploscope::ui {
namespace {

/// Words of the lists as Markdown shows them; they have `names` of their own, which stay. A bar, as of |ISM|,
/// would end the cell.
QString markdown(std::string_view text) {
    QString escaped;
    for (const QChar letter : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))) {
        if (QStringLiteral("|*_<\\").contains(letter))
            escaped += QLatin1Char('\\');
        escaped += letter;
    }
    return escaped;
}

QString rowOf(const ColumnText& column) {
    const auto name = QString::fromUtf8(column.name.data(), static_cast<qsizetype>(column.name.size()));
    return QStringLiteral("| `%1` | %2 | %3 | %4 | %5 |\n")
        .arg(name, markdown(column.title), markdown(column.unit), markdown(column.meaning),
             QString::number(column.methods));
}

} // namespace

QString columnGuide() {
    QString page =
        QStringLiteral("# %1\n\n%2\n")
            .arg(QObject::tr("Columns of the tables"),
                 QObject::tr(
                     "What each column of the tables is: its name in files and conditions, what the "
                     "window calls it, its unit, its meaning, and the section of the methods that "
                     "defines it. GENE stands for a gene's name; other tables may have the name that is "
                     "given. `NA` is what is not known or not defined. `diploscope columns` lists the "
                     "same."));
    const QString head = QStringLiteral("\n| %1 | %2 | %3 | %4 | %5 |\n|---|---|---|---|---|\n")
                             .arg(QObject::tr("column"), QObject::tr("title"), QObject::tr("unit"),
                                  QObject::tr("meaning"), QObject::tr("methods"));
    for (const GlossaryTable& table : wholeGlossary()) {
        page += QStringLiteral("\n## %1\n").arg(markdown(table.name)) + head;
        for (const ColumnText& column : table.columns)
            page += rowOf(column);
    }
    return page;
}

} // namespace diploscope::ui
