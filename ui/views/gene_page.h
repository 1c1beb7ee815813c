// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_view.h"
#include "viewmodels/selection.h"
#include "viewmodels/session.h"
#include "viewmodels/snv_colour.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace diploscope::ui {

class DriverPanel;
class EffectsPanel;
class GeneHeader;
class LocusPanel;
class MotifFinder;
class OtherModels;
class PanelCard;
class PersonCard;
class ScatterPanel;
class SnvInspector;
class UpdatePacer;

/// Everything about the session's gene: observed against predicted, the model's effects against people's, the
/// locus, the drivers. Follows the session; partial reports are shown at most four times a second. GUI
/// thread.
class GenePage : public QWidget {
    Q_OBJECT

public:
    GenePage(Session& session, Selection& selection, QWidget* parent = nullptr);

    /// Colours and type of everything on the page; takes effect at once.
    void setChartStyle(const ChartStyle& style);

    /// What dragging does in its charts.
    void setDrag(ChartView::Drag drag);

    /// What SNVs are coloured by, in all of its charts.
    void setSnvColour(SnvColour colour);

    /// Which of the study's other models its upper charts hold the model against; empty: what is observed.
    void setAgainst(const std::string& model);
    [[nodiscard]] const std::string& against() const { return m_against; }

    enum class State { Empty, Failed, Shown };
    [[nodiscard]] State state() const;
    [[nodiscard]] GeneHeader& header() const { return *m_header; }
    [[nodiscard]] ScatterPanel& scatter() const { return *m_scatter; }
    [[nodiscard]] EffectsPanel& effects() const { return *m_effects; }
    [[nodiscard]] LocusPanel& locus() const { return *m_locus; }
    [[nodiscard]] DriverPanel& drivers() const { return *m_drivers; }
    [[nodiscard]] SnvInspector& inspector() const { return *m_inspector; }
    /// In the drivers' place while one or two people are selected.
    [[nodiscard]] PersonCard& person() const { return *m_person; }
    /// The error's words while state() is Failed: what, where, remedy.
    [[nodiscard]] QString errorText() const;

Q_SIGNALS:
    /// By the user, on the page; it is shown already.
    void snvColourChosen(SnvColour colour);
    void againstChosen(const QString& model); ///< the same; empty: what is observed
    void failed(const diploscope::Error& error);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeGene();
    void takeReport();
    void showReport();
    void showHeader();
    void showPerson();
    void askForMotifs();
    void askForModels();
    void showModels();
    [[nodiscard]] QWidget* makeContent();
    [[nodiscard]] QWidget* makeErrorCard();
    [[nodiscard]] QWidget* makeEmpty();

    Session& m_session;
    Selection& m_selection;
    QStackedWidget* m_pages;
    GeneHeader* m_header;
    ScatterPanel* m_scatter;
    EffectsPanel* m_effects;
    LocusPanel* m_locus;
    DriverPanel* m_drivers;
    SnvInspector* m_inspector;
    PersonCard* m_person;
    MotifFinder* m_motifs;
    OtherModels* m_models;
    std::string m_against;
    QWidget* m_side;
    std::vector<QBoxLayout*> m_spaced; ///< the lines that cards stand in
    PanelCard* m_errorCard = nullptr;
    QLabel* m_errorWhat = nullptr;
    QLabel* m_errorWhere = nullptr;
    QLabel* m_errorRemedy = nullptr;
    QLabel* m_empty = nullptr;
    UpdatePacer* m_pacer;
    std::shared_ptr<const GeneReport> m_shown;
    std::string m_gene; ///< its id; what is selected and seen is of it
};

} // namespace diploscope::ui
