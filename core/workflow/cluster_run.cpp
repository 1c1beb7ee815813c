// SPDX-License-Identifier: GPL-3.0-or-later
#include "workflow/cluster_run.h"

#include "base/atomic_file.h"
#include "base/command_output.h"
#include "base/json_fields.h"
#include "base/json_text.h"
#include "base/terminal_text.h"
#include "base/words.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <thread>

namespace diploscope {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kAnswer{60}; ///< a busy slurmctld takes its time
/// A job leaves the queue before other machines see its last file.
constexpr std::chrono::milliseconds kLastWord{90'000};
constexpr int kMostShards = 1'000'000;
constexpr const char* kShard = "shard";

/// What run.json and jobs.txt say.
struct ClusterFolder {
    fs::path folder;
    fs::path study;
    int shards = 0;
    std::map<std::string, std::string> numbers; ///< by job
};

Result<ClusterFolder> readFolder(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::exists(folder / "jobs.txt", ignored))
        return fail(ErrorKind::NotFound, "No run was handed to a cluster from here.", folder.string(),
                    "Name the folder that `diploscope submit` wrote (--dir), or submit one first.");
    ClusterFolder run{folder, {}, 0, {}};
    DS_ASSIGN(const nlohmann::json json, readJsonFile(folder / "run.json"));
    const std::string where = (folder / "run.json").string();
    if (const Result<void> known = refuseNewer(json, "schema", 1, "The cluster run"); !known) {
        Error error = known.error();
        error.where = where;
        return fail(std::move(error));
    }
    DS_ASSIGN(const JsonFields fields,
              JsonFields::open(json, where, {"schema", "study", "shards", "subject"}));
    DS_ASSIGN(run.study, fields.text("study"));
    DS_ASSIGN(const int64_t shards, fields.integer("shards", 1, kMostShards));
    run.shards = static_cast<int>(shards);
    DS_ASSIGN(const std::string text, readNamedFile(folder / "jobs.txt", 1 << 16));
    std::istringstream words(text);
    for (std::string name, number; words >> name >> number;)
        if (number.find_first_not_of("0123456789") == std::string::npos)
            run.numbers[name] = number;
    for (const char* name : kClusterJobs)
        if (!run.numbers.contains(name))
            return fail(ErrorKind::BadInput, fmt::format("The number of the job \"{}\" is missing.", name),
                        (folder / "jobs.txt").string(), "Submit the run again: it goes on where it stopped.");
    return run;
}

struct QueuedTask {
    bool runs = false;
    std::string reason;
};
/// Of each number, by index in its array; 0 where it is none.
using Queue = std::map<std::string, std::map<int, QueuedTask>>;

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, '|');)
        fields.emplace_back(trimmed(field));
    return fields;
}

int numberOf(const std::string& text) {
    int number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || number > kMostShards)
            return 0;
        number = 10 * number + (digit - '0');
    }
    return number;
}

/// Whose jobs they are, whoever asks.
uid_t ownerOf(const fs::path& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? status.st_uid : getuid();
}

Result<Queue> askQueue(const ClusterFolder& run, const RunContext& context) {
    DS_ASSIGN(
        const std::string said,
        commandOutput({"squeue", "--noheader", "--array",
                       fmt::format("--user={}", ownerOf(run.folder / "jobs.txt")), "--format=%F|%a|%T|%r"},
                      run.folder, kAnswer, context));
    Queue queue;
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);) {
        const std::vector<std::string> fields = split(line);
        if (fields.size() < 3)
            continue;
        const bool waits = fields[2] == "PENDING" || fields[2].starts_with("REQUEUE") ||
                           fields[2] == "SPECIAL_EXIT" || fields[2] == "RESV_DEL_HOLD";
        queue[fields[0]][numberOf(fields[1])] = {
            !waits, waits && fields.size() > 3 && fields[3] != "None" ? fields[3] : ""};
    }
    return queue;
}

/// What Slurm's accounting, where there is one, says of a task that left no word: "TIMEOUT".
std::string endOf(const ClusterFolder& run, const std::string& number, int index, const RunContext& context) {
    const std::string task = index > 0 ? fmt::format("{}_{}", number, index) : number;
    const Result<std::string> said = commandOutput(
        {"sacct", "--noheader", "--parsable2", "--allocations", "--format=State", "--jobs=" + task},
        run.folder, kAnswer, context);
    return said ? lowerCase(terminalText(trimmed(std::string_view(*said).substr(0, said->find('\n')))))
                : std::string();
}

struct ShardSaid {
    bool begun = false;
    int64_t genesDone = 0, genesOf = 0;
};

/// Its heartbeat; one that is being written at the moment, or is no JSON, says nothing.
ShardSaid heartbeatOf(const ClusterFolder& run, int index) {
    const fs::path file = run.folder / "shards" / fmt::format("{}.json", index);
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return {};
    const Result<nlohmann::json> json = readJsonFile(file);
    ShardSaid said{true, 0, 0};
    const auto whole = [&](const char* key) -> int64_t {
        return json && json->is_object() && json->contains(key) && (*json)[key].is_number_integer()
                   ? (*json)[key].get<int64_t>()
                   : 0;
    };
    said.genesDone = whole("genes_done");
    said.genesOf = whole("genes_of");
    return said;
}

/// The exit codes that scripts of jobs left, by their names. The folder is listed: of a file that was not
/// there a moment ago, a file system of several machines may say for a minute that it still is not.
std::map<std::string, int> exitCodesOf(const ClusterFolder& run) {
    std::map<std::string, int> codes;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(run.folder / "ended", ignored)) {
        const Result<std::string> text = readNamedFile(entry.path(), 64);
        const std::string_view code =
            text ? trimmed(std::string_view(*text).substr(0, text->find('\n'))) : std::string_view();
        if (!code.empty())
            codes[entry.path().filename().string()] = numberOf(std::string(code));
    }
    return codes;
}

/// Tells of one task after the other.
class StateBuilder {
public:
    StateBuilder(const ClusterFolder& run, const Result<Queue>& queue, const RunContext& context)
        : m_run(run), m_queue(queue), m_context(context), m_codes(exitCodesOf(run)) {}

    void add(ClusterJob& job, int index, bool hasBegun) {
        const QueuedTask* queued = find(job.number, index);
        const std::string task = index > 0 ? fmt::format("{}-{}", job.name, index) : job.name;
        const auto ended = m_codes.find(task);
        const int code = ended == m_codes.end() ? -1 : ended->second;
        if (queued != nullptr && !queued->runs && code != 0) {
            ++job.waiting;
            if (job.why.empty() && job.failed + job.gone == 0)
                job.why = terminalText(queued->reason);
        } else if (code == 0) {
            ++job.done;
        } else if (queued != nullptr || (!m_queue && code < 0 && hasBegun)) {
            ++job.running;
        } else if (!m_queue && code < 0) {
            ++job.waiting;
        } else if (code > 0) {
            tellFirst(job, fmt::format("{} failed with exit code {}; see {}", task, code,
                                       (m_run.folder / "logs" / (task + ".log")).string()));
            ++job.failed;
        } else {
            if (job.failed + job.gone == 0 && !m_hasFailed) {
                const std::string how = endOf(m_run, job.number, index, m_context);
                tellFirst(job, fmt::format("{} ended without a word{}", task, how.empty() ? "" : ": " + how));
            }
            ++job.gone;
        }
    }
    void end(const ClusterJob& job) { m_hasFailed = m_hasFailed || job.failed + job.gone > 0; }

private:
    [[nodiscard]] const QueuedTask* find(const std::string& number, int index) const {
        if (!m_queue)
            return nullptr;
        const auto job = m_queue->find(number);
        if (job == m_queue->end())
            return nullptr;
        const auto task = job->second.find(index);
        return task == job->second.end() ? nullptr : &task->second;
    }
    static void tellFirst(ClusterJob& job, const std::string& why) {
        if (job.failed + job.gone == 0)
            job.why = why;
    }

    const ClusterFolder& m_run;
    const Result<Queue>& m_queue;
    const RunContext& m_context;
    std::map<std::string, int> m_codes; ///< of tasks that have ended
    bool m_hasFailed = false;           ///< a job before: those behind it never begin
};

} // namespace

bool ClusterState::hasSucceeded() const {
    return !jobs.empty() && jobs.back().done > 0;
}

bool ClusterState::isOver() const {
    const auto isAtRest = [](const ClusterJob& job) { return job.waiting + job.running == 0; };
    if (hasSucceeded() || std::all_of(jobs.begin(), jobs.end(), isAtRest))
        return true;
    // Without a queue nobody says that those behind a failed job were taken back.
    return !queueFault.empty() && std::any_of(jobs.begin(), jobs.end(), [](const ClusterJob& job) {
        return job.failed > 0 && job.waiting + job.running == 0;
    });
}

std::string ClusterState::text() const {
    if (hasSucceeded())
        return "done: results are in the study's store";
    for (const ClusterJob& job : jobs)
        if (isOver() && job.failed + job.gone > 0)
            return job.why.empty() ? job.name + " failed" : job.why;
    for (const ClusterJob& job : jobs) {
        if (job.waiting + job.running == 0)
            continue;
        if (job.name != kShard)
            return job.name + (job.running > 0 ? " runs" : job.why.empty() ? " waits" : " waits: " + job.why);
        std::string text = fmt::format(
            "{} of {} done", job.done,
            counted(job.done + job.running + job.waiting + job.failed + job.gone, "shard", "shards"));
        for (const auto& [count, word] :
             {std::pair(job.running, "running"), std::pair(job.waiting, "waiting"),
              std::pair(job.failed + job.gone, "failed")})
            if (count > 0)
                text += fmt::format(", {} {}", count, word);
        return text;
    }
    return "nothing was run";
}

namespace {

/// Two runs in one folder would write into the same shards.
Result<void> refuseUnderway(const fs::path& folder, const RunContext& context) {
    std::error_code ignored;
    if (!fs::exists(folder / "jobs.txt", ignored))
        return {};
    const Result<ClusterState> before = clusterState(folder, context);
    if (before && before->queueFault.empty() && !before->isOver())
        return fail(ErrorKind::Mismatch,
                    "A run of this folder is with the cluster already: " + before->text() + ".",
                    folder.string(),
                    "Wait for it, take it back with `diploscope jobs DIR --cancel`, or name another folder.");
    return context.checkpoint();
}

} // namespace

Result<void> writeClusterRun(const ClusterRequest& request, const RunContext& context) {
    DS_TRY(refuseUnderway(request.folder, context));
    std::error_code ignored;
    if (fs::exists(request.folder / "run.json", ignored)) {
        DS_ASSIGN(const nlohmann::json before, readJsonFile(request.folder / "run.json"));
        if (!before.is_object() || before.value("subject", nlohmann::json()) != subjectOf(request))
            return fail(
                ErrorKind::Mismatch,
                "The folder holds a run of another study, or of other models, options or genes: its shards "
                "would not come to one run with these.",
                request.folder.string(), "Name another folder, or move this one away.");
    }
    return writeSlurmScripts(request);
}

Result<std::string> submitClusterRun(const fs::path& folder, const RunContext& context) {
    DS_TRY(refuseUnderway(folder, context));
    // Whoever stops now would leave jobs that nobody knows of; what follows can be taken back as a whole.
    Result<std::string> said = commandOutput({"sh", "submit.sh"}, folder, std::chrono::minutes(10), {});
    if (said)
        return said;
    Error error = said.error();
    error.what = "The jobs could not be submitted. " + error.what;
    error.where = (folder / "submit.sh").string();
    error.remedy = "See what sbatch said (a cluster may allow fewer jobs in an array: MaxArraySize); "
                   "jobs.new, where it is "
                   "left, lists what was handed over. On a machine "
                   "with Slurm `sh submit.sh` submits them again; --no-submit only writes the scripts.";
    return fail(std::move(error));
}

Result<ClusterState> clusterState(const fs::path& folder, const RunContext& context) {
    DS_ASSIGN(const ClusterFolder run, readFolder(folder));
    const Result<Queue> queue = askQueue(run, context);
    DS_TRY(context.checkpoint());
    ClusterState state;
    state.study = run.study;
    if (!queue)
        state.queueFault = queue.error().what;
    StateBuilder builder(run, queue, context);
    bool allBegun = true;
    for (const char* name : kClusterJobs) {
        ClusterJob job;
        job.name = name;
        job.number = run.numbers.at(name);
        if (job.name == kShard) {
            for (int index = 1; index <= run.shards; ++index) {
                const ShardSaid said = heartbeatOf(run, index);
                allBegun = allBegun && said.begun;
                state.genesDone += said.genesDone;
                state.genesOf += said.genesOf;
                builder.add(job, index, said.begun);
            }
        } else {
            std::error_code ignored;
            builder.add(job, 0, fs::exists(folder / "logs" / (job.name + ".log"), ignored));
        }
        builder.end(job);
        state.jobs.push_back(std::move(job));
    }
    if (!allBegun)
        state.genesOf = 0;
    return state;
}

Result<void> cancelClusterRun(const fs::path& folder, const RunContext& context) {
    DS_ASSIGN(const ClusterFolder run, readFolder(folder));
    // Numbers that Slurm has forgotten it calls invalid, and fails.
    const Result<Queue> queue = askQueue(run, context);
    std::vector<std::string> command{"scancel"};
    for (const auto& [name, number] : run.numbers)
        if (!queue || queue->contains(number))
            command.push_back(number);
    if (command.size() > 1)
        DS_TRY(commandOutput(command, folder, kAnswer, context));
    return {};
}

Result<ClusterState> watchClusterRun(const fs::path& folder, std::chrono::milliseconds every,
                                     const std::function<void(const ClusterState&)>& onState,
                                     const RunContext& context) {
    std::chrono::milliseconds over{0}; // for how long nothing has been waiting or running
    for (;;) {
        DS_ASSIGN(ClusterState state, clusterState(folder, context));
        if (context.onProgress)
            context.onProgress({state.text(), state.genesDone, state.genesOf, 0, {}});
        if (onState)
            onState(state);
        const bool hasFailed = std::any_of(state.jobs.begin(), state.jobs.end(),
                                           [](const ClusterJob& job) { return job.failed > 0; });
        if (state.hasSucceeded() ||
            (state.isOver() && (hasFailed || over >= std::min(kLastWord, 10 * every))))
            return state;
        over = state.isOver() ? over + every : std::chrono::milliseconds(0);
        for (auto waited = std::chrono::milliseconds(0); waited < every;
             waited += std::chrono::milliseconds(100)) {
            DS_TRY(context.checkpoint());
            std::this_thread::sleep_for(std::min(std::chrono::milliseconds(100), every));
        }
    }
}

} // namespace diploscope
