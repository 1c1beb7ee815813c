// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/design_reader.h"
#include "viewmodels/genome.h"
#include "viewmodels/session.h"
#include "views/design_canvas.h"

#include <QWidget>

#include <filesystem>
#include <optional>
#include <string>

class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace diploscope::ui {

class FigureForm;
class PanelForm;

/// A figure of several panels: of one gene or many, of one model or several, arranged, labelled and saved.
/// Shows the document's figure; what is done here is told and changes nothing by itself. GUI thread.
class FiguresPage : public QWidget {
    Q_OBJECT

public:
    FiguresPage(Session& session, Genome& genome, QWidget* parent);

    /// \param design of no panels: there is no figure yet
    void setDesign(const FigureDesign& design);
    /// Whether it is the page that is looked at: only then are data read.
    void setLookedAt(bool lookedAt);

    [[nodiscard]] DesignCanvas& canvas() const { return *m_canvas; }
    [[nodiscard]] const FigureDesign& design() const { return m_design; }
    [[nodiscard]] FigureForm& figureForm() const { return *m_figureForm; }
    [[nodiscard]] PanelForm& panelForm() const { return *m_panelForm; }

    /// Adds a figure as it is by itself, of the gene and model shown.
    void addPanelOf(const FigureEntry& entry);
    /// A template, a specification, or a figure's own file: opened in place of what is here.
    void openFile(const std::filesystem::path& file);
    /// \param file `*.figure.json`
    void saveTemplate(const std::filesystem::path& file);
    void saveTo(const std::filesystem::path& file);
    /// Each gene's files into the folder, one after the other. \param genes ids
    void saveForGenes(const std::vector<std::string>& genes, const std::filesystem::path& folder,
                      FigureFormat format);

Q_SIGNALS:
    void asked(const QString& step, const diploscope::FigureDesign& design);
    void failed(const diploscope::Error& error);
    /// A file, or several in one folder. \param what "Figure saved"
    void saved(const QString& what, const QString& place);

private:
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeColumn();
    void fillAdd();
    void fillTemplates();
    void offerTemplates(const std::vector<std::pair<QString, QString>>& named);
    void refresh();
    void take(const QString& step, const FigureDesign& design, std::optional<size_t> chosen);
    void takeReady(const DesignedFigure& figure);
    void redraw();
    void showPicture(const Result<DesignPicture>& picture);
    void showForms();
    void showState();
    void takeLabel(size_t panel, DesignCanvas::Label label, const QString& words);
    void move(size_t panel, int row, int column);
    void remove(size_t panel);
    void askToSave();
    void askForFile();
    void askForTemplate();
    void askForGenes();
    void tell(const Error& error);
    [[nodiscard]] QString proposedName() const;

    Session& m_session;
    Genome& m_genome;
    DesignReader* m_reader;
    FigureDesign m_design;
    DesignedFigure m_figure; ///< of a design whose data were read; no panels: none
    std::optional<DesignPicture> m_picture;
    std::optional<size_t> m_next; ///< is chosen once the design asked for is there
    bool m_lookedAt = false;
    bool m_isRead = false; ///< the design, or that was tried
    bool m_redrawing = false;
    QLabel* m_state;
    QToolButton *m_add, *m_templates, *m_size;
    QPushButton *m_several, *m_save;
    QCheckBox* m_withData;
    DesignCanvas* m_canvas;
    FigureForm* m_figureForm;
    PanelForm* m_panelForm;
};

} // namespace diploscope::ui
