// SPDX-License-Identifier: GPL-3.0-or-later
#include "workflow/slurm_scripts.h"

#include "base/atomic_file.h"
#include "base/checksum.h"
#include "base/json_text.h"
#include "base/shell_word.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace diploscope {

namespace {

namespace fs = std::filesystem;

/// The four kinds of jobs, and what hands them to Slurm one behind the other.
class SlurmScripts {
public:
    explicit SlurmScripts(const ClusterRequest& request)
        : m_request(request)
        , m_program(shellWord(request.program.string()))
        , m_study(shellWord(fs::absolute(request.study).string()))
        , m_folder(fs::absolute(request.folder).lexically_normal())
        , m_genes(genesOf(request)) {}

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> all() const {
        const nlohmann::json run{{"schema", 1},
                                 {"study", fs::absolute(m_request.study).string()},
                                 {"shards", m_request.shards},
                                 {"subject", subjectOf(m_request)}};
        return {{"check.sh", job("check") + m_program + " check " + m_study + "\n"},
                {"shard.sh", shard()},
                {"merge.sh",
                 // Of another number of shards some may lie there.
                 job("merge") +
                     fmt::format("i=1\nset --\nwhile [ \"$i\" -le {} ]; do\n    set -- \"$@\" "
                                 "\"shards/$i.sqlite\"\n    i=$((i + 1))\ndone\n{} results merge --quiet {} "
                                 "\"$@\"\n",
                                 m_request.shards, m_program, m_study)},
                {"summary.sh", job("summary") + m_program + " summary " + m_study +
                                   (m_request.figures ? " --figures figures" : "") + " > summary.txt\n"},
                {"submit.sh", submit()},
                {"run.json", jsonText(run, 1) + "\n"}};
    }

private:
    /// \param isShard one of many, which does the work
    [[nodiscard]] std::string head(const std::string& name, bool isShard) const {
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
    [[nodiscard]] std::string job(const std::string& name) const {
        return head(name, false) + fmt::format("rm -f ended/{0}\ntrap 'echo $? > ended/{0}' EXIT\n", name);
    }
    [[nodiscard]] std::string shard() const {
        std::string analyze = m_program + " analyze " + m_study + " --genes " +
                              (m_genes == "all" ? "all" : shellWord(fs::absolute(m_genes).string()));
        for (const std::string& model : m_request.models) {
            std::error_code ignored;
            analyze +=
                " --model " + shellWord(fs::exists(model, ignored) ? fs::absolute(model).string() : model);
        }
        for (const std::string& word : m_request.options)
            analyze += " " + shellWord(word);
        // Scores are kept on the node's own disk meanwhile, as file systems of many machines are slow at
        // that, and in a folder of the job's own, as anybody may write where the node's disk is and scores
        // are believed. One that is begun again after it was killed takes what it left here: a folder that is
        // this user's and closed to others, which nobody else can have made. One look tells both, and no
        // link is closed.
        return head("shard", true) +
               fmt::format(
                   "i=$SLURM_ARRAY_TASK_ID\n"
                   "cache=''\n"
                   "keep() {{ [ ! -e \"$cache\" ] || {} cache merge --quiet \"caches/$i.sqlite\" \"$cache\"; "
                   "}}\n"
                   "leave() {{ code=$?; keep || true; [ -z \"$cache\" ] || rm -rf \"${{cache%/*}}\"; echo "
                   "\"$code\" > \"ended/shard-$i\"; }}\n"
                   "rm -f \"ended/shard-$i\"\n"
                   "trap leave EXIT\n"
                   "place=${{TMPDIR:-/tmp}}/diploscope-${{SLURM_ARRAY_JOB_ID:-$$}}-$i\n"
                   "own=''\n"
                   "for before in \"$place\".*; do\n"
                   "    [ \"$(stat -c '%u %a' \"$before\" 2> /dev/null)\" != \"$(id -u) 700\" ] || "
                   "own=$before\n"
                   "done\n"
                   "[ -n \"$own\" ] || own=$(mktemp -d \"$place.XXXXXX\")\n"
                   "cache=$own/scores.sqlite\n"
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
    [[nodiscard]] std::string submit() const {
        std::string text =
            "#!/bin/sh\nset -eu\ncd " + shellWord(m_folder.string()) +
            "\nmkdir -p logs shards caches ended\n"
            "# Of an earlier run; what it computed stays, and is gone on from.\n"
            "rm -f ended/* shards/*.json jobs.txt jobs.new\njobs=''\n"
            "# All or none: of a job that is refused the ones before are taken back.\n"
            "leave() { [ -z \"$jobs\" ] || scancel $jobs; rm -f jobs.new; }\ntrap leave EXIT\n";
        std::string before;
        for (const char* name : kClusterJobs) {
            text += fmt::format(
                "{0}=$(sbatch --parsable{1} {0}.sh)\n{0}=${{{0}%%;*}}\njobs=\"$jobs ${0}\"\necho \"{0} "
                "${0}\" >> jobs.new\n",
                name,
                before.empty() ? "" : " --dependency=\"afterok:$" + before + "\" --kill-on-invalid-dep=yes");
            before = name;
        }
        return text + "mv jobs.new jobs.txt\njobs=''\n"
                      "echo \"The last job, which writes summary.txt, is $summary\"\n";
    }

    const ClusterRequest& m_request;
    std::string m_program, m_study;
    fs::path m_folder;
    std::string m_genes;
};

/// A gene a line, as `analyze --genes` reads them.
std::string listOf(const std::vector<std::string>& geneIds) {
    return fmt::format("{}\n", fmt::join(geneIds, "\n"));
}

} // namespace

std::string genesOf(const ClusterRequest& request) {
    if (request.geneIds.empty())
        return request.genes;
    const std::string digest = toHex(digestOf(listOf(request.geneIds)));
    return (request.folder / ("genes-" + digest.substr(0, 8) + ".txt")).string();
}

std::string subjectOf(const ClusterRequest& request) {
    // Places that only this machine's present folder makes sense of are made whole, as in the scripts.
    const auto whole = [](const std::string& word) {
        std::error_code ignored;
        return fs::exists(word, ignored) ? fs::absolute(word).lexically_normal().string() : word;
    };
    const std::string genes = genesOf(request);
    nlohmann::json subject{{"study", fs::absolute(request.study).lexically_normal().string()},
                           {"genes", !request.geneIds.empty() ? fs::path(genes).filename().string()
                                     : genes == "all"         ? genes
                                                              : whole(genes)},
                           {"models", nlohmann::json::array()},
                           {"options", request.options}};
    for (const std::string& model : request.models)
        subject["models"].push_back(whole(model));
    return jsonText(subject);
}

Result<void> writeSlurmScripts(const ClusterRequest& request) {
    std::error_code ignored;
    if (!fs::exists(request.study, ignored))
        return fail(ErrorKind::NotFound, "There is no such study.", request.study.string(),
                    "Check the name.");
    if (!request.geneIds.empty())
        DS_TRY(writeFileAtomically(genesOf(request), listOf(request.geneIds), Durability::Durable));
    for (const auto& [name, text] : SlurmScripts(request).all())
        DS_TRY(writeFileAtomically(request.folder / name, text, Durability::Durable));
    return {};
}

} // namespace diploscope
