// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/methods_text.h"

#include "analysis/provenance.h"
#include "stats/allelic_imbalance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace diploscope {

namespace {

/// A work that is cited, and the paragraph's words for it.
struct CitedWork {
    const char* shortForm;
    const char* full;
};
constexpr CitedWork Sasse{
    "Sasse et al. 2023",
    "Sasse A, Ng B, Spiro AE, Tasaki S, Bennett DA, Gaiteri C, De Jager PL, Chikina M, Mostafavi S. "
    "Benchmarking of deep neural networks for predicting personal gene expression from DNA sequence "
    "highlights shortcomings. Nat. Genet. 55, 2060–2064 (2023). doi:10.1038/s41588-023-01524-6"};
constexpr CitedWork Avsec{
    "Avsec et al. 2021",
    "Avsec Ž, Agarwal V, Visentin D, Ledsam JR, Grabska-Barwinska A, Taylor KR, Assael Y, Jumper J, Kohli P, "
    "Kelley DR. Effective gene expression prediction from sequence by integrating long-range interactions. "
    "Nat. Methods 18, 1196–1203 (2021). doi:10.1038/s41592-021-01252-x"};
constexpr CitedWork Linder{
    "Linder et al. 2025",
    "Linder J, Srivastava D, Yuan H, Agarwal V, Kelley DR. Predicting RNA-seq coverage from DNA sequence as "
    "a unifying model of gene regulation. Nat. Genet. 57, 949–961 (2025). doi:10.1038/s41588-024-02053-6"};
constexpr CitedWork Agarwal{
    "Agarwal and Shendure 2020",
    "Agarwal V, Shendure J. Predicting mRNA abundance directly from genomic sequence using deep "
    "convolutional neural networks. Cell Rep. 31, 107663 (2020). doi:10.1016/j.celrep.2020.107663"};
constexpr CitedWork Gamazon{
    "Gamazon et al. 2015",
    "Gamazon ER, Wheeler HE, Shah KP, Mozaffari SV, Aquino-Michaels K, Carroll RJ, Eyler AE, Denny JC, GTEx "
    "Consortium, Nicolae DL, Cox NJ, Im HK. A gene-based association method for mapping traits using "
    "reference transcriptome data. Nat. Genet. 47, 1091–1098 (2015). doi:10.1038/ng.3367"};
constexpr CitedWork Wang{
    "Wang et al. 2020",
    "Wang G, Sarkar A, Carbonetto P, Stephens M. A simple new approach to variable selection in regression, "
    "with application to genetic fine mapping. J. R. Stat. Soc. B 82, 1273–1300 (2020). "
    "doi:10.1111/rssb.12388"};
constexpr CitedWork Benjamini{
    "Benjamini and Hochberg 1995",
    "Benjamini Y, Hochberg Y. Controlling the false discovery rate: a practical and powerful approach to "
    "multiple testing. J. R. Stat. Soc. B 57, 289–300 (1995). doi:10.1111/j.2517-6161.1995.tb02031.x"};

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return text;
}

class MethodsWriter {
public:
    explicit MethodsWriter(const MethodsSubject& subject) : m_subject(subject) {}

    MethodsText write() {
        study();
        if (!has("people")) {
            imported();
        } else {
            haplotypes();
            scores();
            correlation();
            effects();
            drivers();
            fineMapping();
        }
        allGenes();
        return std::move(m_text);
    }

private:
    [[nodiscard]] std::string line(std::string_view key) const {
        return provenanceLine(m_subject.provenance, key);
    }
    [[nodiscard]] bool has(std::string_view key) const { return !line(key).empty(); }
    /// A line whose value is not the word for nothing.
    [[nodiscard]] bool isUsed(std::string_view key) const {
        const std::string value = line(key);
        return !value.empty() && value != "none" && value != "nothing" && value != "off";
    }
    std::string cite(const CitedWork& work) {
        std::vector<std::string>& references = m_text.references;
        if (std::find(references.begin(), references.end(), work.full) == references.end())
            references.emplace_back(work.full);
        return work.shortForm;
    }
    void say(std::string sentence) { m_sentences.push_back(std::move(sentence)); }
    void endParagraph() {
        if (!m_sentences.empty())
            m_text.paragraphs.push_back(fmt::format("{}", fmt::join(m_sentences, " ")));
        m_sentences.clear();
    }

    void study() {
        if (has("program"))
            say(has("study") ? fmt::format("Results were of the study {} and came from {}.", line("study"),
                                           line("program"))
                             : fmt::format("Results came from {}.", line("program")));
        if (has("build"))
            say(fmt::format("Coordinates were of genome build {}.", line("build")));
        if (has("phenotypes"))
            say(fmt::format(
                "Genotypes of {} people came from {}, the reference sequence from {} and observed "
                "values of {} phenotypes from {}, each of which stood at the centre of its row "
                "where this text has a TSS.",
                line("people"), line("genotypes"), line("reference"), line("phenotypes"),
                line("expression")));
        else if (has("people"))
            say(fmt::format("Genotypes of {} people came from {}, gene models from {}, the reference "
                            "sequence from {} and observed expression from {}.",
                            line("people"), line("genotypes"), line("annotation"), line("reference"),
                            line("expression")));
        if (isUsed("expression_transform"))
            say(fmt::format("Expression was transformed: {}.", line("expression_transform")));
        if (has("stored_run"))
            say(fmt::format("The numbers were those of a stored {}.", line("stored_run")));
    }

    void imported() {
        std::vector<std::string> sources;
        for (const auto& [key, value] : m_subject.provenance)
            if (key != "program" && key != "study" && key != "build" && key != "model" &&
                key != "stored_run" && !value.empty())
                sources.push_back(fmt::format("{} ({})", value, key));
        if (has("model"))
            say(fmt::format("Predictions were of {}{}.", line("model"), paperOfModel()));
        say(sources.empty() ? std::string("They were imported, not computed by the program.")
                            : fmt::format("They were imported, not computed by the program, from {}.",
                                          fmt::join(sources, "; ")));
        endParagraph();
    }

    void haplotypes() {
        say(fmt::format("Each person’s two haplotypes were the reference sequence with the person’s phased "
                        "alleles of {}; a missing genotype counted as the reference allele.",
                        line("variants")));
        if (line("unphased") == "refused")
            say("Heterozygous genotypes without a phase were refused.");
        else if (has("unphased"))
            say("Alleles of heterozygous genotypes without a phase were taken in the order listed.");
        if (has("phase_sets") && line("phase_sets") != "as listed")
            say("People with several phase sets in a gene’s window were left out.");
        endParagraph();
    }

    /// By what the model says of itself: its kind, or its name.
    std::string paperOfModel() {
        const std::string words = lowered(fmt::format("{} {}", m_subject.modelKind, line("model")));
        const auto says = [&words](std::string_view word) { return words.find(word) != std::string::npos; };
        if (says("enformer"))
            return fmt::format(" (for Enformer see {})", cite(Avsec));
        if (says("borzoi"))
            return fmt::format(" (for Borzoi see {})", cite(Linder));
        if (says("xpresso"))
            return fmt::format(" (for Xpresso see {})", cite(Agarwal));
        return {};
    }

    void scores() {
        say(fmt::format("Predictions were of the model {}{}.", line("model"), paperOfModel()));
        if (has("model_checksum"))
            say(fmt::format("The checksum of its description and weights was {}.", line("model_checksum")));
        if (isUsed("model_note"))
            say(fmt::format("Of this model it was noted: {}.", line("model_note")));
        if (has("model_input"))
            say(fmt::format("Its input was {}.", line("model_input")));
        if (has("output"))
            say(fmt::format("A score was made of its output so: {}{}{}.", line("output"),
                            has("tracks") && line("tracks") != "not named" ? "; tracks: " : "",
                            line("tracks") != "not named" ? line("tracks") : std::string()));
        if (isUsed("averaged_over"))
            say(fmt::format("Each score was the mean over {}.", line("averaged_over")));
        say("A person’s prediction was the mean score of both haplotypes.");
        if (has("method"))
            say(fmt::format("Scores were computed by this method: {}{}{}.", line("method"),
                            isUsed("self_check") ? "; checked: " : "",
                            isUsed("self_check") ? line("self_check") : std::string()));
        endParagraph();
    }

    void correlation() {
        say(fmt::format("Observed and predicted expression were compared across {} by Pearson’s r, whose "
                        "two-sided p was of t with n − 2 degrees of freedom.",
                        m_subject.correlated
                            ? fmt::format("the {} people who had both", *m_subject.correlated)
                            : std::string("the people who had both")));
        if (isUsed("bootstrap"))
            say(fmt::format("The 95 % interval of r came from a bootstrap: {}.", line("bootstrap")));
        if (isUsed("null"))
            say(fmt::format("Each gene’s r was held against random predictors as proposed by {}, which gave "
                            "every SNV of the window an independent standard normal weight ({}). The "
                            "published p compared |r| with their mean |r| by t = (|r| − mean) / √(sd / K); "
                            "the calibrated p took the model as one more draw; the empirical p was the share "
                            "of predictors that reached |r|, the model counted among them.",
                            cite(Sasse), line("null")));
        if (isUsed("haplotype_counts"))
            say(fmt::format(
                "People’s two copies were held against reads by haplotype ({}): the log2 ratio of the reads "
                "of "
                "the first and the second haplotype, half a read added to both and of at least {} reads, "
                "against the difference of the haplotypes’ scores, by a correlation through 0 with n − 1 "
                "degrees of freedom.",
                line("haplotype_counts"), FewestHaplotypeReads));
        endParagraph();
    }

    void effects() {
        if (!has("effect_allele"))
            return;
        say(fmt::format(
            "The model’s effect of an SNV (in silico mutagenesis, ISM) was the change of the "
            "score when its allele replaced the reference’s in the reference sequence. Effects of "
            "model and eQTL were per copy of the same allele, the {} one.",
            line("effect_allele")));
        if (line("variants") == "SNVs and indels")
            say("Indels and substitutions of several bases were taken like SNVs; the effect of an indel was "
                "the "
                "mean over making room for it at the left and at the right end of the window.");
        if (isUsed("gradient"))
            say(fmt::format("Gradients were taken {}.", line("gradient")));
        say(fmt::format("eQTL slopes were of ordinary least squares of observed expression on dosage{}. SNVs "
                        "without a genotype in more than 20 % of the people were left out of lead variant, "
                        "LD, fine mapping and drivers.",
                        isUsed("covariates") ? fmt::format(", both after the covariates of {} were taken "
                                                           "out",
                                                           line("covariates"))
                                             : std::string()));
        endParagraph();
    }

    void drivers() {
        const std::string how = line("drivers");
        if (how.empty())
            return;
        const size_t colon = how.find("; ");
        const std::string thresholds = colon == std::string::npos ? std::string() : how.substr(colon + 2);
        say(how.starts_with("forward")
                ? fmt::format("Drivers were found as by {}: SNVs were added up in the order of their |ISM|, "
                              "and those were drivers that raised the correlation of the sum of ISM × dosage "
                              "with the prediction by enough ({}).",
                              cite(Sasse), thresholds)
                : fmt::format("Drivers were found backwards: the SNVs whose removal cost most of the "
                              "correlation of the sum of ISM × dosage with the prediction were removed one "
                              "by one, until the rest was no longer correlated ({}).",
                              thresholds));
        say("A driver was supported where its ISM and its eQTL slope had the same sign and unsupported where "
            "they had opposite signs; it was undecidable where the slope’s 95 % interval held 0, or its sign "
            "turned with the gene’s lead variant as a covariate.");
        endParagraph();
    }

    void fineMapping() {
        if (!isUsed("fine_mapping"))
            return;
        say(fmt::format("Fine mapping of observed expression was by {}, with LD of the people themselves "
                        "({}).",
                        line("fine_mapping"), cite(Wang)));
        endParagraph();
    }

    void allGenes() {
        if (m_subject.ofAllGenes) {
            say(fmt::format("Of all genes, p was that of the {} null{}, and q its false discovery rate ({}) "
                            "over the genes with an r and a null that could be tested; genes with q ≤ 0.05 "
                            "were called significant.",
                            toText(*m_subject.ofAllGenes),
                            *m_subject.ofAllGenes == NullChoice::Published ? fmt::format(" ({})", cite(Sasse))
                                                                           : std::string(),
                            cite(Benjamini)));
            if (m_subject.withPredixcan)
                say(fmt::format("PrediXcan’s r ({}) stood beside where it was known.", cite(Gamazon)));
        }
        endParagraph();
    }

    const MethodsSubject& m_subject;
    MethodsText m_text;
    std::vector<std::string> m_sentences;
};

} // namespace

MethodsText methodsText(const MethodsSubject& subject) {
    return MethodsWriter(subject).write();
}

} // namespace diploscope
