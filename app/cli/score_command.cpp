// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "predict/predictor.h"
#include "predict/score_case.h"
#include "sequence/reference_window.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iterator>

namespace diploscope::cli {

namespace {

struct Request {
    std::string model;
    std::filesystem::path sequence;
    std::filesystem::path caseFile;
    std::filesystem::path out;
    std::string device = "cpu";
    std::string precision = "fp32";
    bool plain = false;
    int threads = 0;
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

Result<void> score(const Request& request) {
    const RunContext context = consoleContext();
    PredictorOptions options;
    DS_ASSIGN(options.devices, parseDevices(request.device));
    options.precision = request.precision == "fp64" ? Precision::Double : Precision::Single;
    options.threads = request.threads;
    DS_ASSIGN(std::string bases, readSequenceFile(request.sequence));
    options.inputLength = static_cast<int64_t>(bases.size());
    DS_ASSIGN(const std::shared_ptr<const Predictor> model, openModel(request.model, options));
    if (static_cast<int64_t>(bases.size()) != model->info().input.length)
        return fail(ErrorKind::Mismatch,
                    fmt::format("The sequence has {} bases, but the model \"{}\" reads {}.", bases.size(),
                                model->info().name, model->info().input.length),
                    request.sequence.string());
    const ReferenceWindow window = windowOverSequence(std::move(bases), model->info().input);
    DS_ASSIGN(const ScoreCase work, readScoreCase(request.caseFile, window.bases(), model->info()));
    std::vector<EditList> sequences(1); // the reference
    sequences.insert(sequences.end(), work.edits.begin(), work.edits.end());

    DS_ASSIGN(const std::unique_ptr<LocusPredictor> locus,
              model->prepare(window, work.output, request.plain ? Method::Plain : Method::Fast));
    Eigen::MatrixXd values(static_cast<int64_t>(sequences.size()),
                           static_cast<int64_t>(work.output.bins.size() * work.output.tracks.size()));
    const auto total = static_cast<int64_t>(sequences.size());
    for (int64_t begin = 0; begin < total; begin += locus->batchSize()) {
        context.report("Predicting sequences", begin, total);
        const int64_t count = std::min(locus->batchSize(), total - begin);
        DS_ASSIGN(values.middleRows(begin, count),
                  locus->predict(
                      std::span(sequences).subspan(static_cast<size_t>(begin), static_cast<size_t>(count)),
                      context));
    }
    context.report("Predicting sequences", total, total);
    DS_TRY(writeFileAtomically(request.out, tableOf(values, work.output)));
    finishProgress();
    fmt::print("{} values of {} sequences: {}\n", values.size(), total, request.out.string());
    return {};
}

} // namespace

void addScoreCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<Request>();
    CLI::App* command = program.add_subcommand("score", "Predict one sequence and single edits of it");
    command->footer("The case file is JSON: {\"edits\": [{\"offset\": 8193, \"ref\": \"G\", \"alt\": \"C\"}, "
                    "...], \"bins\": [...],\n"
                    "\"tracks\": [...]}, offsets from 0; bins and tracks may be left out. The table has the "
                    "columns edit, bin, track\n"
                    "and value; edit -1 is the sequence itself, an edit whose alt is its ref too.");
    command->add_option("--model", request->model, "A model's folder, or the name of a known one")
        ->required();
    command->add_option("--sequence", request->sequence, "FASTA or plain text, as long as the model's input")
        ->required();
    command->add_option("--case", request->caseFile, "Which edits, bins and tracks")->required();
    command->add_option("--out", request->out, "The table to write (TSV)")->required();
    command->add_flag("--plain", request->plain,
                      "Whole forward passes in LibTorch instead of the exact shortcut");
    command
        ->add_option("--device", request->device,
                     "Where whole forward passes are computed: cpu, cuda, or cards by number, cuda:0,cuda:1")
        ->capture_default_str();
    command->add_option("--precision", request->precision, "Of LibTorch: fp32 or fp64")
        ->check(CLI::IsMember({"fp32", "fp64"}))
        ->capture_default_str();
    command->add_option("--threads", request->threads, "0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->callback([request, &exitCode] {
        if (const Result<void> done = score(*request); !done)
            exitCode = reportError(done.error());
    });
}

} // namespace diploscope::cli
