// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sequence/snv_panel.h"
#include "viewmodels/ism_track.h"
#include "viewmodels/locus_files.h"
#include "viewmodels/locus_layout.h"
#include "viewmodels/model_track.h"
#include "viewmodels/region_of_interest.h"
#include "viewmodels/snv_references.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace diploscope {
class Annotation;
}

namespace diploscope::ui {

struct HaplotypeRows;
struct LinkageTriangle;

/// A gene as the locus shows it; 1-based closed positions.
struct GeneModel {
    QString name;
    double start = 0;
    double end = 0;
    Strand strand = Strand::Forward;
    std::vector<std::pair<double, double>> exons; ///< empty where the annotation has none
    bool analysed = false;                        ///< the gene that the page is about
};

/// The genes near `region` (by as much again on both sides, where a person may pan), the analysed one first,
/// then the longest. The gene's own contig name in the annotation is found by its id, because `region` uses
/// the reference's.
[[nodiscard]] std::vector<GeneModel> geneModels(const Annotation& annotation, const Gene& gene,
                                                const Region& region);

/// The locus of one gene: what the model and what people say along the same positions. An immutable snapshot.
struct LocusTracks {
    struct Association {
        double position = 0; ///< 1-based
        double minusLog10P = 0;
        std::optional<double> r2; ///< with the LD reference; empty while or where it is not known
        size_t reference = 0;     ///< of several, the one that this largest r2 is with: counts references
        size_t variant = 0;       ///< index into the report's
    };
    /// An SNV that others are held against.
    struct Reference {
        QString name;                ///< "rs1332018"; empty: the report lacks it
        double position = 0;         ///< 1-based
        std::optional<size_t> point; ///< among associations
    };
    /// That an SNV is causal, by fine mapping.
    struct Probability {
        double position = 0; ///< 1-based
        double pip = 0;
        int64_t credibleSet = 0; ///< from 1; 0: in none
        size_t variant = 0;      ///< index into the report's
    };
    /// Of the people who lack a genotype.
    struct Missing {
        double position = 0;  ///< 1-based
        double fraction = 0;  ///< of the report's people
        bool leftOut = false; ///< of eQTL, PIP and drivers: above mostMissing
        size_t variant = 0;   ///< index into the report's
    };
    static constexpr double mostMissing = 1.0 / MissingOneIn;

    IsmTrack ism;
    std::shared_ptr<const std::string> bases; ///< from ism.windowStart on; null: not known
    std::vector<GeneModel> genes;
    std::vector<Association> associations;          ///< by position; those with a p
    std::vector<Association> importedAssociations;  ///< of the study's tables, without r2
    std::vector<DriverMark> drivers;                ///< `point` counts associations
    std::vector<Probability> probabilities;         ///< by position; empty without fine mapping
    std::vector<Probability> importedProbabilities; ///< of the study's tables, as in no set
    int64_t credibleSets = 0;                       ///< in `probabilities`
    std::vector<Missing> missing;                   ///< by position; empty where no SNV is left out
    std::optional<size_t> leadPoint;                ///< the gene's lead variant among associations
    std::vector<Reference> references; ///< of LD; one: r2 on a scale; several: each has a hue of its own
    std::optional<Reference> given;    ///< associations are those left beside it; empty: of each SNV alone

    std::shared_ptr<const HaplotypeRows> haplotypes; ///< null: not asked for, or not there yet
    std::shared_ptr<const LinkageTriangle> triangle; ///< null as above
    std::vector<ModelTrack> models;                  ///< other models' effects, those that are asked for
    std::vector<ShownFile> files;                    ///< those without data are not there yet
    std::vector<RegionOfInterest> regions;           ///< of this contig
    std::vector<LocusTrack> tracks; ///< all that there are, as they stand before a person arranges them
    LocusLayout layout;

    [[nodiscard]] bool hasFineMapping() const {
        return !probabilities.empty() || !importedProbabilities.empty();
    }
};

/// The tracks that a report has something for, other models behind the model's own effects, files below all.
[[nodiscard]] std::vector<LocusTrack> tracksIn(const GeneReport& report,
                                               const std::vector<ShownModel>& models = {},
                                               const std::vector<ShownFile>& files = {});

/// The bases of which something is seen between two places on an axis that counts them from 1: base b lies
/// from b - 0.5 to b + 0.5.
[[nodiscard]] Region seenRegion(const std::string& contig, double first, double last);

/// \param linkages null while they are being computed \param given null: eQTL effects of each SNV alone
[[nodiscard]] LocusTracks locusTracks(const GeneReport& report, std::vector<GeneModel> genes,
                                      const Linkages* linkages, Attribution attribution = Attribution::Ism,
                                      SnvColour colour = SnvColour::Maf, const EqtlGiven* given = nullptr);

} // namespace diploscope::ui
