// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/locus_contents.h"
#include "viewmodels/locus_tracks.h"
#include "views/chart_panel.h"

class QButtonGroup;

namespace diploscope::ui {

class LocusBar;
class ReferencesButton;
class TrackGrips;
class TracksButton;

/// The gene's locus: gene models, ISM, eQTL and PIP on one x axis. LD with what is pinned, else with the
/// selected SNV, else with the lead, is computed by a job; until it is there the eQTL track stands in grey.
/// eQTL effects may be those left beside an SNV. A click selects an SNV. The model's effects are ISM or, on
/// request, the gradient's; their colours MAF or the carrier fraction. A person arranges the tracks, and
/// switches rows of haplotypes and LD of pairs on; a click on a row selects the person.
class LocusPanel final : public ChartPanel {
    Q_OBJECT

public:
    LocusPanel(Session& session, Selection& selection, QWidget* parent = nullptr);
    /// Which SNVs others are held against.
    void setReferences(const SnvReferences& references);
    [[nodiscard]] const SnvReferences& references() const { return m_references; }

    void setSnvColour(SnvColour colour);
    [[nodiscard]] SnvColour snvColour() const { return m_colour; }
    void setAttribution(Attribution attribution);
    [[nodiscard]] Attribution attribution() const { return m_attribution; }
    /// What of the locus is seen, or will be when its report is there; empty: all of it. It stays until it is
    /// set or a person looks elsewhere.
    void setRegion(const std::optional<AxisRange>& region);
    [[nodiscard]] const std::optional<AxisRange>& region() const { return m_region; }
    /// What is seen of the axis; empty while nothing is.
    [[nodiscard]] std::optional<AxisRange> seen() const;
    /// The bases of it.
    [[nodiscard]] std::optional<Region> seenBases() const;
    [[nodiscard]] LocusBar& bar() const { return *m_bar; }
    /// Which tracks are shown, in which order, how high.
    void setArrangement(const LocusLayout& layout);
    [[nodiscard]] const LocusLayout& arrangement() const { return m_layout; }
    /// Marked in every track, where they are of its contig.
    void setRegions(const std::vector<RegionOfInterest>& regions);
    [[nodiscard]] const std::vector<RegionOfInterest>& regions() const { return m_regions; }
    /// The study's other models, with what is known of them: those whose tracks are shown stand in these.
    void setModels(const std::vector<ShownModel>& models);
    [[nodiscard]] const std::vector<ShownModel>& models() const { return m_models; }
    /// Shows files as tracks once their formats are known; those of none are told.
    void addFiles(const QStringList& files);
    [[nodiscard]] const LocusContents& contents() const { return *m_contents; }
    [[nodiscard]] TrackGrips& grips() const { return *m_grips; }
    [[nodiscard]] TracksButton& tracksButton() const { return *m_tracksButton; }
    [[nodiscard]] ReferencesButton& referencesButton() const { return *m_referencesButton; }
    void setChartStyle(const ChartStyle& style) override;

Q_SIGNALS:
    // By the user; it is shown already.
    void snvColourChosen(SnvColour colour);
    void attributionChosen(Attribution attribution);
    void regionChosen(); ///< by zooming or moving
    /// At once, to a place of a name: "TSS ±1 kb".
    void placeChosen(const QString& name);
    /// Not shown: where that is, others know.
    void placeTyped(const QString& text);
    /// \param step as the Edit menu calls it
    void arrangementChosen(const QString& step);
    void referencesChosen(const QString& step); ///< the same
    void failed(const diploscope::Error& error);
    void arrangementChanged(); ///< by whomever; it is shown
    void regionsWanted();      ///< the list of them
    void filesWanted();        ///< are to be chosen, for addFiles()

private:
    void refresh(ChartView::Keep keep) override;
    void reportReplaced() override;
    [[nodiscard]] ReadyFigure toSave() const override;
    [[nodiscard]] GeneFigureSpec spec() const;
    /// What only this track shows has come.
    void showContents(const std::string& track);
    void askForContents();
    void addTracks();
    void addReferences();
    [[nodiscard]] QString toolTipOf(size_t variant) const;
    void take(const QString& step, const LocusLayout& layout);
    [[nodiscard]] std::vector<std::filesystem::path> studyTracks() const;
    void markPeople(); ///< who is selected
    void makeRoom();   ///< for as many tracks as there are
    void tellRegion(); ///< in words
    void showRegion();
    void takeRegion();
    void addBar();
    /// \param place 1-based
    void goRound(double place, int64_t reach, const QString& name);
    void goToWindow();
    void goToSnv();
    struct Option {
        int value;
        QString name, tip;
    };
    /// Buttons in the header of which one is down. \return by their values
    QButtonGroup* addChoice(const std::vector<Option>& options, int chosen);
    void addAttributionChoice();
    void addColourChoice();

    LocusBar* m_bar;
    std::vector<GeneModel> m_genes;
    std::optional<AxisRange> m_region;
    std::optional<AxisRange> m_seen; ///< as far as there are data
    bool m_showing = false;          ///< ranges change by the panel's doing
    Attribution m_attribution = Attribution::Ism;
    SnvColour m_colour = SnvColour::Maf;
    LocusLayout m_layout;
    std::vector<RegionOfInterest> m_regions;
    std::vector<ShownModel> m_models;
    std::vector<LocusTrack> m_tracks; ///< all that the locus has
    SnvReferences m_references;
    LocusContents* m_contents;
    TrackGrips* m_grips;
    TracksButton* m_tracksButton;
    ReferencesButton* m_referencesButton;
    QButtonGroup* m_colours = nullptr;
    QButtonGroup* m_attributions = nullptr;
};

} // namespace diploscope::ui
