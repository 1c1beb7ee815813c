// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job_runner.h"
#include "viewmodels/haplotype_rows.h"
#include "viewmodels/linkage_triangle.h"
#include "viewmodels/locus_files.h"
#include "viewmodels/snv_references.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace diploscope::ui {

/// What tracks of a locus show beyond its report, worked out by jobs once they are shown: LD with the SNVs
/// that others are held against, eQTL effects beside one, rows of haplotypes, LD of the SNVs in view, what
/// files have there. GUI thread.
class LocusContents : public QObject {
    Q_OBJECT

public:
    /// What the locus shows.
    struct Wish {
        std::shared_ptr<const GeneReport> report; ///< null: nothing
        std::shared_ptr<const Study> study = {};  ///< the report's
        LocusLayout layout = {};
        SnvReferences references = {};
        std::optional<size_t> variant = {}; ///< selected, of the report
        double first = 0, last = 0;         ///< what is seen, 1-based, closed
        std::vector<ShownFile> files = {};  ///< without data
    };

    explicit LocusContents(JobRunner& jobs, QObject* parent = nullptr);

    /// To be told of every change; asks for what is not there and not asked for yet.
    void want(const Wish& wish);
    /// LD with what is pinned, else with the selected SNV, else with the lead; until it is there, the one
    /// before. Null where nothing is known yet.
    [[nodiscard]] const std::shared_ptr<const Linkages>& linkages() const { return m_linkages; }
    /// Null where effects are of each SNV alone, or not there yet; until others are there, those before.
    [[nodiscard]] const std::shared_ptr<const EqtlGiven>& given() const { return m_given; }
    /// Null where it is not wanted or not there yet. Until others are there, those of the order before.
    [[nodiscard]] const std::shared_ptr<const HaplotypeRows>& haplotypes() const { return m_haplotypes; }
    [[nodiscard]] const std::shared_ptr<const LinkageTriangle>& triangle() const { return m_triangle; }

    /// Files with what is read of them so far.
    [[nodiscard]] std::vector<ShownFile> withData(std::vector<ShownFile> files) const;

Q_SIGNALS:
    void changed(const std::string& track); ///< what that track shows
    void failed(const diploscope::Error& error);

private:
    void wantLinkages();
    void wantGiven();
    void wantHaplotypes();
    void wantTriangle();
    void askForTriangle();
    void wantFiles();
    [[nodiscard]] bool shows(std::string_view track) const;

    JobRunner& m_jobs;
    Wish m_wish;
    /// What dosages decide: asked for, or there.
    struct DosageKey {
        std::shared_ptr<const GeneReport> report;
        std::vector<size_t> variants;
    };
    /// Whether that is what was asked for already.
    [[nodiscard]] bool isAsked(std::optional<DosageKey>& asked, const std::vector<size_t>& variants) const;
    std::optional<DosageKey> m_linkagesAsked;
    std::shared_ptr<const Linkages> m_linkages;
    std::optional<DosageKey> m_givenAsked;
    std::shared_ptr<const EqtlGiven> m_given;
    /// What decides rows: asked for, or there.
    struct RowKey {
        std::shared_ptr<const GeneReport> report;
        RowOrder order = RowOrder::Similarity;
        std::optional<size_t> variant;
        friend bool operator==(const RowKey&, const RowKey&) = default;
    };
    std::optional<RowKey> m_rowsAsked;
    /// Of the haplotypes, whatever rows are sorted by: worked out once, which takes the most time.
    struct Similarity {
        std::shared_ptr<const Study> study;
        std::shared_ptr<const GeneReport> report; ///< null: of none
        std::shared_ptr<const HaplotypeOrder> order;
    };
    Similarity m_similarity;
    std::shared_ptr<const HaplotypeRows> m_haplotypes;
    struct TriangleKey {
        std::shared_ptr<const GeneReport> report;
        double first = 0, last = 0;
        friend bool operator==(const TriangleKey&, const TriangleKey&) = default;
    };
    std::optional<TriangleKey> m_triangleAsked;
    std::shared_ptr<const LinkageTriangle> m_triangle;
    Region m_filesRegion; ///< what m_files were read for
    /// Asked for; null: being read, or could not be, which was told.
    std::map<std::filesystem::path, std::shared_ptr<const LaidOutTrack>> m_files;
    QTimer m_pause; ///< LD waits until a person has stopped panning
};

} // namespace diploscope::ui
