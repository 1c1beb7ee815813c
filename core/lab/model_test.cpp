// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab/model_test.h"

#include "stats/correlation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <numeric>
#include <random>

namespace diploscope {

namespace {

constexpr double kRounding = 1e-5;     ///< of the largest value
constexpr int64_t kMostOutputs = 4096; ///< that are all asked for to see the shape
constexpr int kEdits = 24;

using Outcome = ModelCheck::Outcome;

class Tester {
public:
    Tester(const Predictor& model, const OutputChoice& output, const RunContext& context)
        : m_model(model), m_output(output), m_context(context), m_random(16) {
        for (std::string& bases : m_sequences)
            bases = randomBases();
    }

    Result<std::vector<ModelCheck>> run() {
        using Step = Result<ModelCheck> (Tester::*)();
        constexpr std::array<Step, 9> steps{&Tester::answers,      &Tester::shape,    &Tester::determinism,
                                            &Tester::unknownBases, &Tester::batches,  &Tester::strands,
                                            &Tester::edits,        &Tester::gradient, &Tester::speed};
        for (const Step step : steps) {
            DS_TRY(m_context.checkpoint());
            Result<ModelCheck> check = (this->*step)();
            if (!check && check.error().kind == ErrorKind::Cancelled)
                return fail(check.error());
            m_checks.push_back(
                check ? *check
                      : ModelCheck{"answers", Outcome::Failed, check.error().what, check.error().remedy});
            m_context.report("Testing", static_cast<int64_t>(m_checks.size()), steps.size());
            if (!check || (step == &Tester::shape && check->outcome == Outcome::Failed))
                break;
        }
        return std::move(m_checks);
    }

private:
    std::string randomBases() {
        std::string bases(static_cast<size_t>(m_model.info().input.length), 'N');
        for (char& base : bases)
            base = "ACGT"[m_random() % 4];
        return bases;
    }
    [[nodiscard]] Result<std::unique_ptr<LocusPredictor>> locusOf(const std::string& bases,
                                                                  const OutputChoice& output) const {
        return m_model.prepare(windowOverSequence(bases, m_model.info().input), output, Method::Fast);
    }
    /// Sequences of a length, all asked for at once as edits of the first. \return [sequences x outputs]
    [[nodiscard]] Result<Eigen::MatrixXd> valuesOf(const std::vector<std::string>& sequences,
                                                   const OutputChoice& output) const {
        DS_ASSIGN(const auto locus, locusOf(sequences.front(), output));
        std::vector<EditList> edits;
        for (const std::string& bases : sequences) {
            EditList list;
            for (size_t i = 0; i < bases.size(); ++i)
                if (bases[i] != sequences.front()[i])
                    list.push_back({static_cast<int64_t>(i), 1, std::string(1, bases[i])});
            edits.push_back(std::move(list));
        }
        return locus->predict(edits, m_context);
    }
    [[nodiscard]] Result<Eigen::MatrixXd> valuesOf(const std::vector<std::string>& sequences) const {
        return valuesOf(sequences, m_output);
    }
    [[nodiscard]] std::vector<std::string> firstSequences(size_t count) const {
        return {m_sequences.begin(), m_sequences.begin() + static_cast<std::ptrdiff_t>(count)};
    }
    /// Of two ways to the same values.
    [[nodiscard]] ModelCheck compared(std::string name, const std::string& what, const Eigen::MatrixXd& one,
                                      const Eigen::MatrixXd& other, std::string remedy) const {
        const double largest = std::max(one.cwiseAbs().maxCoeff(), 1e-30);
        const double difference = (one - other).cwiseAbs().maxCoeff() / largest;
        if (difference == 0)
            return {std::move(name), Outcome::Passed, what + ", the same to the last digit", {}};
        return {std::move(name), difference <= kRounding ? Outcome::Passed : Outcome::Failed,
                fmt::format("{}, different by {:.1e} of the largest value", what, difference),
                std::move(remedy)};
    }

    Result<ModelCheck> answers() {
        DS_ASSIGN(m_values, valuesOf(m_sequences));
        const ModelInfo& info = m_model.info();
        return ModelCheck{"answers",
                          Outcome::Passed,
                          fmt::format("{} ({}), as model.json declares it", info.name, info.kind),
                          {}};
    }

    Result<ModelCheck> shape() {
        const ModelInfo& info = m_model.info();
        OutputChoice all = m_output;
        if (int64_t{info.binCount} * info.trackCount <= kMostOutputs) {
            all = {};
            all.bins.resize(static_cast<size_t>(info.binCount));
            all.tracks.resize(static_cast<size_t>(info.trackCount));
            std::iota(all.bins.begin(), all.bins.end(), 0);
            std::iota(all.tracks.begin(), all.tracks.end(), 0);
        }
        DS_ASSIGN(const Eigen::MatrixXd values, valuesOf(firstSequences(2), all));
        const bool isFinite = values.allFinite() && m_values.allFinite();
        return ModelCheck{
            "shape", isFinite ? Outcome::Passed : Outcome::Failed,
            fmt::format("{} bins x {} tracks, {} of them asked for, {}", info.binCount, info.trackCount,
                        values.cols(), isFinite ? "all finite" : "not all finite"),
            "Every value of a sequence of A, C, G and T must be a number: look for logarithms of 0 "
            "and weights that are not those of the model."};
    }

    Result<ModelCheck> determinism() {
        DS_ASSIGN(const Eigen::MatrixXd again, valuesOf(m_sequences));
        return compared("determinism", fmt::format("{} sequences twice", m_sequences.size()), m_values, again,
                        "Switch off what is random (dropout: model.eval()), and fix seeds.");
    }

    Result<ModelCheck> unknownBases() {
        std::vector<std::string> sequences = firstSequences(2);
        for (size_t i = 0; i < sequences[0].size(); i += 10)
            sequences[0][i] = 'N';
        std::fill(sequences[1].begin(), sequences[1].end(), 'N');
        DS_ASSIGN(const Eigen::MatrixXd values, valuesOf(sequences));
        const bool isFinite = values.allFinite();
        return ModelCheck{
            "N", isFinite ? Outcome::Passed : Outcome::Failed,
            fmt::format("every tenth base unknown, and all, {}", isFinite ? "finite" : "not finite"),
            "N is four zeros in place of one 1; windows at the ends of contigs have many."};
    }

    Result<ModelCheck> batches() {
        Eigen::MatrixXd alone(m_values.rows(), m_values.cols());
        for (size_t i = 0; i < m_sequences.size(); ++i) {
            DS_ASSIGN(const Eigen::MatrixXd one, valuesOf({m_sequences[i]}));
            alone.row(static_cast<Eigen::Index>(i)) = one.row(0);
        }
        return compared(
            "batches", fmt::format("{} sequences together and one by one", m_sequences.size()), m_values,
            alone,
            "A sequence's values must not depend on others of its batch (batch norms: model.eval()), "
            "and must stand in the order of the sequences.");
    }

    Result<ModelCheck> strands() {
        std::vector<std::string> turned;
        for (const std::string& bases : m_sequences)
            turned.push_back(reverseComplement(bases));
        DS_ASSIGN(const Eigen::MatrixXd values, valuesOf(turned));
        const double difference =
            (values - m_values).cwiseAbs().maxCoeff() / std::max(m_values.cwiseAbs().maxCoeff(), 1e-30);
        const bool tells = difference > kRounding;
        const bool mustTell = m_model.info().input.strand == StrandRule::Gene;
        return ModelCheck{
            "strand",
            !mustTell ? Outcome::Told
            : tells   ? Outcome::Passed
                      : Outcome::Failed,
            fmt::format("reads {}; reverse complements {}",
                        mustTell ? "the gene's strand" : "the forward strand",
                        tells ? fmt::format("differ by {:.1e} of the largest value", difference)
                              : std::string("give the same")),
            "Sequences come as the model reads them, so it must not turn them round itself; one that "
            "takes both strands for the same has \"strand\": \"forward\"."};
    }

    /// Round the TSS and all over the sequence.
    std::vector<EditList> singleEdits() const {
        const InputShape& input = m_model.info().input;
        std::vector<EditList> edits(1);
        for (int i = 0; i < kEdits; ++i) {
            const int64_t at = i % 2 == 0 ? input.tssIndex + 4 * (i - kEdits / 2) : input.length * i / kEdits;
            const int64_t offset = std::clamp<int64_t>(at, 0, input.length - 1);
            const char base = m_sequences[0][static_cast<size_t>(offset)];
            edits.push_back({{offset, 1, base == 'A' ? "G" : base == 'G' ? "A" : base == 'C' ? "T" : "C"}});
        }
        return edits;
    }

    Result<ModelCheck> edits() {
        DS_ASSIGN(const auto locus, locusOf(m_sequences[0], m_output));
        DS_ASSIGN(const Eigen::MatrixXd values, locus->predict(singleEdits(), m_context));
        m_effects.resize(kEdits);
        for (Eigen::Index i = 0; i < kEdits; ++i)
            m_effects(i) = m_output.score(values.row(i + 1)) - m_output.score(values.row(0));
        const auto moved = (m_effects.array() != 0).count();
        const bool isGood = m_effects.allFinite() && moved > 0;
        return ModelCheck{
            "edits", isGood ? Outcome::Passed : Outcome::Failed,
            fmt::format("{} of {} single changes of a base change the score, by {:.2e} at most", moved,
                        kEdits, m_effects.cwiseAbs().maxCoeff()),
            "A score that no base changes is not the model's: look at the weights, at the choice of "
            "bins and tracks, and at the order of the one-hot rows (A, C, G, T)."};
    }

    Result<ModelCheck> gradient() {
        DS_ASSIGN(const auto locus, locusOf(m_sequences[0], m_output));
        const Result<Eigen::MatrixXd> gradient = locus->gradient(m_context);
        if (!gradient && gradient.error().kind == ErrorKind::Cancelled)
            return fail(gradient.error());
        if (!gradient)
            return ModelCheck{"gradient", Outcome::Told, "none: " + gradient.error().what, {}};
        constexpr std::string_view letters = "ACGT";
        Eigen::VectorXd linear(kEdits);
        const std::vector<EditList> all = singleEdits();
        for (Eigen::Index i = 0; i < kEdits; ++i) {
            const Edit& edit = all[static_cast<size_t>(i) + 1].front();
            const auto column = [&](char base) { return static_cast<Eigen::Index>(letters.find(base)); };
            const char base = m_sequences[0][static_cast<size_t>(edit.offset)];
            linear(i) =
                (*gradient)(edit.offset, column(edit.alt[0])) - (*gradient)(edit.offset, column(base));
        }
        const Correlation fit = pearson(linear, m_effects);
        // A model may bend, so that they agree by and large only; against its effects no gradient goes.
        const bool agrees = gradient->allFinite() && !(fit.r && *fit.r < 0);
        return ModelCheck{
            "gradient", agrees ? Outcome::Passed : Outcome::Failed,
            fmt::format("r with the effects of these changes {}",
                        fit.r ? fmt::format("{:.2f}", *fit.r) : std::string("undefined")),
            "Its gradient must be finite and rise where scores do; [length x 4], columns A, C, G, T."};
    }

    /// Of sequences that differ in a base, as most that a study asks for.
    Result<ModelCheck> speed() {
        using Clock = std::chrono::steady_clock;
        DS_ASSIGN(const auto locus, locusOf(m_sequences[0], m_output));
        const auto begin = Clock::now();
        double seconds = 0;
        int64_t count = 0;
        for (int round = 0; round < 2 || seconds < 2; ++round) {
            std::vector<EditList> batch;
            for (int64_t i = 0; i < locus->batchSize(); ++i)
                batch.push_back({{(count + i) % m_model.info().input.length, 1, "A"}});
            DS_TRY(locus->predict(batch, m_context));
            count += locus->batchSize();
            seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        }
        return ModelCheck{"speed",
                          Outcome::Told,
                          fmt::format("{:.1f} sequences a second, {} at a time", double(count) / seconds,
                                      locus->batchSize()),
                          {}};
    }

    const Predictor& m_model;
    const OutputChoice& m_output;
    const RunContext& m_context;
    std::mt19937_64 m_random;
    std::vector<std::string> m_sequences{5};
    Eigen::MatrixXd m_values; ///< of m_sequences
    Eigen::VectorXd m_effects;
    std::vector<ModelCheck> m_checks;
};

} // namespace

Result<std::vector<ModelCheck>> testModel(const Predictor& model, const OutputChoice& output,
                                          const RunContext& context) {
    if (model.info().scoresOf == ScoresOf::Listed)
        return fail(ErrorKind::Unsupported,
                    fmt::format("The model \"{}\" is a table, which reads no sequences.", model.info().name),
                    {}, "`diploscope check` holds a table against the study's alleles and people.");
    if (model.info().scoresOf == ScoresOf::Elsewhere)
        return fail(ErrorKind::Unsupported,
                    fmt::format("The model \"{}\" is run elsewhere: nothing can be asked of it here.",
                                model.info().name),
                    {}, "Try it where it runs.");
    return Tester(model, output, context).run();
}

} // namespace diploscope
