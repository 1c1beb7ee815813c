// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/column_guide.h"

#include "experiment/whole_glossary.h"

namespace diploscope::ui {
namespace {

/// Words of the lists as Markdown shows them; they have `names` of their own, which stay.
QString markdown(std::string_view text) {
    QString escaped;
    for (const QChar letter : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))) {
        if (QStringLiteral("*_<\\").contains(letter))
            escaped += QLatin1Char('\\');
        escaped += letter;
    }
    return escaped;
}

/// A paragraph, which breaks where a cell of a table does not: the paper's names have up to 42 letters.
QString entryOf(const ColumnText& column) {
    const QString unit = column.unit.empty() ? QString() : QStringLiteral(", ") + markdown(column.unit);
    return QStringLiteral("**%1** (%2%3): %4. %5\n\n")
        .arg(markdown(column.name), markdown(column.title), unit, markdown(column.meaning),
             QStringLiteral("Methods %1.").arg(column.methods));
}

} // namespace

QString columnGuide() {
    QString page =
        QStringLiteral("# %1\n\n%2\n")
            .arg(QStringLiteral("Columns of the tables"),
                 QStringLiteral(
                     "What each column of the tables is: its name in files and conditions, what the "
                     "window calls it, its unit, its meaning, and the section of the methods that "
                     "defines it. GENE stands for a gene's name; other tables may have the name that is "
                     "given. `NA` is what is not known or not defined. `diploscope columns` lists the "
                     "same."));
    for (const GlossaryTable& table : wholeGlossary()) {
        page += QStringLiteral("\n## %1\n\n").arg(markdown(table.name));
        for (const ColumnText& column : table.columns)
            page += entryOf(column);
    }
    return page;
}

} // namespace diploscope::ui
