// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/condition.h"
#include "analysis/genome_table.h"
#include "analysis/report_table.h"
#include "experiment/carried_variants.h"
#include "experiment/typed_edits.h"
#include "fuzz/fuzz_folder.h"
#include "genome/region_name.h"
#include "genome/variant_name.h"
#include "io/text_reader.h"
#include "io/vcf_sites.h"
#include "model/track_list.h"

/// What people type and paste, and lists of changes.
namespace diploscope::fuzz {

inline void filter(std::string_view bytes) {
    static const std::shared_ptr<const GenomeTable> table = [] {
        GeneRow gene;
        gene.geneId = "ENSG1";
        gene.geneName = "GENA";
        gene.r = 0.5;
        return GenomeTable::make({ModelGenes{"m", {gene}, {}}}, 0, NullChoice::Published);
    }();
    if (const auto parsed = Condition::parse(bytes, *table))
        (void)parsed->rows(*table);
}

inline const std::shared_ptr<const GeneReport>& smallReport() {
    static const std::shared_ptr<const GeneReport> report = [] {
        auto made = std::make_shared<GeneReport>();
        made->window = {"22", 100, 120};
        made->members = {"m"};
        for (const int64_t position : {104, 104, 110}) {
            VariantResult variant;
            static_cast<Variant&>(variant) = {"22", position, "A", made->variants.empty() ? "C" : "G"};
            variant.id = "rs5";
            variant.maf = 0.25;
            made->variants.push_back(std::move(variant));
        }
        for (const char* sample : {"ANN", "BEN", "HG 3"}) {
            PersonResult person;
            person.sample = sample;
            person.observed = 1;
            made->people.push_back(std::move(person));
        }
        return made;
    }();
    return report;
}

/// Conditions on the SNVs or the people of a gene.
inline void condition(std::string_view bytes) {
    for (const ReportTable::Rows rows : {ReportTable::Rows::Variants, ReportTable::Rows::People}) {
        const ReportTable table(smallReport(), rows);
        if (const auto parsed = Condition::parse(bytes, table))
            (void)parsed->rows(table);
    }
}
/// Lists of SNVs and people.
inline void names(std::string_view bytes) {
    (void)namedIn(*smallReport(), bytes);
}

/// What stands for a variant, a place, a region, tracks, bins, a number.
inline void words(std::string_view bytes) {
    (void)parseVariantName(bytes);
    (void)parseVariant(bytes, {"chr1", "22"});
    (void)parsePlace(bytes);
    (void)parseRegion(bytes, {"chr1", "22"});
    static const TrackList tracks{{"CNhs1", "CAGE:brain, adult,"}, {"CNhs2", "DNASE:liver"}, {"", "x"}};
    (void)chooseTracks(bytes, 3, &tracks);
    (void)chooseBins(bytes, 896);
    double number = 0;
    int64_t integer = 0;
    (void)parseNumber(bytes, number);
    (void)parseInteger(bytes, integer);
    std::vector<std::string_view> fields;
    for (const char separator : {',', '\t', ' '}) {
        splitFields(bytes, separator, fields);
        splitRow(bytes, separator, fields, 3);
    }
}

/// Of a locus nothing is asked but its bases and who carries what.
class NoModel final : public Predictor {
public:
    NoModel() { m_info.input = {20, 10, StrandRule::Forward}; }
    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] std::string computation(Method) const override { return {}; }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>> prepare(const ReferenceWindow&, const OutputChoice&,
                                                                  Method) const override {
        return fail(ErrorKind::Unsupported, "It is no model.");
    }

private:
    ModelInfo m_info;
};

/// 20 bases of contig 22 from place 101 on, with an SNV at 105 and a deletion at 110.
inline const PreparedLocus& smallLocus() {
    static const PreparedLocus locus = [] {
        Locus made;
        made.window.region = made.region = {"22", 100, 120};
        made.window.tssOffset = 10;
        made.window.flank = 10;
        made.window.context = "CCCCCCCCCCACGTACGTACGTACGTACGTGGGGGGGGGG";
        made.alleles.region = {"22", 90, 130};
        made.alleles.people = {"ANN", "BEN"};
        made.alleles.sites.push_back({104, "rs5", "A", {"G", "T"}});
        made.alleles.sites.push_back({109, "", "CG", {"C"}});
        made.alleles.alleles = {1, 0, 2, 1, 0, 1, 0, 0};
        made.haplotypes = cutToWindow(buildHaplotypes(made.alleles, 100, VariantMode::SnvAndIndel), 20, 10);
        auto model = std::make_shared<NoModel>();
        std::vector<ScoreMember> members = membersOf(model, defaultScore(model->info()));
        return PreparedLocus(std::move(made), VariantMode::SnvAndIndel, std::move(members), {});
    }();
    return locus;
}

inline void checkChanges(const std::vector<Variant>& changes) {
    const PreparedLocus& locus = smallLocus();
    const Result<EditList> edits = checkedEdits(locus, changes);
    (void)deletedBases(changes);
    if (!edits)
        return;
    for (size_t haplotype = 0; haplotype < 2 * locus.people().size(); ++haplotype) {
        const EditedHaplotype edited = withEdits(locus, locus.wholeHaplotype(haplotype), *edits);
        for (int64_t offset = 0; offset < 20; ++offset)
            if (baseAt(locus, edited.edits, offset) != '\0')
                (void)withBase(locus, edited.edits, offset, 'T');
    }
}

/// Changes as they are typed, one after the other, with and without a place that is pointed at.
inline void edits(std::string_view bytes) {
    const std::vector<std::string> contigs{"22", "X"};
    std::vector<Variant> changes;
    while (!bytes.empty()) {
        const std::string_view one = takePart(bytes);
        for (const std::optional<int64_t> place : {std::optional<int64_t>(), std::optional<int64_t>(104)})
            if (const Result<Variant> edit = typedEdit(one, smallLocus(), contigs, place)) {
                checkChanges({*edit});
                if (changes.size() < 8)
                    changes = withChanges(std::move(changes), {*edit});
            }
        (void)variantMeant(one, smallLocus(), contigs);
    }
    checkChanges(changes);
}
inline void vcfSites(std::string_view bytes) {
    if (const auto changes = readVcfSites(fileOf("sites.vcf", bytes), {"22", "X"})) {
        checkChanges(*changes);
        (void)readVcfSites(fileOf("again.vcf", vcfOfSites(*changes, {})), {"22", "X"});
    }
}
inline void variantList(std::string_view bytes) {
    (void)readVariantList(fileOf("variants.txt", bytes), smallLocus(), {"22", "X"});
}

} // namespace diploscope::fuzz
