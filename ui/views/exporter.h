// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "figures/drawn_design.h"
#include "jobs/job_runner.h"
#include "viewmodels/genome.h"

#include <filesystem>
#include <functional>
#include <vector>

class QAction;
class QStackedWidget;

namespace diploscope::ui {

class FigureSaver;
class GenePage;
class GenomePage;
class MessageStack;
class WindowActions;

/// The export menu: asks for a place, lets a worker write, says what became of it.
class Exporter : public QObject {
    Q_OBJECT

public:
    /// The pages whose figures are saved, and the stack whose current page pictures are taken of.
    struct Pages {
        QStackedWidget* all = nullptr;
        GenePage* gene = nullptr;
        GenomePage* genome = nullptr;
    };
    Exporter(Session& session, Genome& genome, WindowActions& actions, MessageStack& messages, Pages pages);

Q_SIGNALS:
    /// A chart is wanted as a panel of a figure of several.
    void composed(const diploscope::FigureDesign& design);

private:
    void connectFigure(QAction* action, FigureSaver& saver);
    void connectSaver(FigureSaver& saver);
    void saveGeneFigures();
    void saveGenomeFigures();
    struct FigureToSave {
        QString name; ///< of its files, without ending
        std::function<Result<DesignedFigure>(const RunContext&)> specify;
    };
    void askToSaveFigures(const QString& title, const QString& folder,
                          const std::vector<FigureToSave>& figures);
    void askForFolder(const QString& title, const std::function<void(const QString&)>& chosen);
    void saveTables();
    void saveSummary();
    void saveAnnData();
    void reportGene();
    void reportStudy();
    /// \param name of what it is of \param stem of the file \param entry any figure of the kind that the
    /// report holds \param gene empty: of the study
    void saveReport(const QString& name, const QString& stem, const FigureEntry& entry,
                    const std::string& gene, const std::string& model, const std::string& null);
    [[nodiscard]] QWidget* page() const;
    void savePicture();
    void copyPicture();
    void showState();
    void write(const QString& title, const QString& told,
               std::function<Result<std::filesystem::path>(const RunContext&)> work);

    Session& m_session;
    Genome& m_genome;
    WindowActions& m_actions;
    MessageStack& m_messages;
    Pages m_pages;
};

} // namespace diploscope::ui
