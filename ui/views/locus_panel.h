// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/locus_tracks.h"
#include "views/chart_panel.h"

class QButtonGroup;

namespace diploscope::ui {

class LocusBar;

/// The gene's locus: gene models, ISM, eQTL and PIP on one x axis. LD with the selected SNV, else with the
/// lead, is computed by a job; until it is there the eQTL track stands in grey. A click selects an SNV. The
/// model's effects are ISM or, on request, the gradient's; their colours MAF or the carrier fraction.
class LocusPanel final : public ChartPanel {
    Q_OBJECT

public:
    LocusPanel(Session& session, Selection& selection, QWidget* parent = nullptr);
    /// The LD shown; null while it is computed.
    [[nodiscard]] const std::shared_ptr<const Linkage>& linkage() const { return m_linkage; }

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
    [[nodiscard]] LocusBar& bar() const { return *m_bar; }

Q_SIGNALS:
    void linkageShown();
    // By the user; it is shown already.
    void snvColourChosen(SnvColour colour);
    void attributionChosen(Attribution attribution);
    void regionChosen(); ///< by zooming or moving
    /// At once, to a place of a name: "TSS ±1 kb".
    void placeChosen(const QString& name);
    /// Not shown: where that is, others know.
    void placeTyped(const QString& text);

private:
    void refresh(ChartView::Keep keep) override;
    void reportReplaced() override;
    void askForLinkage();
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
    std::shared_ptr<const Linkage> m_linkage;
    std::optional<Variant> m_asked; ///< the reference that a job is at work on
    std::vector<GeneModel> m_genes;
    std::optional<AxisRange> m_region;
    std::optional<AxisRange> m_seen; ///< as far as there are data
    bool m_showing = false;          ///< ranges change by the panel's doing
    Attribution m_attribution = Attribution::Ism;
    SnvColour m_colour = SnvColour::Maf;
    QButtonGroup* m_colours = nullptr;
    QButtonGroup* m_attributions = nullptr;
};

} // namespace diploscope::ui
