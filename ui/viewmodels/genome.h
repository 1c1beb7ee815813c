// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/condition.h"
#include "analysis/genome_summary.h"
#include "viewmodels/brush.h"
#include "viewmodels/run_shelf.h"
#include "viewmodels/session.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace diploscope::ui {

/// All genes at once, for the genome page and the gene list: the table of the session's results, the null
/// that its p and q are of, and the genes in focus, which are those that the filter keeps and, where some are
/// selected, the selected ones. While a stored run is open, all of this is of that run instead. Another study
/// begins with nothing chosen. Tables are built by jobs; results that come in close succession, together.
/// Lives on the GUI thread.
class Genome : public QObject {
    Q_OBJECT

public:
    explicit Genome(Session& session, QObject* parent = nullptr);

    /// Never null; without rows while nothing is known.
    [[nodiscard]] std::shared_ptr<const GenomeTable> table() const { return m_built.table; }
    [[nodiscard]] const GenomeSummary& summary() const { return m_built.summary; }
    /// To open another run of the store than the current one.
    [[nodiscard]] RunShelf& runs() { return m_runs; }
    /// The stored run that table() is of; null: it is of the session's results.
    [[nodiscard]] const std::shared_ptr<const RunShelf::Opened>& shownRun() const { return m_built.run; }
    /// What is known of a gene in what table() is of, failures too; null: nothing.
    [[nodiscard]] std::shared_ptr<const GeneRow> known(const QString& geneId) const;
    [[nodiscard]] qsizetype knownCount() const;
    /// Results of other models beside those of table(); never null.
    [[nodiscard]] std::shared_ptr<const std::vector<ModelGenes>> otherModels() const;
    /// Row of a gene, nothing where it is not in the table.
    [[nodiscard]] std::optional<size_t> rowOf(const QString& geneId) const;
    /// Columns of table(): p of the chosen null, and its q.
    [[nodiscard]] size_t nullPColumn() const { return m_built.nullP; }
    [[nodiscard]] size_t qColumn() const { return m_built.q; }

    /// The one that was chosen, else the study's.
    [[nodiscard]] NullChoice null() const { return m_null.value_or(defaultNull(m_session.isPublished())); }
    [[nodiscard]] std::optional<NullChoice> chosenNull() const { return m_null; }
    /// \param null empty: the study's
    void setNull(std::optional<NullChoice> null);
    /// Results that have come lately wait for more; they become rows now. \return whether there were any
    bool takeWaiting();

    /// A condition as Condition reads it; empty: none. One that cannot be read leaves filterError(), and the
    /// filter as it was.
    void setFilter(const QString& expression);
    /// The filter that applies.
    [[nodiscard]] const QString& filter() const { return m_filter; }
    [[nodiscard]] const std::optional<Error>& filterError() const { return m_filterError; }

    /// \param rows of table()
    void select(const std::vector<size_t>& rows, BrushMode mode);
    /// \param genes ids, whether or not table() has them
    void setSelected(const QSet<QString>& genes);
    void clearSelection() { setSelected({}); }
    /// Ids of the selected genes; none: nothing is selected, which hides nothing.
    [[nodiscard]] const QSet<QString>& selected() const { return m_selected; }

    /// [rows of table()], true for genes in focus; null where all are.
    [[nodiscard]] std::shared_ptr<const std::vector<bool>> focus() const { return m_focus; }
    [[nodiscard]] bool isInFocus(size_t row) const {
        return !m_focus || (row < m_focus->size() && (*m_focus)[row]);
    }
    [[nodiscard]] int64_t focusCount() const;

Q_SIGNALS:
    void tableChanged(); ///< and perhaps the focus
    void focusChanged(); ///< of the same table, or what there is to say of the filter
    void nullChosen();   ///< whoever chose it, where p and q are of another than before
    void selectionChanged();

private:
    struct Built {
        std::shared_ptr<const GenomeTable> table;
        GenomeSummary summary;
        QHash<QString, size_t> rowOfId;
        size_t nullP = 0;
        size_t q = 0;
        std::shared_ptr<const RunShelf::Opened> run; ///< as shownRun()
    };
    [[nodiscard]] static Built build(const std::vector<ModelGenes>& models, NullChoice null);
    using Builder = std::function<Result<Built>(const RunContext&)>; ///< for a worker
    [[nodiscard]] Builder buildOfRun() const;
    [[nodiscard]] Builder buildOfResults() const;
    void rebuild();
    void readFilter();
    void refocus();

    Session& m_session;
    RunShelf m_runs;                  ///< hears of another study before the table is built anew
    std::optional<NullChoice> m_null; ///< empty: nobody chose
    Built m_built;
    QString m_askedFilter;
    QString m_filter; ///< the last one that could be read
    Condition m_condition;
    std::optional<Error> m_filterError;
    QSet<QString> m_selected;
    std::shared_ptr<const std::vector<bool>> m_focus;
    QTimer m_pause; ///< runs while further results are waited for
};

} // namespace diploscope::ui
