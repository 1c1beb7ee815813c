// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/stage_clock.h"
#include "base/words.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "cli/options/model_argument.h"
#include "cli/options/score_options.h"
#include "model/predictor.h"
#include "scoring/locus_scorer.h"
#include "scoring/score_case.h"
#include "sequence/reference_window.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iterator>

namespace diploscope::cli {

namespace {

struct ScoringRequest {
    std::string model;
    std::filesystem::path sequence;
    std::filesystem::path caseFile;
    std::filesystem::path out;
    std::string device = "cpu";
    std::string precision = "fp32";
    bool plain = false;
    bool trust = false;
    int threads = 0;
    ScoreRequest score;

    /// Is one number a sequence asked for, in place of the model's values?
    [[nodiscard]] bool asksForScores() const {
        return !score.aggregate.empty() || !score.head.empty() || score.shifts || score.reverseComplement;
    }
};

/// `edit, bin, track, value`; edit -1 is the reference.
std::string tableOf(const Eigen::MatrixXd& values, const OutputChoice& output) {
    std::string text = "edit\tbin\ttrack\tvalue\n";
    for (int64_t row = 0; row < values.rows(); ++row) {
        int64_t column = 0;
        for (const int bin : output.bins)
            for (const int track : output.tracks)
                fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{:.9g}\n", row - 1, bin, track,
                               values(row, column++));
    }
    return text;
}

/// The model's values, batch by batch.
Result<std::string> valueTable(const Predictor& model, const ReferenceWindow& window,
                               const OutputChoice& output, Method method,
                               const std::vector<EditList>& sequences, const RunContext& context) {
    DS_ASSIGN(const std::unique_ptr<LocusPredictor> locus, model.prepare(window, output, method));
    const auto total = static_cast<int64_t>(sequences.size());
    Eigen::MatrixXd values(total, static_cast<int64_t>(output.bins.size() * output.tracks.size()));
    for (int64_t begin = 0; begin < total; begin += locus->batchSize()) {
        context.report("Predicting sequences", begin, total);
        const int64_t count = std::min(locus->batchSize(), total - begin);
        DS_ASSIGN(values.middleRows(begin, count),
                  locus->predict(
                      std::span(sequences).subspan(static_cast<size_t>(begin), static_cast<size_t>(count)),
                      context));
    }
    context.report("Predicting sequences", total, total);
    return tableOf(values, output);
}

/// `edit, score`, and `sd` where the score is the mean of several predictions.
Result<std::string> scoreTable(const std::shared_ptr<const Predictor>& model, const ReferenceWindow& wide,
                               const ScoreOptions& score, Method method,
                               const std::vector<EditList>& sequences, const RunContext& context) {
    const std::vector<ScoreMember> members = membersOf(model, score);
    Eigen::MatrixXd byMember(static_cast<Eigen::Index>(sequences.size()),
                             static_cast<Eigen::Index>(members.size()));
    for (size_t m = 0; m < members.size(); ++m) {
        LocusScorer scorer({method, nullptr, 0}, members[m], wide);
        const std::span column(byMember.col(static_cast<Eigen::Index>(m)).data(), sequences.size());
        DS_TRY(scorer.score(sequences, column,
                            fmt::format("Predicting sequences, {} of {}", m + 1, members.size()), context,
                            [] {}));
    }
    std::string text = members.size() > 1 ? "edit\tscore\tsd\n" : "edit\tscore\n";
    for (Eigen::Index row = 0; row < byMember.rows(); ++row) {
        fmt::format_to(std::back_inserter(text), "{}\t{:.9g}", row - 1, byMember.row(row).mean());
        if (const auto spread = spreadOf(byMember.row(row)))
            fmt::format_to(std::back_inserter(text), "\t{:.9g}", *spread);
        text += '\n';
    }
    return text;
}

Result<void> score(const ScoringRequest& request) {
    const RunContext context = consoleContext();
    const StageTime time(context, Stage::Model);
    PredictorOptions options;
    DS_ASSIGN(options.devices, parseDevices(request.device));
    options.precision = request.precision == "fp64" ? Precision::Double : Precision::Single;
    options.threads = request.threads;
    DS_ASSIGN(std::string bases, readSequenceFile(request.sequence));
    // Of a model that does not say how much it reads.
    options.inputLength = static_cast<int64_t>(bases.size()) - 2 * int64_t{request.score.shifts.value_or(0)};
    DS_ASSIGN(const ScoredModel opened,
              openAllowedModel(request.trust,
                               {.place = request.model, .score = request.score, .options = options}));
    const std::shared_ptr<const Predictor>& model = opened.predictor;
    ModelInfo info = model->info();
    ScoreOptions score = opened.score;
    const int64_t needed = info.input.length + 2 * int64_t{score.shifts};
    if (static_cast<int64_t>(bases.size()) != needed)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The sequence has {} bases, but the model \"{}\" reads {}{}.", bases.size(),
                                info.name, info.input.length,
                                score.shifts > 0
                                    ? fmt::format(" and shifts need {} more on both sides", score.shifts)
                                    : std::string()),
                    request.sequence.string());
    InputShape shape = info.input;
    shape.tssIndex += score.shifts;
    const ReferenceWindow window = windowOverSequence(std::move(bases), shape);
    info.defaultOutput = score.output; // the case file may say otherwise; the command line is heard first
    DS_ASSIGN(const ScoreCase work, readScoreCase(request.caseFile, window.bases(), info));
    if (request.score.bins.empty())
        score.output.bins = work.output.bins;
    if (request.score.tracks.empty() && request.score.head.empty()) {
        score.output.tracks = work.output.tracks;
        score.output.head = work.output.head;
    }
    std::vector<EditList> sequences(1); // the reference
    sequences.insert(sequences.end(), work.edits.begin(), work.edits.end());

    const Method method = request.plain ? Method::Plain : Method::Fast;
    DS_ASSIGN(const std::string table,
              request.asksForScores() ? scoreTable(model, window, score, method, sequences, context)
                                      : valueTable(*model, window, score.output, method, sequences, context));
    DS_TRY(writeFileAtomically(request.out, table));
    finishProgress();
    say("{}: {}\n", counted(sequences.size(), "sequence", "sequences"), request.out.string());
    return {};
}

} // namespace

void addScoreCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<ScoringRequest>();
    CLI::App* command = program.add_subcommand("score", "Predict one sequence and single edits of it");
    command->footer(
        "The case file is JSON: {\"edits\": [{\"offset\": 8193, \"ref\": \"G\", \"alt\": \"C\"}, "
        "...], \"bins\": [...],\n"
        "\"tracks\": [...]}, offsets from 0; bins and tracks may be left out. The table has the "
        "columns edit, bin, track\n"
        "and value; edit -1 is the sequence itself, an edit whose alt is its ref too.\n"
        "With --aggregate, --head, --shifts or --reverse-complement it has edit, score and, for a "
        "mean, sd.\n"
        "Shifts need a sequence that is longer by N bases on both sides.");
    command->add_option("--model", request->model, "A model's folder, or the name of a known one")
        ->required();
    command->add_option("--sequence", request->sequence, "FASTA or plain text, as long as the model's input")
        ->required();
    command->add_option("--case", request->caseFile, "Which edits, bins and tracks")->required();
    command->add_option("--out", request->out, "The table to write (TSV)")->required();
    addScoreOptions(*command, request->score);
    command->add_flag("--plain", request->plain,
                      "Whole forward passes in LibTorch instead of the exact shortcut");
    addDeviceOption(*command, request->device,
                    "Where whole forward passes are computed: cpu, cuda, or cards by number, cuda:0,cuda:1");
    addTrustOption(*command, request->trust);
    command->add_option("--precision", request->precision, "Of LibTorch: fp32 or fp64")
        ->check(CLI::IsMember({"fp32", "fp64"}))
        ->capture_default_str();
    command->add_option("--threads", request->threads, "0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return score(*request); }); });
}

} // namespace diploscope::cli
