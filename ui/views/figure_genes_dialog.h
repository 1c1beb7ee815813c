// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/figure_export.h"
#include "viewmodels/genome.h"
#include "viewmodels/session.h"

#include <QDialog>

#include <string>
#include <vector>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;

namespace diploscope::ui {

/// Asks of which genes a figure is to be made, and as what. GUI thread.
class FigureGenesDialog : public QDialog {
    Q_OBJECT

public:
    FigureGenesDialog(const Session& session, const Genome& genome, QWidget* parent);

    /// Ids of the study's genes, each once, in the order of the study or as they were written.
    [[nodiscard]] const std::vector<std::string>& genes() const { return m_genes; }
    [[nodiscard]] FigureFormat format() const;

private:
    enum class Which { All, Focused, Selected, Written };
    void take();

    const Session& m_session;
    const Genome& m_genome;
    std::vector<std::string> m_genes;
    QComboBox* m_which;
    QPlainTextEdit* m_written;
    QComboBox* m_format;
    QLabel* m_count;
    QDialogButtonBox* m_buttons;
};

} // namespace diploscope::ui
