// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/atomic_file.h"
#include "base/shell_word.h"
#include "cli/commands.h"
#include "cli/options/console.h"
#include "figure/figure_command.h"

#include <CLI/CLI.hpp>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace diploscope::cli {

namespace {

namespace fs = std::filesystem;

struct SubmitRequest {
    fs::path study;
    fs::path folder = "diploscope-jobs";
    std::string genes = "all";
    std::vector<std::string> models;
    std::string device = "cpu";
    int shards = 0;
    int threads = 4;
    int retries = 2;
    std::string time = "24:00:00", memory = "8G", gres, partition;
    bool slurm = false;
    bool noSubmit = false;
    bool quiet = false;
};

std::string programFile() {
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    return error ? "diploscope" : self.string();
}

/// The four kinds of jobs, and what hands them to Slurm one behind the other.
class SlurmScripts {
public:
    explicit SlurmScripts(const SubmitRequest& request)
        : m_request(request)
        , m_program(shellWord(programFile()))
        , m_study(shellWord(fs::absolute(request.study).string()))
        , m_folder(fs::absolute(request.folder).lexically_normal()) {}

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> all() const {
        return {{"check.sh", job("check", false) + m_program + " check " + m_study + "\n"},
                {"shard.sh", shard()},
                {"merge.sh",
                 // Of another number of shards some may lie there.
                 job("merge", false) +
                     fmt::format("i=1\nset --\nwhile [ \"$i\" -le {} ]; do\n    set -- \"$@\" "
                                 "\"shards/$i.sqlite\"\n    i=$((i + 1))\ndone\n{} results merge --quiet {} "
                                 "\"$@\"\n",
                                 m_request.shards, m_program, m_study)},
                {"summary.sh",
                 job("summary", false) + m_program + " summary " + m_study + figures() + " > summary.txt\n"},
                {"submit.sh", submit()}};
    }

private:
    /// \param isShard one of many, which does the work
    [[nodiscard]] std::string job(const std::string& name, bool isShard) const {
        std::string text = "#!/bin/sh\n#SBATCH --job-name=diploscope-" + name + "\n";
        text += fmt::format("#SBATCH --time={}\n#SBATCH --mem={}\n", m_request.time, m_request.memory);
        if (!m_request.partition.empty())
            text += "#SBATCH --partition=" + m_request.partition + "\n";
        text += "#SBATCH --requeue\n#SBATCH --open-mode=append\n";
        if (isShard) {
            text += fmt::format("#SBATCH --array=1-{}\n#SBATCH --cpus-per-task={}\n", m_request.shards,
                                m_request.threads);
            if (!m_request.gres.empty())
                text += "#SBATCH --gres=" + m_request.gres + "\n";
        }
        text += fmt::format("#SBATCH --output=logs/{}{}.log\nset -eu\ncd {}\n", name, isShard ? "-%a" : "",
                            shellWord(m_folder.string()));
        return text;
    }
    [[nodiscard]] std::string shard() const {
        std::string analyze =
            m_program + " analyze " + m_study + " --genes " +
            (m_request.genes == "all" ? "all" : shellWord(fs::absolute(m_request.genes).string()));
        for (const std::string& model : m_request.models) {
            std::error_code ignored;
            analyze +=
                " --model " + shellWord(fs::exists(model, ignored) ? fs::absolute(model).string() : model);
        }
        // Scores are kept on the node's own disk meanwhile, as file systems of many machines are slow at
        // that.
        return job("shard", true) +
               fmt::format(
                   "i=$SLURM_ARRAY_TASK_ID\n"
                   "cache=${{TMPDIR:-/tmp}}/diploscope-${{SLURM_ARRAY_JOB_ID:-0}}-$i.sqlite\n"
                   "keep() {{ [ ! -e \"$cache\" ] || {} cache merge --quiet \"caches/$i.sqlite\" \"$cache\"; "
                   "}}\n"
                   "leave() {{ keep || true; rm -f \"$cache\" \"$cache\"-wal \"$cache\"-shm "
                   "\"$cache\"-journal; }}\n"
                   "trap leave EXIT\n"
                   "left={}\n"
                   "while ! {} --shard \"$i/{}\" --device {} --threads {} --store \"shards/$i.sqlite\" "
                   "--cache \"$cache\" --heartbeat \"shards/$i.json\" --quiet; do\n"
                   "    [ \"$left\" -gt 0 ] || exit 1\n"
                   "    left=$((left - 1)) # it goes on where it stopped\n"
                   "done\n"
                   "keep && rm -f \"$cache\"\n",
                   m_program, m_request.retries, analyze, m_request.shards, shellWord(m_request.device),
                   m_request.threads);
    }
    [[nodiscard]] static std::string figures() {
#ifdef DIPLOSCOPE_UI
        return " --figures figures";
#else
        return "";
#endif
    }
    [[nodiscard]] std::string submit() const {
        std::string text = "#!/bin/sh\nset -eu\ncd " + shellWord(m_folder.string()) +
                           "\nmkdir -p logs shards caches\njobs=''\n"
                           "# All or none: of a job that is refused the ones before are taken back.\n"
                           "leave() { [ -z \"$jobs\" ] || scancel $jobs; }\ntrap leave EXIT\n"
                           "job=$(sbatch --parsable check.sh)\njobs=${job%%;*}\n";
        for (const char* next : {"shard", "merge", "summary"})
            text += fmt::format("job=$(sbatch --parsable --dependency=\"afterok:${{job%%;*}}\" "
                                "--kill-on-invalid-dep=yes {}.sh)\njobs=\"$jobs ${{job%%;*}}\"\n",
                                next);
        return text + "jobs=''\necho \"The last job, which writes summary.txt, is ${job%%;*}\"\n";
    }

    const SubmitRequest& m_request;
    std::string m_program, m_study;
    fs::path m_folder;
};

/// Runs a script, which may print. \return its exit code, -1 where it cannot be run
int runScript(const fs::path& file) {
    std::string shell = "sh", name = file.string();
    std::array<char*, 3> arguments{shell.data(), name.data(), nullptr};
    pid_t child = 0;
    int status = 0;
    if (posix_spawnp(&child, "sh", nullptr, nullptr, arguments.data(), environ) != 0 ||
        waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

Result<void> submit(const SubmitRequest& request) {
    std::error_code ignored;
    if (!fs::exists(request.study, ignored))
        return fail(ErrorKind::NotFound, "There is no such study.", request.study.string(),
                    "Check the name.");
    for (const auto& [name, text] : SlurmScripts(request).all())
        DS_TRY(writeFileAtomically(request.folder / name, text, Durability::Durable));
    sayWritten(request.folder, request.quiet);
    const fs::path script = request.folder / "submit.sh";
    if (request.noSubmit) {
        if (!request.quiet)
            say("Submit them with: sh {}\n", script.string());
        return {};
    }
    if (const int code = runScript(script); code != 0)
        return fail(ErrorKind::Io, fmt::format("The jobs could not be submitted: exit code {}.", code),
                    script.string(),
                    "See what sbatch said (a cluster may allow fewer jobs in an array: MaxArraySize). On a "
                    "machine with Slurm `sh submit.sh` submits them again; "
                    "--no-submit only writes the scripts.");
    return {};
}

} // namespace

void addSubmitCommand(CLI::App& program, int& exitCode) {
    auto request = std::make_shared<SubmitRequest>();
    CLI::App* command = program.add_subcommand(
        "submit", "Write the scripts of a cluster's jobs for all genes of a study, and submit them");
    command->add_option("STUDY", request->study, "A *.study.json")->required();
    command->add_flag("--slurm", request->slurm, "For Slurm")->required();
    command->add_option("--shards", request->shards, "Jobs to divide the genes among")
        ->required()
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--genes", request->genes, "'all', or a file that names genes")
        ->capture_default_str();
    command->add_option("--model", request->models, "Model folder or name; several may be given")
        ->type_name("DIR");
    command->add_option("--dir", request->folder, "Where scripts, logs and shards go")->capture_default_str();
    command->add_option("--device", request->device, "cpu or cuda")->capture_default_str();
    command->add_option("-j,--threads", request->threads, "Of each shard")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command
        ->add_option("--retries", request->retries, "Of a shard that fails, which goes on where it stopped")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    const CLI::Validator isWord(
        [](std::string& text) {
            return text.find_first_of(" \t\n\r'\"") == std::string::npos ? std::string()
                                                                         : "\"" + text + "\" is no word";
        },
        "WORD");
    command->add_option("--time", request->time, "Limit of a job")->capture_default_str()->check(isWord);
    command->add_option("--mem", request->memory, "Of a job")->capture_default_str()->check(isWord);
    command->add_option("--gres", request->gres, "Of a shard: gpu:1")->check(isWord);
    command->add_option("--partition", request->partition, "Where jobs run")->check(isWord);
    command->add_flag("--no-submit", request->noSubmit, "Only write the scripts");
    command->add_flag("--quiet", request->quiet, QuietHelp);
    command->footer(
        "The study is checked, the shards run as an array, their stores are merged into the study's, and\n"
        "summary.txt and figures are written, each job when the one before has succeeded.\n"
        "Example:  diploscope submit my.study.json --slurm --shards 200 --threads 4 --no-submit");
    command->callback([request, &exitCode] { exitCode = runCommand([&] { return submit(*request); }); });
}

} // namespace diploscope::cli
